"""Event-based agreement after EasyDIAg: which events do two raters share, and with which code?"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plugins.agreement.measures import texts
from plugins.agreement.measures.timelines.coded import coded_tier
from plugins.agreement.measures.timelines.linking import link_lanes
from plugins.agreement.measures.timelines.pairs import nothing_to_compare, remembered, remembered_by_code
from plugins.agreement.measures.timelines.tables import Agreement, cohen, collapse, margins, with_no_match
from vib.language import Text
from vib.statistic import Additive, Estimate, Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HOLLE_REIN = "Holle & Rein (2015), EasyDIAg, doi 10.3758/s13428-014-0506-7"


class Linked(NamedTuple):
    """The events of the clips that both raters coded, linked.

    Parameters
    ----------
    tables : NDArray[np.float64], shape (clips, codes + 1, codes + 1)
        Counts by the code of the first and of the second rater; the last row and column are
        *no match*. A linked pair counts 2, an unlinked event 1.
    codes : tuple[str, ...]
        The codes of the rows and columns.
    """

    tables: Floats
    codes: tuple[str, ...]
    instants: int

    @property
    def pooled(self) -> Floats:
        """The table of all clips together, shape (codes + 1, codes + 1)."""
        return np.asarray(self.tables.sum(0))


def event_percent(question: Question) -> Estimate:
    r"""Share of the events that both raters have, with the same code.

    .. math:: p_o = \frac{1}{N} \sum_c n_{cc}

    over EasyDIAg's table: a linked pair counts 2 in the cell of its two codes (one for each
    rater's event), an unlinked event counts 1 in the row or column *no match*; N is the
    number of events of both raters. With a code, the table is collapsed to this code
    against everything else, as EasyDIAg does for each type; the component
    ``positive_agreement`` leaves the agreement on everything else out.

    References
    ----------
    Holle & Rein (2015), doi 10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> round(event_percent(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.667
    """
    return _answer(question, "event_percent")


def percent_linked(question: Question) -> Estimate:
    r"""Share of the events of both raters that are linked, whatever code they got.

    .. math:: \frac{2 \cdot \text{linked pairs}}{N}

    With a code: of the events to which either rater gave this code, the share that is linked.

    References
    ----------
    Holle & Rein (2015), doi 10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "volwassene", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> round(percent_linked(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.667
    """
    return _answer(question, "percent_linked")


def event_kappa(question: Question) -> Estimate:
    r"""EasyDIAg's kappa: agreement of `event_percent` beyond chance.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}

    Nobody can count what neither rater saw: the cell *no match, no match* is a structural
    zero, and the expected counts are those to which iterative proportional fitting
    converges around it (see `tables.with_no_match`). With a code, it is Cohen's kappa of the
    collapsed table, as EasyDIAg does for each type. Unlike EasyDIAg, a kappa below 0 is
    reported as it is. It is undefined when the raters use one code only: the expected
    counts then equal the observed ones, whatever the raters did; ask for the code itself.

    References
    ----------
    Holle & Rein (2015), doi 10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "volwassene", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "volwassene", 20, 29)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> event_kappa(Question(clips, ("anna", "bram"), "turn")).value
    1.0
    """
    return _answer(question, "event_kappa")


def event_kappa_max(question: Question) -> Estimate:
    r"""Largest `event_kappa` that is possible, given how often each rater used each code.

    .. math:: \kappa_{max} = \frac{\sum_c \min(p_{c+}, p_{+c}) - p_e}{1 - p_e}

    the sum being over the codes and *no match*. Undefined where `event_kappa` is.

    References
    ----------
    Holle & Rein (2015), doi 10.3758/s13428-014-0506-7; Cohen (1960), doi
    10.1177/001316446002000104.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "volwassene", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "volwassene", 20, 29)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> event_kappa_max(Question(clips, ("anna", "bram"), "turn")).value
    1.0
    """
    return _answer(question, "event_kappa_max")


def event_percent_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where nothing can be compared."""
    return _parts(question, "event_percent")


def percent_linked_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where nothing can be compared."""
    return _parts(question, "percent_linked")


def event_kappa_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where nothing can be compared."""
    return _parts(question, "event_kappa")


def event_kappa_max_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where nothing can be compared."""
    return _parts(question, "event_kappa_max")


@remembered
def linked_events(question: Question) -> Linked:
    """Return EasyDIAg's table of each clip that both raters coded."""
    tier = coded_tier(question.clips, question.tier)
    none, lanes = len(tier.codes), tier.lanes(question.raters)
    if not lanes:
        return Linked(np.zeros((0, none + 1, none + 1)), tier.codes, 0)
    first, second = lanes
    links = link_lanes(first, second, question.overlap, question.tolerance)
    mine, theirs = (np.full(len(lane.coded.codes), none, dtype=np.intp) for lane in lanes)
    mine[links[:, 0]], theirs[links[:, 1]] = second.coded.codes[links[:, 1]], first.coded.codes[links[:, 0]]
    # What is linked is met twice, once from either rater; what is alone once.
    cells = np.concatenate(
        [
            (first.clip * (none + 1) + first.coded.codes) * (none + 1) + mine,
            (second.clip * (none + 1) + theirs) * (none + 1) + second.coded.codes,
        ]
    )
    clips = len(first.first) - 1
    tables = np.bincount(cells, minlength=clips * (none + 1) ** 2).astype(np.float64)
    instants = sum(int(lane.counted[1].sum()) for lane in lanes)
    return Linked(tables.reshape(clips, none + 1, none + 1), tier.codes, instants)


class Compared(NamedTuple):
    """Two raters compared on a tier or code.

    Parameters
    ----------
    sums : NDArray[np.float64], shape (clips, 1 + 2 * categories)
        The margins of each clip.
    both : Agreement
        Of all clips.
    counts, components : dict[str, float]
        What is counted; and that with the parts of percent and kappa.
    """

    linked: Linked
    sums: Floats
    both: Agreement
    counts: dict[str, float]
    components: dict[str, float]


@remembered_by_code
def _compared(question: Question) -> Compared | Text:
    """Compare two raters, or say why that cannot be done; every figure asks it."""
    reason = nothing_to_compare(question)
    if reason is not None:
        return reason
    linked = linked_events(question)
    both = _agreement(question, _margins(question, linked, linked.pooled))
    counts = _counts(linked.pooled, linked, question)
    parts = {"observed": float(both.observed), "expected": float(both.expected), "total": float(both.total)}
    if not np.isnan(both.kappa_max):
        parts["kappa_max"] = float(both.kappa_max)
    return Compared(linked, _margins(question, linked, linked.tables), both, counts, counts | parts)


def _margins(question: Question, linked: Linked, tables: Floats) -> Floats:
    if question.code is None:
        return margins(tables)
    return margins(collapse(tables, np.append(_chosen(question, linked), False)))


def _chosen(question: Question, linked: Linked) -> NDArray[np.bool_]:
    return np.array([question.code in (None, code) for code in linked.codes])


def _agreement(question: Question, counted: Floats) -> Agreement:
    return with_no_match(counted) if question.code is None else cohen(counted)


def _figure(both: Agreement, measure: str) -> Floats:
    """Return a figure of each of a stack of tables, NaN where it is undefined."""
    if measure == "event_percent":
        return both.observed
    return both.kappa if measure == "event_kappa" else both.kappa_max


def _share_linked(counted: Floats) -> Floats:
    """Return the share of linked events of each of a stack of counts, NaN where there are no events."""
    events = counted.sum(-1)
    return np.where(events > 0, counted[..., 0] / np.where(events > 0, events, 1.0), np.nan)


def _linked_and_alone(tables: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Return how many events with the chosen codes are linked and how many are not, shape (..., 2)."""
    pairs = tables[..., :-1, :-1]
    linked = (pairs[..., chosen, :].sum((-2, -1)) + pairs[..., chosen].sum((-2, -1))) / 2
    alone = tables[..., :-1, -1][..., chosen].sum(-1) + tables[..., -1, :-1][..., chosen].sum(-1)
    return np.stack([linked, alone], axis=-1)


def _answer(question: Question, measure: str) -> Estimate:
    variant = _variant(question)
    found = _compared(question)
    if isinstance(found, Text):
        return Estimate(variant, None, 0, 2, undefined_because=found)
    n_units = int(found.counts["events"])
    if measure == "percent_linked":
        counted = _linked_and_alone(found.linked.pooled, _chosen(question, found.linked))
        return Estimate(variant, float(_share_linked(counted)), n_units, 2, components=found.counts)
    value, parts = float(_figure(found.both, measure)), found.components
    because: Text | None = texts.ONE_CODE if np.isnan(value) else None
    return Estimate(variant, None if because else value, n_units, 2, undefined_because=because, components=parts)


def _parts(question: Question, measure: str) -> Additive | None:
    found = _compared(question)
    if isinstance(found, Text):
        return None
    if measure == "percent_linked":
        return Additive(_linked_and_alone(found.linked.tables, _chosen(question, found.linked)), _share_linked)
    return Additive(found.sums, lambda sums: _figure(_agreement(question, sums), measure))


def _variant(question: Question) -> str:
    linking = f"EasyDIAg; overlap of at least {question.overlap:g} of the longer event"
    if question.tolerance:
        linking += f", instants within {question.tolerance:g} s"
    # One string in memory for the thousands of figures that have it.
    if question.code is None:
        return intern(f"{linking}; linked pairs count twice; no-match row and column, structural zero")
    return intern(f"{linking}; this code against everything else")


def _counts(table: Floats, linked: Linked, question: Question) -> dict[str, float]:
    """Count the events of the tier, or of one code, by rater and by whether they are linked."""
    once = table.copy()
    once[:-1, :-1] /= 2
    rows, columns, both = once.sum(1)[:-1], once.sum(0)[:-1], once[:-1, :-1]
    parts: dict[str, float] = {}
    first, second, total = table.sum(1)[:-1], table.sum(0)[:-1], table.sum()
    prevalences, biases = ((first + second) / (2 * total)).tolist(), ((first - second) / total).tolist()
    asked = np.flatnonzero(_chosen(question, linked))
    for place in asked.tolist():
        parts[intern(f"prevalence[{linked.codes[place]}]")] = prevalences[place]
        parts[intern(f"bias[{linked.codes[place]}]")] = biases[place]
    parts["events_first"], parts["events_second"] = float(rows[asked].sum()), float(columns[asked].sum())
    parts["events"] = parts["events_first"] + parts["events_second"]
    parts["events_linked"] = float(both[asked].sum() + both[:, asked].sum())
    if question.code is not None:
        cells = collapse(table, np.append(_chosen(question, linked), False))
        (both_have, only_first), (only_second, neither) = cells.tolist()
        parts |= {
            "both": both_have,
            "only_first": only_first,
            "only_second": only_second,
            "neither": neither,
            "positive_agreement": 2 * both_have / (2 * both_have + only_first + only_second),
        }
    return parts | {"instants": float(linked.instants), "overlap": question.overlap}
