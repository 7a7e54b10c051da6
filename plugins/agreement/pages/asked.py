"""What somebody asks of a page, in its address; every part of it is checked."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import final

from plugins.agreement.comparing.choosing import BOUNDARY, Choice, codes_of, tiers_of
from plugins.agreement.comparing.disagreements import Pair
from plugins.agreement.comparing.together import not_compared
from vib.codebook import Codebook
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.statistic import Statistic

PASS_MARK = 0.6
DRAWS = 1_000
"""Draws of clips for an interval: fewer than on the command line, so that a page comes at once."""

EVERYTHING = "*"
"""In place of a tier, or of a statistic: all of them."""

MEASURES = ("time_unit_percent", "time_unit_kappa", "event_percent", "event_kappa")
AGAINST = ("event_precision", "event_recall", "event_f1", "onset_error_median", "offset_error_median")
"""What is shown of the others beside a reference."""


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """What to show; None stands for all.

    Parameters
    ----------
    tier : str or None
        None only where nobody coded anything, or where everything is asked for.
    pair : tuple[str, str] or None
        Two raters.
    mark : float
        The pass mark.
    overlap : float
        Share of the longer event that two events must share to be the same one.
    tolerance : float
        Seconds by which boundaries may differ before it is called a difference.
    also : str or None
        A statistic to show besides the usual ones, or `EVERYTHING`.
    one : str or None
        A rater, to look at where they differ from any other.
    """

    tier: str | None
    code: str | None
    clip: str | None
    pair: Pair | None
    reference: str | None
    mark: float
    overlap: float
    tolerance: float
    everything: bool
    also: str | None = None
    one: str | None = None

    @property
    def whose(self) -> str | None:
        """Where one rater is put beside all others: who."""
        return None if self.pair else self.one or self.reference

    def choice(self, statistics: Iterable[Statistic]) -> Choice:
        """Return what is to be calculated, of these statistics."""
        return Choice(
            raters=self.pair,
            tier=self.tier,
            code=self.code,
            measures=() if self.everything else self._measures(statistics),
            overlap=self.overlap,
            reference=self.reference,
            bootstrap=DRAWS,
            pass_mark=self.mark,
        )

    def _measures(self, statistics: Iterable[Statistic]) -> tuple[str, ...]:
        also = tuple(offered(statistics)) if self.also == EVERYTHING else (self.also,) if self.also else ()
        return (*MEASURES, *(AGAINST if self.reference else ()), *also)


@final
@dataclass(frozen=True, slots=True)
class Known:
    """What can be asked for."""

    tiers: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    clips: tuple[str, ...]
    raters: tuple[str, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two raters."""
        return tuple(combinations(self.raters, 2))


def pair_name(pair: Pair) -> str:
    """Return how a pair is written in an address."""
    return ",".join(pair)


def shared_clips(clips: Iterable[RaterSet]) -> tuple[RaterSet, ...]:
    """Return the clips that at least two raters coded."""
    return tuple(clip for clip in clips if len(clip.timelines) > 1)


def known_of(clips: Sequence[RaterSet], codebook: Codebook | None) -> Known:
    """Return what can be asked of these clips; tiers and codes in the order of the codebook."""
    shared = shared_clips(clips)
    raters = tuple(sorted({rater for clip in shared for rater in clip.timelines}))
    order = {name: place for place, name in enumerate(codebook.labels() if codebook else ())}
    tier_order = {tier.id: place for place, tier in enumerate(codebook.tiers if codebook else ())}
    tiers, attributes = tiers_of(shared, raters)
    free = not_compared([codebook] if codebook else [])
    every = sorted({*tiers, *attributes} - free, key=lambda name: (name not in tiers, tier_order.get(name, 999), name))
    codes = {
        tier: tuple(sorted(codes_of(shared, raters, tier), key=lambda code: (order.get(code, 9999), code)))
        for tier in every
    }
    return Known(tuple(every), codes, tuple(clip.clip for clip in shared), raters)


def offered(statistics: Iterable[Statistic]) -> dict[str, Statistic]:
    """Return what can be shown besides the usual statistics, of whichever plugin, by name."""
    shown = {*MEASURES, *AGAINST}
    return {s.name: s for s in statistics if s.name not in shown and s.raters != "reference" and s.basis != "rating"}


def asked_of(query: Mapping[str, str], known: Known, more: Collection[str] = (), *, everything: bool = False) -> Asked:
    """Read the query of an address; `more` are the names of what can be shown besides the usual.

    Raises
    ------
    InputProblem
        Something is asked for that is not there, or a number is none.
    """
    pairs = {pair_name(pair): pair for pair in known.pairs}
    tier = _one(query, "tier", (*known.tiers, EVERYTHING) if everything else known.tiers)
    everywhere = tier == EVERYTHING
    tier = None if everywhere else tier or (known.tiers[0] if known.tiers else None)
    pair = _one(query, "pair", tuple(pairs))
    reference = _one(query, "reference", known.raters)
    one, beside = _one(query, "one", known.raters), _one(query, "with", known.raters)
    if pair is None and one and beside and one != beside:
        pair = pair_name((min(one, beside), max(one, beside)))
    if pair and reference and reference not in pairs[pair]:
        reference = None
    return Asked(
        tier=tier,
        code=None if tier is None else _one(query, "code", known.codes[tier]),
        clip=_one(query, "clip", known.clips),
        pair=pairs[pair] if pair else None,
        reference=reference,
        mark=_number(query, "mark", PASS_MARK, -1.0, 1.0),
        overlap=_number(query, "overlap", 0.6, 0.01, 1.0),
        tolerance=_number(query, "tolerance", BOUNDARY, 0.0, 60.0),
        everything=everywhere,
        also=_one(query, "also", (*more, EVERYTHING)),
        one=None if pair else one or beside,
    )


def _one(query: Mapping[str, str], name: str, known: Sequence[str]) -> str | None:
    given = query.get(name, "")
    if not given:
        return None
    if given not in known:
        raise InputProblem(
            name,
            nl=f"“{given[:60]}” is hier niet; kies iets uit de lijst",
            en=f"“{given[:60]}” is not here; choose something from the list",
        )
    return given


def _number(query: Mapping[str, str], name: str, usual: float, lowest: float, highest: float) -> float:
    given = query.get(name, "").strip()
    if not given:
        return usual
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        number = math.nan
    if not lowest <= number <= highest:
        raise InputProblem(
            name,
            nl=f"“{given[:20]}” moet een getal zijn tussen {lowest:g} en {highest:g}",
            en=f"“{given[:20]}” must be a number between {lowest:g} and {highest:g}",
        )
    return number
