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
from plugins.agreement.measures.texts import NOTHING_CODED
from vib.observation import RaterSet
from vib.statistic import Additive, Estimate

from .disagreements import Pair
from .shared_events import SharedEvents, shared_events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MATTERS = 0.05
"""Difference in agreement below which nothing is named, however sure it is."""

MOST_BECAUSE = 3
"""Codes that are said of a clip."""

VARIANT = "positive agreement, 2 both / (one + other); events linked as EasyDIAg; overlap of at least {overlap:g}"

BY_DRAWING = (
    "simultaneous over {compared}: largest standardised deviation in {draws} draws of {clips} clips, seed {seed}, with "
    "Student's quantile for the clips that each rests on (Hothorn, Bretz & Westfall 2008, doi 10.1002/bimj.200810425)"
)

BY_EVENTS = "Wilson (1927), doi 10.1080/01621459.1927.10502953, with the events of a rater as trials"

BY_COUNTS = (
    "simultaneous over {compared} clips (Sidak 1967, doi 10.1080/01621459.1967.10482935): hybrid score of two shares, "
    "with the events of a rater as trials (Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>"
    "3.0.CO;2-I)"
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


class _Side(NamedTuple):
    """Two counts of which the first is a share of the second, shape (clips, compared) each."""

    agreed: Floats
    given: Floats


@final
class _Standings:
    def __init__(self, shared: SharedEvents, resampler: Resampler, variant: str, reference: str | None) -> None:
        self.shared, self.resampler, self.variant = shared, resampler, variant
        self.judged = [place for place, rater in enumerate(shared.raters) if rater != reference]
        self.agreed, self.given = (side.sum(axis=1) / 2 for side in (shared.agreed, shared.given))
        compared = np.asarray(shared.paired.any(axis=2))
        self.cases = (shared.events * compared[:, :, None]).sum(axis=1)
        self.there = compared
        self._codes_of: dict[int, list[int]] = {}
        self._raters_of: dict[int, list[int]] = {}
        self._differ_most()

    def codes(self) -> tuple[Standing, ...]:
        own = _Side(self.agreed, self.given)
        others = _Side(*(side.sum(axis=1, keepdims=True) - side for side in own))
        used = [place for place in range(len(self.shared.codes)) if own.given[:, place].any()]
        names = [self.shared.codes[place] for place in used]
        cases = self.cases.sum(axis=0)[used]
        because = [self._who(place) for place in used]
        return self._standings(names, _taken(own, used), _taken(others, used), cases, because)

    def raters(self) -> tuple[Standing, ...]:
        own = _Side(*(side.sum(axis=2)[:, self.judged] for side in (self.shared.agreed, self.shared.given)))
        others = self._others(_Side(self.agreed.sum(axis=1), self.given.sum(axis=1)), own)
        partners = np.einsum("cij,cjk->ci", self.shared.paired, self.shared.events)
        mine = (self.shared.events.sum(axis=2) * self.there + partners).sum(axis=0)
        names = [self.shared.raters[place] for place in self.judged]
        because = [tuple(self.shared.codes[code] for code in self._codes_of.get(place, ())) for place in self.judged]
        return self._standings(names, own, others, mine[self.judged], because)

    def clips(self) -> tuple[Standing, ...]:
        agreed, given = self.agreed.sum(axis=1), self.given.sum(axis=1)
        pairs = self.shared.paired.sum(axis=(1, 2)) / 2
        compared = np.flatnonzero(pairs)
        trials = given / np.maximum(2 * pairs, 1)
        rest_agreed, rest_given, rest_trials = (side.sum() - side for side in (agreed, given, trials))
        differences, lows, highs = by_counts(
            share_of(agreed, given), trials, share_of(rest_agreed, rest_given), rest_trials, len(compared)
        )
        found = []
        for place in compared.tolist():
            difference = None
            if not np.isnan(differences[place]):
                difference = Estimate(
                    "agreement - others",
                    float(differences[place]),
                    int(self.cases.sum()),
                    len(self.shared.raters),
                    ci=(float(lows[place]), float(highs[place])),
                    ci_method=BY_COUNTS.format(compared=len(compared)),
                )
            lacking = self.given[place] - self.agreed[place]
            most = sorted(np.flatnonzero(lacking).tolist(), key=lambda code: (-lacking[code], self.shared.codes[code]))
            rest = np.arange(len(agreed)) != place
            within = self._estimate(agreed[[place]], given[[place]], self.cases[place].sum())
            if within.value is not None and self.resampler.draws:
                low, high = wilson_of(share_of(agreed[[place]], given[[place]]), trials[[place]])
                within = replace(within, ci=(float(low[0]), float(high[0])), ci_method=BY_EVENTS)
            found.append(
                Standing(
                    self.shared.clips[place],
                    within,
                    self._estimate(agreed[rest], given[rest], self.cases[rest].sum()) if rest_given[place] else None,
                    difference,
                    1,
                    _clear(difference),
                    tuple(self.shared.codes[code] for code in most[:MOST_BECAUSE]),
                )
            )
        return _in_order(found)

    def _differ_most(self) -> None:
        """Find the raters and codes that clearly differ from what the others of that code do."""
        codes = len(self.shared.codes)
        own = _Side(*(side[:, self.judged].reshape(len(side), -1) for side in (self.shared.agreed, self.shared.given)))
        every = _Side(*(np.tile(side, len(self.judged)) for side in (self.agreed, self.given)))
        others = self._others(every, own, repeated=codes)
        differences, margins = by_drawing(np.stack(own, 1), np.stack(others, 1), self._drawn())
        clear = (differences + margins < 0) & (differences <= -MATTERS)
        for cell in np.flatnonzero(clear)[np.argsort(differences[clear], kind="stable")].tolist():
            rater, code = self.judged[cell // codes], cell % codes
            self._codes_of.setdefault(rater, []).append(code)
            self._raters_of.setdefault(code, []).append(rater)

    def _who(self, code: int) -> tuple[str, ...]:
        """Return the raters who differ on a code; none where it differs as much among the others: then all do."""
        who = self._raters_of.get(code, [])
        rest = [place for place in range(len(self.shared.raters)) if place not in who]
        agreed, given = (side[np.ix_(rest, rest)].sum(axis=(0, 1)) for side in self.shared.between)
        left = share_of(agreed[code], given[code]) - share_of(agreed.sum() - agreed[code], given.sum() - given[code])
        return tuple(self.shared.raters[place] for place in who) if left > -MATTERS else ()

    def _others(self, every: _Side, own: _Side, repeated: int = 1) -> _Side:
        """Return what the pairs without each rater share, in the clips of the rater where there are such pairs."""
        totals = (side if side.ndim == 2 else side[:, None] for side in every)
        agreed, given = (total - mine for total, mine in zip(totals, own, strict=True))
        there = np.repeat(self.there[:, self.judged], repeated, axis=1)
        there |= ~(given * there).any(axis=0)
        return _Side(agreed * there, given * there)

    def _standings(
        self, names: Sequence[str], own: _Side, others: _Side, cases: Floats, because: Sequence[tuple[str, ...]]
    ) -> tuple[Standing, ...]:
        differences, margins = by_drawing(np.stack(own, 1), np.stack(others, 1), self._drawn())
        found = []
        for place, name in enumerate(names):
            rest = others.given[:, place]
            difference = self._difference(float(differences[place]), float(margins[place]), len(names))
            found.append(
                Standing(
                    name,
                    self._estimate(own.agreed[:, place], own.given[:, place], cases[place]),
                    self._estimate(others.agreed[:, place], rest, self.cases.sum()) if rest.any() else None,
                    difference,
                    int(np.count_nonzero(own.given[:, place])),
                    _clear(difference),
                    because[place],
                )
            )
        return _in_order(found)

    def _difference(self, value: float, margin: float, compared: int) -> Estimate | None:
        if np.isnan(value):
            return None
        clips, draws = len(self.shared.clips), self.resampler.draws
        interval, how = None, "none: too few clips have this, or they are all the same"
        if not np.isnan(margin):
            interval = max(-1.0, value - margin), min(1.0, value + margin)
            how = BY_DRAWING.format(compared=compared, draws=draws, clips=clips, seed=self.resampler.seed)
        return Estimate(
            "agreement - others",
            value,
            int(self.cases.sum()),
            len(self.shared.raters),
            ci=interval,
            ci_method=how if draws else None,
        )

    def _estimate(self, agreed: Floats, given: Floats, cases: float) -> Estimate:
        share = float(share_of(agreed.sum(), given.sum()))
        parts = {"agreed": float(agreed.sum()), "given": float(given.sum())}
        raters = len(self.shared.raters)
        if np.isnan(share):
            return Estimate(self.variant, None, int(cases), raters, undefined_because=NOTHING_CODED, components=parts)
        estimate = Estimate(self.variant, share, int(cases), raters, components=parts)
        additive = Additive(np.stack([agreed, given], axis=1), lambda sums: share_of(sums[:, 0], sums[:, 1]))
        return self.resampler.interval(estimate, additive, is_share=True)[0]

    def _drawn(self) -> Floats:
        clips = len(self.shared.clips)
        return self.resampler.drawn(clips) if self.resampler.draws and clips > 1 else np.empty((0, clips))


def _taken(side: _Side, places: Sequence[int]) -> _Side:
    return _Side(side.agreed[:, places], side.given[:, places])


def _clear(difference: Estimate | None) -> bool:
    """Tell whether something is clearly below the others."""
    if difference is None or difference.value is None or difference.ci is None:
        return False
    return difference.ci[1] < 0 and difference.value <= -MATTERS


def _in_order(found: Iterable[Standing]) -> tuple[Standing, ...]:
    def key(one: Standing) -> tuple[bool, float, str]:
        return not one.named, 2.0 if one.agreement.value is None else one.agreement.value, one.name

    return tuple(sorted(found, key=key))
