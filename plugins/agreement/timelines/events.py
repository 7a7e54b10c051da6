"""Event-based agreement after EasyDIAg: which events do two raters share, and with which code?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from plugins.agreement import texts
from vib.language import Text
from vib.statistic import Question, Result, Statistic

from .cohen import Agreement, cohen, margins
from .linking import link
from .pairs import clip_pairs, nothing_to_compare, remembered, result

SOURCE = "Holle & Rein (2015), EasyDIAg, doi 10.3758/s13428-014-0506-7"

NO_MATCH = None
"""The category of an event that the other rater does not have."""

Table = Mapping[tuple[str | None, str | None], float]
"""Counts by (code of the first, code of the second); `NO_MATCH` where there is none."""


class Linked(NamedTuple):
    """The events of all clips, linked."""

    table: Table
    instants: int


def event_percent(question: Question) -> Result:
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


def percent_linked(question: Question) -> Result:
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


def event_kappa(question: Question) -> Result:
    r"""EasyDIAg's kappa: agreement of `event_percent` beyond chance.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}

    Nobody can count what neither rater saw: the cell *no match, no match* is a structural
    zero, and the expected counts are those to which iterative proportional fitting
    converges around it (see `expected_with_no_match`). With a code, it is Cohen's kappa of
    the collapsed table, as EasyDIAg does for each type. Unlike EasyDIAg, a kappa below 0 is
    reported as it is. It is undefined when the raters use one code only: the expected
    counts then equal the observed ones, whatever the raters did.

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


STATISTICS = (
    Statistic("event_percent", texts.EVENT_PERCENT, "event", SOURCE, event_percent),
    Statistic("percent_linked", texts.PERCENT_LINKED, "event", SOURCE, percent_linked),
    Statistic("event_kappa", texts.EVENT_KAPPA, "event", SOURCE, event_kappa),
)


def expected_with_no_match(table: Table) -> Agreement:
    r"""Compare two raters over a table whose cell *no match, no match* cannot be counted.

    Iterative proportional fitting around one structural zero need not be iterated. Its
    limit is a table :math:`a_i b_j` with the observed margins and a zero in that cell, so
    the counts outside the row and column *no match* sum to
    :math:`M = N - n_{0+} - n_{+0}` and are spread over the codes as the margins are:

    .. math:: p_e = \frac{M}{N} \sum_c \frac{n_{c+}}{N - n_{0+}} \cdot \frac{n_{+c}}{N - n_{+0}}

    Parameters
    ----------
    table : Table
        At least one count is positive.

    Examples
    --------
    >>> both = expected_with_no_match({("a", "a"): 4, ("b", "b"): 2, ("a", None): 1, (None, "b"): 1})
    >>> both.observed, round(both.expected, 3)
    (0.75, 0.398)
    """
    total = sum(table.values())
    rows, columns = margins(table)
    codes = {code for code in (*rows, *columns) if code is not NO_MATCH}
    by_first, by_second = total - rows.get(NO_MATCH, 0), total - columns.get(NO_MATCH, 0)
    linked = by_first - columns.get(NO_MATCH, 0)
    products = sum(rows.get(code, 0) * columns.get(code, 0) for code in codes)
    return Agreement(
        observed=sum(table.get((code, code), 0) for code in codes) / total,
        expected=linked * products / (by_first * by_second * total) if linked else 0.0,
        greatest=sum(min(rows.get(c, 0), columns.get(c, 0)) for c in (*codes, NO_MATCH)) / total,
        total=total,
        categories=len(codes),
    )


def collapse(table: Table, code: str) -> dict[tuple[bool, bool], float]:
    """Return one code against everything else, *no match* included."""
    cells = {(first, second): 0.0 for first in (True, False) for second in (True, False)}
    for (first, second), count in table.items():
        cells[first == code, second == code] += count
    return cells


@remembered
def linked_events(question: Question) -> Linked:
    """Return EasyDIAg's table of all clips that both raters coded."""
    table: Counter[tuple[str | None, str | None]] = Counter()
    instants = 0
    for pair in clip_pairs(question):
        links = link(pair.first, pair.second, question.overlap)
        for i, j in links:
            table[pair.first[i].code, pair.second[j].code] += 2
        mine, theirs = {i for i, _ in links}, {j for _, j in links}
        table.update((o.code, NO_MATCH) for i, o in enumerate(pair.first) if i not in mine)
        table.update((NO_MATCH, o.code) for j, o in enumerate(pair.second) if j not in theirs)
        instants += sum(o.start == o.end for o in (*pair.first, *pair.second))
    return Linked(table, instants)


def _answer(question: Question, measure: str) -> Result:
    variant = _variant(question)
    reason = nothing_to_compare(question)
    if reason is not None:
        return result(question, measure, variant, None, because=reason)
    linked = linked_events(question)
    parts = _counts(linked, question)
    if question.code is None:
        both = expected_with_no_match(linked.table)
    else:
        cells = collapse(linked.table, question.code)
        both = cohen(cells)
        unlike = cells[True, False] + cells[False, True]
        parts["positive_agreement"] = 2 * cells[True, True] / (2 * cells[True, True] + unlike)
    values: dict[str, tuple[float | None, Text]] = {
        "event_percent": (both.observed, texts.NOTHING_CODED),
        "percent_linked": (parts["events_linked"] / parts["events"], texts.NOTHING_CODED),
        "event_kappa": (both.kappa, texts.ONE_CODE),
    }
    value, because = values[measure]
    if measure != "percent_linked":
        parts |= {"observed": both.observed, "expected": both.expected, "total": both.total}
    if measure == "event_kappa" and both.kappa_max is not None:
        parts["kappa_max"] = both.kappa_max
    return result(question, measure, variant, value, because=because, n_units=int(parts["events"]), components=parts)


def _variant(question: Question) -> str:
    linking = f"EasyDIAg; overlap of at least {question.overlap:g} of the longer event"
    if question.code is None:
        return f"{linking}; linked pairs count twice; no-match row and column, structural zero"
    return f"{linking}; this code against everything else"


def _counts(linked: Linked, question: Question) -> dict[str, float]:
    """Count the events of the tier, or of one code, by rater and by whether they are linked."""
    counts = dict.fromkeys(("events_first", "events_second", "events_linked"), 0.0)
    for (first, second), count in linked.table.items():
        both = first is not NO_MATCH and second is not NO_MATCH
        once = count / 2 if both else count
        for code, rater in ((first, "events_first"), (second, "events_second")):
            if code is not NO_MATCH and question.code in (None, code):
                counts[rater] += once
                counts["events_linked"] += once if both else 0
    counts["events"] = counts["events_first"] + counts["events_second"]
    counts["instants"] = float(linked.instants)
    counts["overlap"] = question.overlap
    return counts
