r"""Krippendorff's alpha of unitizing of 1995: how far apart are the boundaries of units that intersect?

It compares every code with itself only, so units of different codes may overlap; units of one
rater with the same code may not. Time is cut into whole units of time, and the value depends on
how long those are: the smaller they are, the closer it comes to a limit.

Several clips are laid end to end: their lengths add up, units and gaps of all clips are placed
by chance in each other's stead, and no gap crosses from one clip into the next. Pairs of raters
in a clip weigh 1 / (m - 1), with m the raters who coded that clip; a rater who did not is missing
there, not silent. Chance is estimated from units and gaps of different clips together, so the
value is no function of sums over clips, and clips drawn again must be counted anew.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vib.language import Text
from vib.problem import InputProblem
from vib.statistic import Estimate, Question

from . import texts
from .unitizing_parts import Units, apart, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

SOURCE = "Krippendorff (1995), doi 10.2307/271061, expected disagreement as in Krippendorff (2004)"

MILLISECOND = 0.001
"""Default unit of time, in seconds."""


class _Disagreement(NamedTuple):
    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        return 1.0 - self.observed / self.expected if self.expected > 0 else None

    def named(self, of_code: str = "") -> dict[str, float]:
        return {f"observed_disagreement{of_code}": self.observed, f"expected_disagreement{of_code}": self.expected}


def alpha_u_1995(question: Question, unit: float = MILLISECOND) -> Estimate:
    r"""Alpha of unitizing by squared differences of boundaries, per code and over all codes.

    .. math:: {}_u\alpha_c = 1 - \frac{D_{oc}}{D_{ec}}, \quad
              D_{oc} = \frac{2}{m (m - 1) L^2} \sum_{i < j} \sum_{g,h} \delta^2_{gh}

    .. math:: D_{ec} = \frac{\frac{2}{L} \sum_g \left[ \frac{N_c - 1}{3} (2 l_g^3 - 3 l_g^2 + l_g)
              + l_g^2 \sum_{h: l_h \ge l_g} (l_h - l_g + 1) \right]}{m L (m L - 1) - \sum_g l_g (l_g - 1)}

    where g runs over the :math:`N_c` units of code c, h in the expected disagreement over all
    gaps, l is a length and L the length of the continuum. :math:`\delta^2` of two units that
    intersect is the squared distance of their starts plus that of their ends; of a unit that
    lies wholly in a gap of the other rater it is the unit's squared length; it is 0 otherwise.
    Over all codes, observed and expected disagreement are those of the codes on average:
    :math:`\alpha = 1 - \sum_c D_{oc} / \sum_c D_{ec}`.

    Several clips: L is the length of all clips that at least two raters coded, :math:`m L`
    becomes the time that all raters watched, and the sum over pairs of raters in a clip is
    divided by :math:`m - 1` of that clip.

    Parameters
    ----------
    question : Question
        Two or more raters. With a code, alpha of that code; without, over all codes.
    unit : float
        Unit of time in seconds. Times are rounded to whole units; what then has no length is
        left out and counted in the component `instants_excluded`.

    Returns
    -------
    Estimate
        Undefined when units of one rater with the same code overlap, when nothing with a length
        was coded, and when chance leaves no disagreement. Components: `observed_disagreement`,
        `expected_disagreement`, `time_units` (length of the continuum), and without a code also
        `alpha[c]`, `observed_disagreement[c]` and `expected_disagreement[c]` of each code.

    Notes
    -----
    Equals DKPro Statistics 2.3.1, which has one continuum and answers NaN when nothing was coded
    and 0 when there are instants only; here those are undefined. The figures printed in 1995 are
    those of small units of time and differ a little in the expected disagreement, which
    Krippendorff corrected in 2004.

    References
    ----------
    Krippendorff (1995), On the reliability of unitizing continuous data, Sociological
    Methodology 25, 47-76, doi 10.2307/271061; Krippendorff (2004), Content analysis, 2nd ed.,
    section 11.5.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> question = Question(clips, ("anna", "bram"), "turn")
    >>> round(alpha_u_1995(question).value, 3), round(alpha_u_1995(question, unit=1).value, 3)
    (0.553, 0.515)
    """
    if not (math.isfinite(unit) and unit > 0):
        raise InputProblem("unit", nl=f"{unit} is geen tijdseenheid in seconden", en=f"{unit} is no unit of time in s")
    units = units_of(question).of(question.code)
    variant = f"alpha-U of 1995, time in units of {unit:g} s; {SOURCE}"
    found = units.missing or _in_whole(units, unit)
    if isinstance(found, Text):
        return Estimate(variant, None, len(units), units.raters, undefined_because=found, components=units.left_out())
    lengths = _whole(found.durations, unit)
    every = {found.codes[at]: _disagreement(found.at(found.code == at), lengths) for at in np.unique(found.code)}
    overall = _Disagreement(*(float(np.mean(each)) for each in zip(*every.values(), strict=True)))
    components = {
        **found.left_out(),
        "time_units": float(lengths[found.present.any(axis=1)].sum()),
        **overall.named(),
    }
    if question.code is None:
        for code, each in every.items():
            components |= each.named(f"[{code}]") | ({} if each.alpha is None else {f"alpha[{code}]": each.alpha})
    return Estimate(
        variant=variant,
        value=overall.alpha,
        n_units=len(found),
        n_raters=found.raters,
        undefined_because=texts.NO_CHANCE if overall.alpha is None else None,
        components=components,
    )


def _whole(seconds: Floats, unit: float) -> Floats:
    return np.rint(seconds / unit)


def _in_whole(units: Units, unit: float) -> Units | Text:
    """Return units in whole units of time, in order, without those that then have no length."""
    separate = apart(units, by_code=True)
    if isinstance(separate, Text):
        return separate
    rounded = replace(separate, start=_whole(separate.start, unit), end=_whole(separate.end, unit))
    lasting = rounded.end > rounded.start
    vanished = np.bincount(rounded.code[~lasting], minlength=len(units.codes))
    return replace(rounded.at(lasting), instants=units.instants + vanished) if lasting.any() else texts.NO_UNIT_AS_LONG


def _disagreement(units: Units, lengths: Floats) -> _Disagreement:
    """Compare all units of one code, in whole units of time; `lengths` are those of the clips."""
    raters = units.present.sum(axis=1)
    counted = raters > 1
    continuum, watched = lengths[counted].sum(), (raters * lengths).sum()
    edges = np.searchsorted(units.clip, np.arange(len(lengths) + 1))
    apart_by = sum(
        _distance(units.at(slice(edges[clip], edges[clip + 1])), int(clip)) / (raters[clip] - 1)
        for clip in np.unique(units.clip)
    )
    length = units.end - units.start
    gaps = _gaps(units, lengths)
    reached = np.searchsorted(gaps, length)
    longer = len(gaps) - reached
    gap_seconds = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)[reached]
    in_gaps = length**2 * (gap_seconds - longer * (length - 1))
    in_units = (len(units) - 1) / 3 * (2 * length**3 - 3 * length**2 + length)
    pairs = watched * (watched - 1) - (length * (length - 1)).sum()
    return _Disagreement(
        observed=float(2 * apart_by / (watched * continuum)),
        expected=float(2 * (in_gaps + in_units).sum() / (continuum * pairs)),
    )


def _distance(units: Units, clip: int) -> float:
    """Sum the squared differences of all pairs of raters in one clip, on one code."""
    there = units.present[clip]
    rater, start, end = np.cumsum(there)[units.rater] - 1, units.start, units.end
    others = np.arange(there.sum())[None]
    beyond = end.max() + 1
    first = np.searchsorted(rater * beyond + end, others * beyond + start[:, None], side="right")
    last = np.searchsorted(rater * beyond + start, others * beyond + end[:, None], side="left")
    in_gap = (first == last) & (others != rater[:, None])
    one, other = np.nonzero((first < last) & (others > rater[:, None]))
    count = (last - first)[one, other]
    met = np.arange(count.sum()) + np.repeat(first[one, other] - (np.cumsum(count) - count), count)
    one = np.repeat(one, count)
    boundaries = (start[one] - start[met]) ** 2 + (end[one] - end[met]) ** 2
    alone = ((end - start) ** 2)[:, None] * in_gap
    return float(boundaries.sum() + alone.sum())


def _gaps(units: Units, lengths: Floats) -> Floats:
    """Return the lengths of all gaps on one code, of every rater of every clip, shortest first."""
    width = units.present.shape[1]
    who = units.clip * width + units.rater
    opens = np.append(True, who[1:] != who[:-1])
    before = units.start - np.where(opens, 0.0, np.roll(units.end, 1))
    closes = np.roll(opens, -1)
    after = lengths[units.clip[closes]] - units.end[closes]
    empty = units.present.copy()
    empty[units.clip, units.rater] = False
    gaps = np.concatenate([before, after, lengths[np.nonzero(empty)[0]]])
    return np.sort(gaps[gaps > 0])
