"""How sure it is that a figure changed: the difference of one figure in two sets of clips."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.statistic import Additive, Estimate

from .bootstrap import FEW, FEWEST, MOST_UNDEFINED, TOO_FEW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOGETHER = (
    "percentile bootstrap over the {clips} clips of both, {draws} draws, seed {seed}; the {common} clips that are in "
    "both are drawn together (Efron & Tibshirani 1993)"
)
APART = (
    "percentile bootstrap over {before} and {after} clips, drawn independently, {draws} draws, seed {seed} "
    "(Efron & Tibshirani 1993)"
)
FROM_INTERVALS = "from the intervals of both figures, as no clip is in both (Zou & Donner 2008, doi 10.1002/sim.3095)"


@final
@dataclass(frozen=True, slots=True)
class Side:
    """One figure of one of two sets of clips.

    Parameters
    ----------
    additive : Additive or None
        What of it adds up over clips.
    clips : tuple[str, ...]
        The clip of each row of the parts of `additive`.
    """

    estimate: Estimate
    additive: Additive | None
    clips: tuple[str, ...]

    @property
    def parts(self) -> Floats | None:
        """The parts of each clip; None where they cannot be told apart by clip."""
        if self.additive is None or len(self.additive.parts) != len(self.clips):
            return None
        return self.additive.parts


@final
@dataclass(slots=True)
class Differences:
    """Draws the clips of two sets again, the same way for every figure of the same clips.

    Parameters
    ----------
    draws : int
        How often; 0 for never.
    seed : int
        The same seed gives the same interval.
    """

    draws: int
    seed: int = 0
    _weights: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Floats, Floats]] = field(default_factory=dict)

    def between(self, before: Side, after: Side, *, from_intervals: bool) -> Estimate:
        r"""Return by how much a figure changed, with its 95 % interval.

        .. math:: \Delta = \hat\theta_\text{after} - \hat\theta_\text{before}

        The clips of both sets are drawn again with replacement. Clips that are in both sets are the
        same families at the same table, so they are drawn together: all clips of both lie in one
        urn. Without a clip in common the sets are drawn independently. Where the figure does not add
        up over clips there is an interval only if no clip is in both and `from_intervals` allows it:

        .. math:: \Delta \pm \sqrt{(\hat\theta_\text{after} - l_\text{after})^2
                  + (u_\text{before} - \hat\theta_\text{before})^2}

        for the lower limit, and the other way round for the upper one.

        Parameters
        ----------
        from_intervals : bool
            Whether the figures' own intervals say how far they would move with other clips.

        References
        ----------
        Efron & Tibshirani (1993), An Introduction to the Bootstrap, doi 10.1201/9780429246593;
        Zou & Donner (2008), Construction of confidence limits about effect measures, doi 10.1002/sim.3095.
        """
        one, other = before.estimate, after.estimate
        n_units, n_raters = one.n_units + other.n_units, max(one.n_raters, other.n_raters)
        variant = f"after less before; {other.variant or one.variant}"
        if one.value is None or other.value is None:
            because = one.undefined_because or other.undefined_because
            return Estimate(variant, None, n_units, n_raters, undefined_because=because)
        common = len(set(before.clips) & set(after.clips))
        parts = {"before": one.value, "after": other.value}
        clips = {"clips_before": float(len(before.clips)), "clips_after": float(len(after.clips))}
        components = {**parts, **clips, "clips_in_both": float(common)}
        difference = Estimate(variant, other.value - one.value, n_units, n_raters, components=components)
        if before.parts is not None and after.parts is not None and self.draws:
            difference = self._interval(difference, before, after)
        if difference.ci is not None or common or not from_intervals or one.ci is None or other.ci is None:
            return difference
        return _from_intervals(difference, one, other)

    def _interval(self, difference: Estimate, before: Side, after: Side) -> Estimate:
        assert difference.value is not None
        assert before.additive is not None
        assert after.additive is not None
        if min(len(before.clips), len(after.clips)) < FEWEST:
            return replace(difference, ci_method=TOO_FEW)
        weights = self._drawn(before.clips, after.clips)
        first, second = (
            side.additive.value(np.einsum("dc,cp->dp", drawn, side.additive.parts))
            for side, drawn in zip((before, after), weights, strict=True)
            if side.additive is not None
        )
        values = second - first
        values = values[~np.isnan(values)]
        how = self._how(before.clips, after.clips)
        if len(values) < (1 - MOST_UNDEFINED) * self.draws:
            return replace(difference, ci_method=f"none: too few clips have this; {how}")
        if np.ptp(values) <= SMALLEST:
            return replace(difference, ci_method=f"none: the same in every draw; {how}")
        if min(len(before.clips), len(after.clips)) < FEW:
            how += "; rough, as there are few clips"
        if len(values) < self.draws:
            how += f"; {self.draws - len(values)} draws undefined"
        low, high = np.quantile(values, (0.025, 0.975))
        ci = float(min(low, difference.value)), float(max(high, difference.value))
        return replace(difference, se=float(values.std(ddof=1)), ci=ci, ci_method=how)

    def _how(self, before: tuple[str, ...], after: tuple[str, ...]) -> str:
        every, common = len({*before, *after}), len({*before} & {*after})
        if common:
            return TOGETHER.format(clips=every, common=common, draws=self.draws, seed=self.seed)
        return APART.format(before=len(before), after=len(after), draws=self.draws, seed=self.seed)

    def _drawn(self, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Floats, Floats]:
        """Return how often each clip of both sides is in each draw, each of shape (draws, clips)."""
        if (before, after) not in self._weights:
            # One figure after the other is of the same clips; those of other raters come later.
            self._weights.clear()
            chance = np.random.default_rng(self.seed)
            if {*before} & {*after}:
                place = {clip: number for number, clip in enumerate(sorted({*before, *after}))}
                every = _multinomial(chance, len(place), self.draws)
                drawn = every[:, [place[clip] for clip in before]], every[:, [place[clip] for clip in after]]
            else:
                drawn = _multinomial(chance, len(before), self.draws), _multinomial(chance, len(after), self.draws)
            self._weights[before, after] = drawn
        return self._weights[before, after]


def _multinomial(chance: np.random.Generator, clips: int, draws: int) -> Floats:
    return chance.multinomial(clips, np.full(clips, 1 / clips), size=draws).astype(np.float64)


def _from_intervals(difference: Estimate, before: Estimate, after: Estimate) -> Estimate:
    assert difference.value is not None
    assert before.value is not None
    assert after.value is not None
    (low_before, high_before), (low_after, high_after) = before.ci or (0.0, 0.0), after.ci or (0.0, 0.0)
    down = float(np.hypot(after.value - low_after, high_before - before.value))
    up = float(np.hypot(high_after - after.value, before.value - low_before))
    return replace(difference, ci=(difference.value - down, difference.value + up), ci_method=FROM_INTERVALS)
