"""Event-based agreement after EasyDIAg: which events do two raters share, and with which code?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plugins.agreement.measures import texts
from plugins.agreement.measures.timelines.coded import coded_tier
from plugins.agreement.measures.timelines.linking import link_coded
from plugins.agreement.measures.timelines.pairs import nothing_to_compare, remembered
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
    none, tables, instants = len(tier.codes), [], 0
    for clip in tier.common(question.raters):
        first, second = (clip.raters[rater] for rater in question.raters)
        links = link_coded(first, second, question.overlap, question.tolerance)
        table = np.zeros((none + 1, none + 1))
        np.add.at(table, (first.codes[links[:, 0]], second.codes[links[:, 1]]), 2)
        table[:none, none] = np.bincount(np.delete(first.codes, links[:, 0]), minlength=none)
        table[none, :none] = np.bincount(np.delete(second.codes, links[:, 1]), minlength=none)
        tables.append(table)
        instants += int(first.instants.sum() + second.instants.sum())
    return Linked(np.array(tables).reshape(-1, none + 1, none + 1), tier.codes, instants)


def _counted(question: Question, codes: tuple[str, ...], tables: Floats, measure: str) -> Floats:
    """Return what a figure is made of, which adds up over clips: margins, or how many are linked and alone."""
    chosen = np.array([question.code in (None, code) for code in codes])
    if measure == "percent_linked":
        return _linked_and_alone(tables, chosen)
    return margins(tables if question.code is None else collapse(tables, np.append(chosen, False)))


def _agreement(question: Question, counted: Floats) -> Agreement:
    return with_no_match(counted) if question.code is None else cohen(counted)


def _figure(question: Question, counted: Floats, measure: str) -> Floats:
    """Return a figure of each of a stack of counts, NaN where it is undefined."""
    if measure == "percent_linked":
        events = counted.sum(-1)
        return np.where(events > 0, counted[..., 0] / np.where(events > 0, events, 1.0), np.nan)
    both = _agreement(question, counted)
    if measure == "event_percent":
        return both.observed
    return both.kappa if measure == "event_kappa" else both.kappa_max


def _linked_and_alone(tables: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Return how many events with the chosen codes are linked and how many are not, shape (..., 2)."""
    pairs = tables[..., :-1, :-1]
    linked = (pairs[..., chosen, :].sum((-2, -1)) + pairs[..., chosen].sum((-2, -1))) / 2
    alone = tables[..., :-1, -1][..., chosen].sum(-1) + tables[..., -1, :-1][..., chosen].sum(-1)
    return np.stack([linked, alone], axis=-1)


def _answer(question: Question, measure: str) -> Estimate:
    variant = _variant(question)
    reason = nothing_to_compare(question)
    if reason is not None:
        return Estimate(variant, None, 0, 2, undefined_because=reason)
    linked = linked_events(question)
    pooled = linked.pooled
    counted = _counted(question, linked.codes, pooled, measure)
    value = float(_figure(question, counted, measure))
    because: Text | None = texts.ONE_CODE if np.isnan(value) else None
    parts = _counts(pooled, linked, question)
    if measure != "percent_linked":
        both = _agreement(question, counted)
        parts |= {"observed": float(both.observed), "expected": float(both.expected), "total": float(both.total)}
        if not np.isnan(both.kappa_max):
            parts["kappa_max"] = float(both.kappa_max)
    n_units = int(parts["events"])
    return Estimate(variant, None if because else value, n_units, 2, undefined_because=because, components=parts)


def _parts(question: Question, measure: str) -> Additive | None:
    if nothing_to_compare(question) is not None:
        return None
    linked = linked_events(question)
    counted = _counted(question, linked.codes, linked.tables, measure)
    return Additive(counted, lambda sums: _figure(question, sums, measure))


def _variant(question: Question) -> str:
    linking = f"EasyDIAg; overlap of at least {question.overlap:g} of the longer event"
    if question.tolerance:
        linking += f", instants within {question.tolerance:g} s"
    if question.code is None:
        return f"{linking}; linked pairs count twice; no-match row and column, structural zero"
    return f"{linking}; this code against everything else"


def _counts(table: Floats, linked: Linked, question: Question) -> dict[str, float]:
    """Count the events of the tier, or of one code, by rater and by whether they are linked."""
    once = table.copy()
    once[:-1, :-1] /= 2
    rows, columns, both = once.sum(1)[:-1], once.sum(0)[:-1], once[:-1, :-1]
    parts: dict[str, float] = {}
    total = table.sum()
    for place, code in enumerate(linked.codes):
        if question.code in (None, code):
            first, second = table[place].sum(), table[:, place].sum()
            parts[f"prevalence[{code}]"] = float((first + second) / (2 * total))
            parts[f"bias[{code}]"] = float((first - second) / total)
    asked = [place for place, code in enumerate(linked.codes) if question.code in (None, code)]
    parts["events_first"], parts["events_second"] = float(rows[asked].sum()), float(columns[asked].sum())
    parts["events"] = parts["events_first"] + parts["events_second"]
    parts["events_linked"] = float(both[asked].sum() + both[:, asked].sum())
    if question.code is not None:
        cells = collapse(table, np.array([*(code == question.code for code in linked.codes), False]))
        parts |= {
            "both": float(cells[0, 0]),
            "only_first": float(cells[0, 1]),
            "only_second": float(cells[1, 0]),
            "neither": float(cells[1, 1]),
            "positive_agreement": float(2 * cells[0, 0] / (2 * cells[0, 0] + cells[0, 1] + cells[1, 0])),
        }
    return parts | {"instants": float(linked.instants), "overlap": question.overlap}
