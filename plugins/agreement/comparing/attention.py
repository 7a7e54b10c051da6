"""What to look at first: the codes, raters and clips of a tier, from what differs from the others to what does not.

Everything is measured as positive agreement: of the events of either of two raters, the share that both have with
the same code. What neither saw does not count. Naming somebody is a serious thing: it takes a difference that
matters and an interval, over all that are compared at once, that leaves chance out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, final

import numpy as np

from plugins.agreement.measures.inference.bootstrap import Resampler
from plugins.agreement.measures.inference.simultaneous import by_counts, by_drawing, share_of, wilson_of
from plugins.agreement.measures.texts import NO_COMMON_CLIP, NOTHING_CODED
from vib.language import Text
from vib.observation import RaterSet
from vib.statistic import Additive, Estimate

from .disagreements import Pair
from .shared_events import SharedEvents, shared_events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MATTERS = 0.05
"""Difference in agreement below which nothing is named, however sure it is."""

OF_CLIPS = 0.975
"""Confidence of the intervals of clips together: counts of events tell less of chance than drawing clips does."""

MOST_BECAUSE = 3
"""Codes that are said of a clip."""

VARIANT = "positive agreement, 2 both / (one + other); events linked as EasyDIAg; overlap of at least {overlap:g}"

BY_DRAWING = (
    "95 % for {compared} codes and raters together: largest standardised deviation in {draws} "
    "draws of {clips} clips, seed {seed}, with Student's quantile for the clips that each rests on (Hothorn, Bretz & "
    "Westfall 2008, doi 10.1002/bimj.200810425)"
)

BY_EVENTS = "Wilson (1927), doi 10.1080/01621459.1927.10502953, with the events of a rater as trials"

BY_COUNTS = (
    "97.5 % for {compared} clips together (Sidak 1967, doi "
    "10.1080/01621459.1967.10482935): hybrid score of two shares, with the events of a rater as trials (Newcombe 1998, "
    "doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I)"
)


@final
@dataclass(frozen=True, slots=True)
class Standing:
    """How one code, rater or clip stands among the others of a tier.

    Parameters
    ----------
    agreement : Estimate
        As a share: of a code its positive agreement over all pairs; of a rater that with all others; of a clip that
        within it. `n_units` is the number of events that it rests on, each counted once.
    others : Estimate or None
        The same of all others without it; of a rater in the clips that they coded too, where others can be compared
        there, so that who was given the hard clips is not named for it. None where there are no others.
    difference : Estimate or None
        `agreement` minus `others`, with an interval that holds for all that are compared at once.
    clips : int
        Clips that it rests on.
    named : bool
        Clearly below the others: to be looked at first.
    because : tuple[str, ...]
        Of a rater the codes on which they clearly differ from the others; of a code the raters who do, none where
        all differ alike; of a clip its codes on which most events differ.
    """

    name: str
    agreement: Estimate
    others: Estimate | None
    difference: Estimate | None
    clips: int
    named: bool
    because: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Attention:
    """What to look at first in a tier: each from what differs to what does not."""

    tier: str
    codes: tuple[Standing, ...]
    raters: tuple[Standing, ...]
    clips: tuple[Standing, ...]


def attention(
    clips: tuple[RaterSet, ...],
    tier: str,
    pairs: Sequence[Pair],
    resampler: Resampler,
    *,
    code: str | None = None,
    overlap: float = 0.6,
    window: float | None = None,
    reference: str | None = None,
) -> Attention:
    """Return how the codes, raters and clips of a tier or attribute stand.

    Parameters
    ----------
    pairs : Sequence[tuple[str, str]]
        Who is compared with whom.
    resampler : Resampler
        Draws the clips again; with no draws there are no intervals, and nobody is named.
    code : str or None
        Look at this code only.
    overlap, window : float
        As for `disagreements`.
    reference : str or None
        The rater against whom the others are measured: only the pairs with them count, and they do not stand among
        the others.

    Examples
    --------
    >>> from vib.observation import Observation, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "volwassene", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> found = attention(clips, "turn", [("anna", "bram")], Resampler(0))
    >>> [(one.name, one.agreement.value) for one in found.codes]
    [('volwassene', 0.0), ('kind', 1.0)]
    """
    counted = [pair for pair in pairs if reference is None or reference in pair]
    shared = shared_events(clips, tier, counted, code=code, overlap=overlap, window=window)
    standing = _Standings(shared, resampler, VARIANT.format(overlap=overlap), reference)
    return Attention(tier, standing.codes(), standing.raters(), standing.clips())


class _Sides(NamedTuple):
    """What is compared with what: events agreed on and given, shape (clips, 2, compared)."""

    own: Floats
    others: Floats


class _Cells(NamedTuple):
    """How much each rater is below the others on each code, and whether clearly, shape (raters, codes)."""

    differences: Floats
    clear: NDArray[np.bool_]


@final
class _Standings:
    def __init__(self, shared: SharedEvents, resampler: Resampler, variant: str, reference: str | None) -> None:
        self.shared, self.resampler, self.variant = shared, resampler, variant
        self.judged = [place for place, rater in enumerate(shared.raters) if rater != reference]
        self.agreed, self.given = (side.sum(axis=1) / 2 for side in (shared.agreed, shared.given))
        compared = np.asarray(shared.paired.any(axis=2))
        self.cases = (shared.events * compared[:, :, None]).sum(axis=1)
        self.there = compared
        self.used = np.flatnonzero(self.given.sum(axis=0)).tolist()
        self.sides = self._of_codes(), self._of_raters()
        own, others = (np.concatenate([one[side] for one in self.sides], axis=2) for side in (0, 1))
        # Codes and raters are named by the same draws, so one bound holds for both.
        self.differences, self.reaches = by_drawing(own, others, self._drawn())
        self.named = _clearly_below(self.differences, self.reaches)
        self.cells = self._cells()

    def codes(self) -> tuple[Standing, ...]:
        names = [self.shared.codes[place] for place in self.used]
        because = [self._who(place) for place in self.used]
        return self._standings(names, 0, self.cases.sum(axis=0)[self.used], because)

    def raters(self) -> tuple[Standing, ...]:
        partners = np.einsum("cij,cjk->ci", self.shared.paired, self.shared.events)
        cases = (self.shared.events.sum(axis=2) * self.there + partners).sum(axis=0)
        names = [self.shared.raters[place] for place in self.judged]
        because = [self._on_what(place) for place in range(len(self.judged))]
        return self._standings(names, 1, cases[self.judged], because)

    def clips(self) -> tuple[Standing, ...]:
        agreed, given = self.agreed.sum(axis=1), self.given.sum(axis=1)
        pairs = self.shared.paired.sum(axis=(1, 2)) / 2
        compared = np.flatnonzero(pairs).tolist()
        trials = given / np.maximum(2 * pairs, 1)
        rest = tuple(side.sum() - side for side in (agreed, given, trials))
        differences, lows, highs = by_counts(
            share_of(agreed, given), trials, share_of(rest[0], rest[1]), rest[2], len(compared), OF_CLIPS
        )
        # Without draws nothing has an interval, so that clips are not named where codes and raters cannot be.
        named = _clearly_below(differences, highs - differences) & bool(self.resampler.draws)
        found = []
        for place in compared:
            others = np.arange(len(agreed)) != place
            standing = Standing(
                self.shared.clips[place],
                self._within(place, trials[[place]]),
                self._estimate(agreed[others], given[others], self.cases[others].sum(), len(self.shared.raters))
                if given[others].any()
                else None,
                self._estimate_of_difference(
                    differences[place], (lows[place], highs[place]), BY_COUNTS.format(compared=len(compared))
                ),
                1,
                bool(named[place]),
                self._differs_most(place),
            )
            found.append(standing)
        return _in_order(found)

    def _within(self, clip: int, trials: Floats) -> Estimate:
        """Return the agreement within a clip."""
        agreed, given = (side[[clip]].sum(axis=1) for side in (self.agreed, self.given))
        raters = int(np.count_nonzero(self.there[clip]))
        found = self._estimate(agreed, given, self.cases[clip].sum(), raters)
        if found.value is None or not self.resampler.draws:
            return found
        (low,), (high,) = wilson_of(share_of(agreed, given), trials)
        return replace(found, ci=(float(low), float(high)), ci_method=BY_EVENTS)

    def _differs_most(self, clip: int) -> tuple[str, ...]:
        """Return the codes of a clip on which most events differ."""
        lacking = self.given[clip] - self.agreed[clip]
        most = sorted(np.flatnonzero(lacking).tolist(), key=lambda code: (-lacking[code], self.shared.codes[code]))
        return tuple(self.shared.codes[code] for code in most[:MOST_BECAUSE])

    def _of_codes(self) -> _Sides:
        own = np.stack([self.agreed, self.given], axis=1)
        return _Sides(*(side[:, :, self.used] for side in (own, own.sum(axis=2, keepdims=True) - own)))

    def _of_raters(self) -> _Sides:
        own = np.stack([side.sum(axis=2)[:, self.judged] for side in (self.shared.agreed, self.shared.given)], axis=1)
        every = np.stack([self.agreed.sum(axis=1), self.given.sum(axis=1)], axis=1)
        return _Sides(own, self._others(every[:, :, None] - own, self.there[:, self.judged]))

    def _cells(self) -> _Cells:
        """Compare each rater on each code with what the others do with that code, shape (raters, codes)."""
        codes = len(self.used)
        own = np.stack([side[:, self.judged][:, :, self.used] for side in (self.shared.agreed, self.shared.given)], 1)
        every = np.stack([self.agreed[:, self.used], self.given[:, self.used]], axis=1)[:, :, None]
        rest = (every - own).reshape(*own.shape[:2], len(self.judged) * codes)
        there = np.repeat(self.there[:, self.judged], codes, axis=1)
        own = own.reshape(rest.shape)
        differences, reaches = by_drawing(own, self._others(rest, there), self._drawn())
        clear = _clearly_below(differences, reaches)
        shape = len(self.judged), codes
        return _Cells(differences.reshape(shape), clear.reshape(shape))

    @staticmethod
    def _others(rest: Floats, there: NDArray[np.bool_]) -> Floats:
        """Return what the pairs without each rater share, in the clips of the rater where there are such pairs."""
        there = there | ~(rest[:, 1] * there).any(axis=0)
        return rest * there[:, None]

    def _on_what(self, rater: int) -> tuple[str, ...]:
        """Return the codes on which a rater clearly differs, most first; of who is named at least one."""
        differences = self.cells.differences[rater]
        codes = np.flatnonzero(self.cells.clear[rater])
        if self.named[len(self.used) + rater] and not len(codes):
            codes = np.array([np.nanargmin(differences)])
        in_order = codes[np.argsort(differences[codes], kind="stable")].tolist()
        return tuple(self.shared.codes[self.used[code]] for code in in_order)

    def _who(self, code: int) -> tuple[str, ...]:
        """Return the raters who differ on a code; none where it differs as much among the others: then all do."""
        who = [self.judged[rater] for rater in np.flatnonzero(self.cells.clear[:, self.used.index(code)]).tolist()]
        rest = [place for place in range(len(self.shared.raters)) if place not in who]
        agreed, given = (side[np.ix_(rest, rest)].sum(axis=(0, 1)) for side in self.shared.between)
        left = share_of(agreed[code], given[code]) - share_of(agreed.sum() - agreed[code], given.sum() - given[code])
        return tuple(self.shared.raters[place] for place in who) if left > -MATTERS else ()

    def _standings(
        self, names: Sequence[str], which: int, cases: Floats, because: Sequence[tuple[str, ...]]
    ) -> tuple[Standing, ...]:
        own, others = self.sides[which]
        there = np.asarray(self.there.any(axis=0))[self.judged] if which else np.ones(len(names), dtype=np.bool_)
        everybody = len(self.shared.raters)
        met = 1 + np.count_nonzero(self.shared.paired.any(axis=0), axis=1)
        of = met[self.judged].tolist() if which else [everybody] * len(names)
        without = [NOTHING_CODED if anybody else NO_COMMON_CLIP for anybody in there]
        first = which * self.sides[0].own.shape[2]
        found = []
        for place, name in enumerate(names):
            difference = self._difference(first + place)
            rest = others[:, :, place]
            found.append(
                Standing(
                    name,
                    self._estimate(own[:, 0, place], own[:, 1, place], cases[place], of[place], without[place]),
                    self._estimate(rest[:, 0], rest[:, 1], self.cases.sum(), everybody) if rest[:, 1].any() else None,
                    difference,
                    int(np.count_nonzero(own[:, 1, place])),
                    bool(self.named[first + place]),
                    because[place],
                )
            )
        return _in_order(found)

    def _difference(self, place: int) -> Estimate | None:
        value, reach = float(self.differences[place]), float(self.reaches[place])
        if np.isnan(reach):
            return self._estimate_of_difference(value, None, "none: too few clips have this")
        how = BY_DRAWING.format(
            compared=len(self.differences),
            draws=self.resampler.draws,
            clips=len(self.shared.clips),
            seed=self.resampler.seed,
        )
        return self._estimate_of_difference(value, (max(-1.0, value - reach), min(1.0, value + reach)), how)

    def _estimate_of_difference(self, value: float, interval: tuple[float, float] | None, how: str) -> Estimate | None:
        if np.isnan(value):
            return None
        found = Estimate("agreement - others", float(value), int(self.cases.sum()), len(self.shared.raters))
        if not self.resampler.draws:
            return found
        return replace(found, ci=interval and (float(interval[0]), float(interval[1])), ci_method=how)

    def _estimate(
        self, agreed: Floats, given: Floats, cases: float, raters: int, without: Text = NOTHING_CODED
    ) -> Estimate:
        share = float(share_of(agreed.sum(), given.sum()))
        parts = {"agreed": float(agreed.sum()), "given": float(given.sum())}
        if np.isnan(share):
            return Estimate(self.variant, None, int(cases), raters, undefined_because=without, components=parts)
        estimate = Estimate(self.variant, share, int(cases), raters, components=parts)
        additive = Additive(np.stack([agreed, given], axis=1), lambda sums: share_of(sums[:, 0], sums[:, 1]))
        return self.resampler.interval(estimate, additive, is_share=True)[0]

    def _drawn(self) -> Floats:
        clips = len(self.shared.clips)
        return self.resampler.drawn(clips) if self.resampler.draws and clips > 1 else np.empty((0, clips))


def _clearly_below(differences: Floats, reaches: Floats) -> NDArray[np.bool_]:
    """Tell which differences matter, with an interval that lies wholly below zero."""
    return np.asarray((differences + reaches < 0) & (differences <= -MATTERS))


def _in_order(found: Iterable[Standing]) -> tuple[Standing, ...]:
    def key(one: Standing) -> tuple[bool, float, str]:
        return not one.named, 2.0 if one.agreement.value is None else one.agreement.value, one.name

    return tuple(sorted(found, key=key))
