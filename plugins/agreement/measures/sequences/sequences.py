"""What follows what: does one behaviour answer another, how often and how fast?

A sequence is a value of one rater's coding. Asked of two raters, every statistic gives the
first rater's value minus the second's: two raters may agree on most events and still tell
another story about who answers whom.

The events of one kind (say, the child's turns) are sorted twice: into those that are given
(turns with an initiative) and the others, and into those after which the target (a turn of
the adult) starts within a window and those after which it does not. Events whose window the
end of the clip cuts off are left out, whatever follows, and counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from plugins.agreement.measures.inference.intervals import ORDER, Z, quantile_interval
from vib.language import Text
from vib.observation import Timeline
from vib.statistic import Additive, Estimate, Question

from . import texts
from .contingency import (
    CELLS,
    HALF,
    INITIATIVE_ANSWERED,
    ROWS,
    Contingency,
    contingency_table,
    filled,
    follow,
    log_odds,
    yules_q,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WOOLF = "Woolf (1955), doi 10.1111/j.1469-1809.1955.tb01348.x; events taken as independent"
YULE = f"se: Yule (1912), doi 10.2307/2340126; interval: from that of the log odds, {WOOLF}"
MEDIAN = f"se: Bonett & Price (2002), doi 10.1037/1082-989X.7.3.370; interval: {ORDER}"
DIFFERENCE = "from those of both, Zou & Donner (2008), doi 10.1002/sim.3095; raters taken as independent, \
which is if anything too wide: they saw the same clips"

Interval = tuple[float, float]
Measure = Callable[[str, list[Timeline]], Estimate]


def contingency_yules_q(question: Question, contingency: Contingency = INITIATIVE_ANSWERED) -> Estimate:
    r"""Yule's Q: how much more often the target follows the given events than the others.

    .. math:: Q = \frac{ad - bc}{ad + bc}, \quad
              \mathrm{se}(Q) = \frac{1 - Q^2}{2} \sqrt{\tfrac1a + \tfrac1b + \tfrac1c + \tfrac1d}

    From -1 (it follows none of the given events, or all others) by 0 (both as often) to 1.
    The interval is that of the log odds, as :math:`Q = \tanh(\tfrac12 \ln \tfrac{ad}{bc})`,
    so it stays between -1 and 1; where a cell is 0 there is no standard error, and the
    interval of the table with halves added is stretched to Q itself. The components hold
    the cells, the shares that are followed, and how many events the end of a clip cut off.
    Undefined when a row or column is empty. With two raters: the first's Q minus the
    second's. The question's tier, code, overlap and tolerance have no part in it.

    References
    ----------
    Bakeman & Quera (2011), doi 10.1017/CBO9781139017343; Yule (1912), doi 10.2307/2340126.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet
    >>> def turns(*starts, **said):
    ...     return [Observation("turn", "kind", s, s + 1, said) for s in starts]
    >>> answers = [Observation("turn", "volwassene", s, s + 1) for s in (2, 12, 52)]
    >>> anna = Timeline(99, [*turns(0, 10, 20, initiative="BC.INI.C.NEED"), *turns(50, 60, 70), *answers])
    >>> clips = (RaterSet("clip", 99, {"anna": anna}),)
    >>> contingency_yules_q(Question(clips, ("anna",), "turn")).value
    0.6
    """

    def figure(table: Floats) -> tuple[float, float | None, Interval]:
        q, spread = float(yules_q(table)), _log_odds_se(table)
        low, high = (math.tanh(end / 2) for end in _interval(float(log_odds(table)), spread))
        return q, (1 - q**2) / 2 * spread if table.all() else None, (min(low, q), max(high, q))

    return _association(question, contingency, "Yule's Q", figure, YULE)


def contingency_log_odds(question: Question, contingency: Contingency = INITIATIVE_ANSWERED) -> Estimate:
    r"""Log odds ratio: how much more often the target follows the given events than the others.

    .. math:: \ln \frac{ad}{bc}, \quad \mathrm{se} = \sqrt{\tfrac1a + \tfrac1b + \tfrac1c + \tfrac1d}

    0 where it follows both as often. Where a cell is 0, one half is added to each of the
    four; the component ``added`` says so. Unlike `contingency_yules_q` it has no bounds, so
    it is the one to average or model over families. Otherwise as there.

    References
    ----------
    Bakeman & Quera (2011), doi 10.1017/CBO9781139017343; Woolf (1955),
    doi 10.1111/j.1469-1809.1955.tb01348.x; Haldane (1956), doi 10.1111/j.1469-1809.1955.tb01285.x.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet
    >>> def turns(*starts, **said):
    ...     return [Observation("turn", "kind", s, s + 1, said) for s in starts]
    >>> answers = [Observation("turn", "volwassene", s, s + 1) for s in (2, 12, 52)]
    >>> anna = Timeline(99, [*turns(0, 10, 20, initiative="BC.INI.C.NEED"), *turns(50, 60, 70), *answers])
    >>> clips = (RaterSet("clip", 99, {"anna": anna}),)
    >>> round(contingency_log_odds(Question(clips, ("anna",), "turn")).value, 3)
    1.386
    """

    def figure(table: Floats) -> tuple[float, float | None, Interval]:
        value, se = float(log_odds(table)), _log_odds_se(table)
        return value, se, _interval(value, se)

    return _association(question, contingency, "log odds ratio", figure, WOOLF)


def latency_to_reception(question: Question, contingency: Contingency = INITIATIVE_ANSWERED) -> Estimate:
    r"""Median seconds from a given event to its target, those without one included.

    .. math:: \tilde{t} = \operatorname{median}_i t_i, \quad t_i = \infty \text{ where nothing follows}

    Seconds count from where the window opens. An initiative that gets no answer is not left
    out, which would make answers that are rare look fast: it counts as later than all
    others. So the median is undefined when no more than half are answered. The components
    hold how many are ``followed``, ``not_followed`` and ``cut_off`` by the end of a clip, the
    ``p90`` of all where it lies within the window, and ``median_followed``,
    ``mean_followed`` and ``p90_followed`` of the answered ones alone. With two raters: the
    first's median minus the second's.

    References
    ----------
    Interval: David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet
    >>> kind = [Observation("turn", "kind", s, s + 1, {"initiative": "BC.INI.C.NEED"}) for s in (0, 10, 20)]
    >>> anna = Timeline(30, [*kind, *(Observation("turn", "volwassene", s, s + 1) for s in (2, 10.5))])
    >>> latency = latency_to_reception(Question((RaterSet("clip", 30, {"anna": anna}),), ("anna",), "turn"))
    >>> latency.value, latency.components["mean_followed"]
    (2.0, 1.25)
    """
    variant = f"median seconds until {contingency}"

    def measure(rater: str, timelines: list[Timeline]) -> Estimate:
        seen = [follow(timeline, contingency) for timeline in timelines]
        waits = np.sort(np.concatenate([latency[given & watched] for given, latency, watched in seen]))
        came = waits[np.isfinite(waits)]
        parts: dict[str, float | None] = {
            "followed": came.size,
            "not_followed": waits.size - came.size,
            "cut_off": sum(np.count_nonzero(given & ~watched) for given, _, watched in seen),
            "p90": _quantile(waits, 0.9),
            "median_followed": _quantile(came, 0.5),
            "mean_followed": float(came.mean()) if came.size else None,
            "p90_followed": _quantile(came, 0.9),
        }
        components = {name: float(number) for name, number in parts.items() if number is not None}
        median = _quantile(waits, 0.5)
        if median is None:
            reason = _why("median" if waits.size else "given", rater, contingency)
            return Estimate(variant, None, waits.size, 1, undefined_because=reason, components=components)
        se, ci = median_se(waits), quantile_interval(waits, 0.5)
        ci = None if ci is None or math.isinf(ci[1]) else ci
        method = None if se is None and ci is None else MEDIAN
        return Estimate(variant, median, waits.size, 1, se=se, ci=ci, ci_method=method, components=components)

    return _estimate(question, variant, measure)


def contingency_yules_q_parts(question: Question, contingency: Contingency = INITIATIVE_ANSWERED) -> Additive:
    """Return what of `contingency_yules_q` adds up over clips: the four cells, of each rater."""
    return _parts(question, contingency, yules_q)


def contingency_log_odds_parts(question: Question, contingency: Contingency = INITIATIVE_ANSWERED) -> Additive:
    """Return what of `contingency_log_odds` adds up over clips: the four cells, of each rater."""
    return _parts(question, contingency, log_odds)


def median_se(values: Floats) -> float | None:
    r"""Return the standard error of the median of values in order, infinite ones allowed.

    .. math:: \frac{x_{(n - c + 1)} - x_{(c)}}{2 z}, \quad c = \frac{n + 1}{2} - \sqrt{n}, \quad
              P(Z > z) = P(B(n, \tfrac12) < c)

    with c rounded, and at least 1. None when it takes an infinite value, or for one value.

    References
    ----------
    Bonett & Price (2002), Statistical inference for a linear function of medians,
    doi 10.1037/1082-989X.7.3.370.

    Examples
    --------
    >>> round(median_se(np.array([25.0, 29, 35, 36, 36, 40, 41, 43, 44, 54])), 6)
    3.261774
    """
    from scipy.special import bdtr

    size = len(values)
    place = max(1, round((size + 1) / 2 - math.sqrt(size)))
    if size < 2 or math.isinf(values[size - place]):
        return None
    z = NormalDist().inv_cdf(1 - float(bdtr(place - 1, size, 0.5)))
    return float(values[size - place] - values[place - 1]) / (2 * z)


def _timelines(question: Question) -> list[list[Timeline]]:
    """Return, for each rater, the clips that all of them coded."""
    clips = [clip.timelines for clip in question.clips if set(question.raters) <= set(clip.timelines)]
    return [[timelines[rater] for timelines in clips] for rater in question.raters]


def _estimate(question: Question, variant: str, measure: Measure) -> Estimate:
    """Answer for one rater, or with the difference of two."""
    raters = question.raters
    timelines = _timelines(question)
    if len(raters) not in (1, 2) or not timelines[0]:
        reason = texts.NO_CLIP if len(raters) in (1, 2) else texts.ONE_OR_TWO_RATERS
        return Estimate(variant, None, 0, len(raters), undefined_because=reason)
    figures = [measure(rater, seen) for rater, seen in zip(raters, timelines, strict=True)]
    return figures[0] if len(figures) == 1 else _difference(figures[0], figures[1])


def _difference(first: Estimate, second: Estimate) -> Estimate:
    variant, units = f"first rater minus second: {first.variant}", first.n_units + second.n_units
    components: dict[str, float] = {}
    for which, one in (("first", first), ("second", second)):
        parts = {**one.components, "value": one.value, "se": one.se}
        components |= {f"{name}_{which}": number for name, number in parts.items() if number is not None}
    if first.value is None or second.value is None:
        reason = first.undefined_because or second.undefined_because
        return Estimate(variant, None, units, 2, undefined_because=reason, components=components)
    value = first.value - second.value
    se = None if first.se is None or second.se is None else math.hypot(first.se, second.se)
    ci = None
    if first.ci and second.ci:
        below = math.hypot(first.value - first.ci[0], second.ci[1] - second.value)
        above = math.hypot(first.ci[1] - first.value, second.value - second.ci[0])
        ci = (value - below, value + above)
    method = None if se is None and ci is None else DIFFERENCE
    return Estimate(variant, value, units, 2, se=se, ci=ci, ci_method=method, components=components)


def _association(
    question: Question,
    contingency: Contingency,
    name: str,
    figure: Callable[[Floats], tuple[float, float | None, Interval]],
    method: str,
) -> Estimate:
    variant = f"{name} of whether {contingency}, against the other {contingency.among}"

    def measure(rater: str, timelines: list[Timeline]) -> Estimate:
        table = contingency_table(timelines, contingency).sum(axis=0)
        sides = {"given": table[:2], "other": table[2:], "followed": table[::2], "not_followed": table[1::2]}
        cut_off = sum(np.count_nonzero(~follow(timeline, contingency).watched) for timeline in timelines)
        components = dict(zip((*CELLS, "cut_off"), (*table.tolist(), float(cut_off)), strict=True))
        components |= {f"share_{row}": float(sides[row][0] / sides[row].sum()) for row in ROWS if sides[row].any()}
        units = int(table.sum())
        for side, cells in sides.items():
            if not cells.any():
                reason = _why(side, rater, contingency)
                return Estimate(variant, None, units, 1, undefined_because=reason, components=components)
        components["added"] = 0.0 if table.all() else HALF
        value, se, ci = figure(table)
        return Estimate(variant, value, units, 1, se=se, ci=ci, ci_method=method, components=components)

    return _estimate(question, variant, measure)


def _parts(question: Question, contingency: Contingency, statistic: Callable[[Floats], Floats]) -> Additive:
    def value(sums: Floats) -> Floats:
        figures = statistic(sums.reshape(len(sums), -1, len(CELLS)))
        return np.subtract(figures[:, 0], figures[:, 1]) if figures.shape[1] == 2 else figures[:, 0]

    return Additive(np.hstack([contingency_table(seen, contingency) for seen in _timelines(question)]), value)


def _why(reason: str, rater: str, contingency: Contingency) -> Text:
    names = {"given": contingency.given, "target": contingency.target, "among": contingency.among}
    return texts.EMPTY[reason].filled(rater=rater, **names)


def _log_odds_se(table: Floats) -> float:
    return math.sqrt((1 / filled(table)).sum())


def _interval(value: float, se: float) -> Interval:
    return value - Z * se, value + Z * se


def _quantile(values: Floats, share: float) -> float | None:
    """Return a quantile (R's type 7) of values in order, None where it is infinite or there are none."""
    place = round(share * (len(values) - 1), 9)
    low, high = math.floor(place), math.ceil(place)
    if not len(values) or math.isinf(values[high]):
        return None
    return float(values[low] + (place - low) * (values[high] - values[low]))
