"""Time-based agreement: during how much of the clip do two raters say the same?

Nothing is sampled: the whole extent of every clip is cut where either rater's coding
changes, and each stretch counts by its exact duration. Instants have no duration, so
they are left out and counted in the components.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from plugins.agreement import texts
from vib.observation import Observation
from vib.statistic import Question, Result, Statistic

from .cohen import Agreement, cohen
from .pairs import ClipPair, clip_pairs, nothing_to_compare, remembered, result

TIER_VARIANT = (
    "exact duration over the whole clip; categories are the codes and nothing; "
    "several codes at once are together one category"
)
CODE_VARIANT = "exact duration over the whole clip; this code present or absent"

SOURCE = "Bakeman, Quera & Gnisci (2009), doi 10.3758/BRM.41.1.137; kappa: Cohen (1960), "
SOURCE += "doi 10.1177/001316446002000104"

Codes = frozenset[str]


class Stretch(NamedTuple):
    """A stretch of time within which neither rater's coding changes."""

    clip: str
    seconds: float
    first: Codes
    second: Codes


def time_unit_percent(question: Question) -> Result:
    r"""Share of the time during which two raters say the same.

    .. math:: p_o = \frac{1}{T} \sum_c t_{cc}

    where :math:`t_{cd}` is how long the first rater says c while the second says d, and T
    the duration of all clips that both coded. Without a code, the categories are the tier's
    codes and *nothing*; where a rater has several codes at once (turns that overlap), the
    set of codes at that moment is the category. With a code: it is present or absent.

    References
    ----------
    Bakeman, Quera & Gnisci (2009), Observer agreement for timed-event sequential data,
    doi 10.3758/BRM.41.1.137.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(time_unit_percent(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.667
    """
    return _answer(question, "time_unit_percent")


def time_unit_kappa(question: Question) -> Result:
    r"""Cohen's kappa with time as its unit: agreement of `time_unit_percent` beyond chance.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
              p_e = \sum_c \frac{t_{c+}}{T} \frac{t_{+c}}{T}

    It is undefined when the raters together use one category only.

    References
    ----------
    Cohen (1960), doi 10.1177/001316446002000104; Bakeman, Quera & Gnisci (2009),
    doi 10.3758/BRM.41.1.137.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(time_unit_kappa(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.385
    """
    return _answer(question, "time_unit_kappa")


STATISTICS = (
    Statistic("time_unit_percent", texts.TIME_UNIT_PERCENT, "time", SOURCE, time_unit_percent),
    Statistic("time_unit_kappa", texts.TIME_UNIT_KAPPA, "time", SOURCE, time_unit_kappa),
)


def sweep(pair: ClipPair) -> Iterator[Stretch]:
    """Cut a clip where either rater's coding changes; stretches come in order of time."""
    changes: list[tuple[float, int, int, str]] = []
    for rater, seen in enumerate((pair.first, pair.second)):
        for o in seen:
            start, end = min(o.start, pair.duration), min(o.end, pair.duration)
            if start < end:
                changes += [(start, rater, 1, o.code), (end, rater, -1, o.code)]
    changes.sort(key=itemgetter(0))
    going_on: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    now, sets = 0.0, [frozenset[str](), frozenset[str]()]
    for moment, at_once in groupby(changes, key=itemgetter(0)):
        if moment > now:
            yield Stretch(pair.clip, moment - now, sets[0], sets[1])
            now = moment
        for _, rater, step, code in at_once:
            going_on[rater][code] += step
            if not going_on[rater][code]:
                del going_on[rater][code]
        sets = [frozenset(codes) for codes in going_on]
    if now < pair.duration:
        yield Stretch(pair.clip, pair.duration - now, sets[0], sets[1])


@remembered
def _stretches(question: Question) -> tuple[Stretch, ...]:
    return tuple(stretch for pair in clip_pairs(question) for stretch in sweep(pair))


def _answer(question: Question, measure: str) -> Result:
    variant = TIER_VARIANT if question.code is None else CODE_VARIANT
    reason = nothing_to_compare(question)
    if reason is not None:
        return result(question, measure, variant, None, because=reason)
    lasting, instants = _lasting_and_instants(question)
    if not lasting:
        parts = {"instants_excluded": float(instants)}
        return result(question, measure, variant, None, because=texts.ONLY_INSTANTS, components=parts)
    n_units, table = _table(question)
    both = cohen(table)
    return result(
        question,
        measure,
        variant,
        both.observed if measure == "time_unit_percent" else both.kappa,
        because=texts.ONE_CATEGORY,
        n_units=n_units,
        components=_components(both, table, instants),
    )


def _lasting_and_instants(question: Question) -> tuple[int, int]:
    seen: list[Observation] = [
        o for pair in clip_pairs(question) for o in (*pair.first, *pair.second) if question.code in (None, o.code)
    ]
    instants = sum(o.start == o.end for o in seen)
    return len(seen) - instants, instants


def _table(question: Question) -> tuple[int, dict[tuple[Codes, Codes], float]]:
    """Return how many stretches there are, and the seconds of each pair of categories."""
    seconds: defaultdict[tuple[Codes, Codes], float] = defaultdict(float)
    asked = None if question.code is None else frozenset((question.code,))
    n_units, before = 0, None
    for stretch in _stretches(question):
        first = stretch.first if asked is None else stretch.first & asked
        second = stretch.second if asked is None else stretch.second & asked
        seconds[first, second] += stretch.seconds
        n_units += before != (stretch.clip, first, second)
        before = (stretch.clip, first, second)
    return n_units, seconds


def _components(both: Agreement, table: Mapping[tuple[Codes, Codes], float], instants: int) -> dict[str, float]:
    return {
        "observed": both.observed,
        "expected": both.expected,
        "seconds": both.total,
        "seconds_agreed": sum(t for (first, second), t in table.items() if first == second),
        "seconds_first": sum(t for (first, _), t in table.items() if first),
        "seconds_second": sum(t for (_, second), t in table.items() if second),
        "categories": float(both.categories),
        "instants_excluded": float(instants),
    }
