"""Uncertainty by drawing the clips again: for figures that have no published interval."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from sys import intern
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.statistic import Additive, Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST = 3
"""Clips below which drawing them again says nothing: two can be drawn in three ways only."""

TOO_FEW = f"none: fewer than {FEWEST} clips cannot be drawn again"

FEW = 10
"""With fewer clips than this an interval is rough, and says so."""

MOST_UNDEFINED = 0.05
"""Share of draws that may have no value before there is no interval: then too few clips have what is asked about."""

AT_ITS_END = (
    "Jeffreys interval with each of {clips} clips as one trial, as all are alike "
    "(Brown, Cai & DasGupta 2001, doi 10.1214/ss/1009213286)"
)
"""How a share of none or all of each clip gets its interval, which draws cannot give."""

EFRON = "percentile bootstrap over {clips} clips, {draws} draws, seed {seed} (Efron & Tibshirani 1993)"


@final
@dataclass(slots=True)
class Resampler:
    """Draws clips with replacement, the same way for every figure with equally many clips.

    Parameters
    ----------
    draws : int
        How often; 0 for never.
    seed : int
        The same seed gives the same interval.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, doi 10.1201/9780429246593.
    """

    draws: int
    seed: int = 0
    _weights: dict[int, Floats] = field(default_factory=dict)
    _summed: deque[tuple[Floats, Floats]] = field(default_factory=lambda: deque(maxlen=3))

    def interval(
        self, estimate: Estimate, additive: Additive, *, is_share: bool = False
    ) -> tuple[Estimate, Floats | None]:
        """Return an estimate with its standard error and 95 % interval, and the values drawn.

        The interval is the 2.5th and 97.5th percentile of the figure over draws of clips with
        replacement; the standard error is their standard deviation. A draw in which the
        figure is undefined is left out; with more than a twentieth of them there is no
        interval, as too few clips have what is asked about. When all draws are the same there is
        none either, but for a share (`is_share`) of nothing or everything: that has the Jeffreys
        interval, as if each clip that has what is asked about were one trial. Fewer than three clips
        are not drawn again; with fewer than ten the interval is rough. All of this is said in `ci_method`.
        """
        clips = len(additive.parts)
        if estimate.value is None or not self.draws:
            return estimate, None
        if clips < FEWEST:
            return replace(estimate, ci_method=TOO_FEW), None
        values = additive.value(self._sums(additive.parts))
        undefined = np.isnan(values)
        if undefined.any():
            values = values[~undefined]
        how = EFRON.format(clips=clips, draws=self.draws, seed=self.seed)
        if len(values) < (1 - MOST_UNDEFINED) * self.draws:
            return replace(estimate, ci_method=f"none: too few clips have this; {how}"), None
        in_order = np.sort(values)
        if in_order[-1] - in_order[0] <= SMALLEST:
            if is_share and estimate.value in (0.0, 1.0):
                return self._at_its_end(estimate, int(additive.parts.any(axis=1).sum()))
            return replace(estimate, ci_method=f"none: the same in every draw; {how}"), None
        how += "; rough, as there are few clips" if clips < FEW else ""
        if len(values) < self.draws:
            how += f"; {self.draws - len(values)} draws undefined"
        low, high = min(_quantile(in_order, 0.025), estimate.value), max(_quantile(in_order, 0.975), estimate.value)
        se = float(values.std(ddof=1))
        # One string in memory for the thousands of figures that have it.
        return replace(estimate, se=se, ci=(low, high), ci_method=intern(how)), values

    def _at_its_end(self, estimate: Estimate, clips: int) -> tuple[Estimate, Floats]:
        """Return a share that is 0 or 1 in every clip with its interval, and values as likely as the true one."""
        from scipy.special import betaincinv

        likely = betaincinv(clips + 0.5, 0.5, (np.arange(self.draws) + 0.5) / self.draws)
        low = float(np.quantile(likely, 0.05))
        method = AT_ITS_END.format(clips=clips)
        if estimate.value == 1.0:
            return replace(estimate, ci=(low, 1.0), ci_method=method), likely
        return replace(estimate, ci=(0.0, 1.0 - low), ci_method=method), 1.0 - likely

    def _sums(self, parts: Floats) -> Floats:
        """Return what was drawn of each part, shape (draws, parts); statistics that share parts ask in turn."""
        for known, drawn in self._summed:
            if known is parts:
                return drawn
        # Not by matrix product: its threads wait for one another longer than it takes.
        # Draws lie side by side in memory, as there are more of them than parts.
        sums: Floats = np.einsum("dc,cp->pd", self.drawn(len(parts)), parts).T
        self._summed.append((parts, sums))
        return sums

    def drawn(self, clips: int) -> Floats:
        """Return how often each clip is in each draw, shape (draws, clips)."""
        if clips not in self._weights:
            chance = np.random.default_rng(self.seed)
            drawn = chance.multinomial(clips, np.full(clips, 1 / clips), size=self.draws)
            self._weights[clips] = np.ascontiguousarray(drawn.T, dtype=np.float64).T
        return self._weights[clips]


def _quantile(in_order: Floats, share: float) -> float:
    """Return a quantile of sorted values, between two of them where it falls there."""
    place = share * (len(in_order) - 1)
    below = int(place)
    low, high = in_order[below : below + 2].tolist()
    return float(low + (high - low) * (place - below))
