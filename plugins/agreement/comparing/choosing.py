"""What to compare: raters, tiers, ratings, codes and statistics, and what is said when they do not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, final

from plugins.agreement.measures.timelines.coded import coded_tier
from plugins.agreement.measures.units.weights import weight_matrix
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.statistic import Level, Statistic

from . import texts

TOGETHER = {"time": "time_unit_kappa", "event": "event_kappa"}
"""Durations and events are always reported together: what is added when only one of them was named."""

FEWEST_DRAWS = 50
"""Draws of clips below which percentiles mean nothing."""

BOUNDARY = 1.0
"""Seconds by which boundaries may differ before it is called a disagreement, unless said otherwise."""


@final
@dataclass(frozen=True, slots=True)
class Choice:
    """What of the clips to compare; None means everything there is.

    Parameters
    ----------
    raters : tuple[str, ...] or None
        Whom to compare.
    tier : str or None
        Tier, or attribute, or rating.
    code : str or None
        One code; without a tier, in every tier that has it.
    measures : tuple[str, ...]
        Names of statistics; none means the usual ones.
    overlap : float
        Share of the longer event that two events must share to be the same one.
    tolerance : float or None
        Seconds by which boundaries may differ, or points by which ratings may.
    per_clip : bool
        Whether to calculate each clip on its own too.
    level : str or None
        What differences between ratings mean; None for what fits.
    weights : str or None
        How weighted statistics weigh differences.
    reference : str or None
        The rater against whom the others are measured.
    bootstrap : int
        How often clips are drawn again for an interval; 0 for never.
    seed : int
        For what is drawn: the same seed gives the same figures.
    pass_mark : float or None
        The value that is to be reached.
    order : tuple[str, ...] or None
        Categories that are text, from low to high.
    """

    raters: tuple[str, ...] | None = None
    tier: str | None = None
    code: str | None = None
    measures: tuple[str, ...] = ()
    overlap: float = 0.6
    tolerance: float | None = None
    per_clip: bool = False
    level: Level | None = None
    weights: str | None = None
    reference: str | None = None
    bootstrap: int = 2_000
    seed: int = 0
    pass_mark: float | None = None
    order: tuple[str, ...] | None = None

    @property
    def boundary(self) -> float:
        """Seconds by which boundaries may differ before it is called a disagreement."""
        return BOUNDARY if self.tolerance is None else self.tolerance


def check_numbers(choice: Choice) -> None:
    """Refuse numbers that mean nothing.

    Raises
    ------
    InputProblem
        With the option to mend.
    """
    if not 0 < choice.overlap <= 1:
        raise InputProblem(
            "overlap",
            nl=f"{choice.overlap} moet boven 0 en hoogstens 1 zijn",
            en=f"{choice.overlap} must be above 0 and at most 1",
        )
    if not 0 <= choice.boundary < float("inf"):
        raise InputProblem(
            "tolerance",
            nl=f"{choice.tolerance} is geen aantal seconden",
            en=f"{choice.tolerance} is not a number of seconds",
        )
    if choice.bootstrap and not FEWEST_DRAWS <= choice.bootstrap <= 100_000:
        raise InputProblem(
            "bootstrap",
            nl=f"{choice.bootstrap} moet 0 zijn, of tussen {FEWEST_DRAWS} en 100.000 liggen",
            en=f"{choice.bootstrap} must be 0, or between {FEWEST_DRAWS} and 100,000",
        )
    if choice.weights is not None:
        weight_matrix(choice.weights, (1.0, 2.0))
    if choice.order is not None and (len(set(choice.order)) < len(choice.order) or len(choice.order) < 2):
        given = ", ".join(choice.order) or "-"
        raise InputProblem(
            "order",
            nl=f"{given}: noem minstens twee categorieën, elk één keer, van laag naar hoog",
            en=f"{given}: name at least two categories, each once, from low to high",
        )
    if choice.seed < 0:
        raise InputProblem("seed", nl=f"{choice.seed} moet 0 of hoger zijn", en=f"{choice.seed} must be 0 or higher")
    if choice.pass_mark is not None and not -1 <= choice.pass_mark <= 1:
        raise InputProblem(
            "pass-mark",
            nl=f"{choice.pass_mark} moet tussen -1 en 1 liggen",
            en=f"{choice.pass_mark} must be between -1 and 1",
        )


def chosen_statistics(statistics: Mapping[str, Statistic], choice: Choice) -> tuple[Statistic, ...]:
    """Return the statistics that were named, or the usual ones.

    Raises
    ------
    InputProblem
        A name is unknown, or what was named needs a reference.
    """
    for name in choice.measures:
        _among("measure", name, tuple(statistics))
    if not choice.measures:
        with_reference = choice.reference is not None
        return tuple(s for s in statistics.values() if s.usual or (with_reference and s.raters == "reference"))
    named = [statistics[name] for name in dict.fromkeys(choice.measures)]
    for statistic in named:
        if statistic.raters == "reference" and choice.reference is None:
            raise InputProblem(
                f"--measure {statistic.name}",
                nl="vergelijkt met een referentie: geef --reference met een beoordelaar",
                en="compares with a reference: give --reference with a rater",
            )
    bases = {statistic.basis for statistic in named}
    both = set(TOGETHER)
    if len(bases & both) == 1:
        (other,) = both - bases
        named += [statistics[name] for name in (TOGETHER[other],) if name in statistics]
    return tuple(named)


def chosen_raters(clips: Sequence[RaterSet], choice: Choice) -> tuple[str, ...]:
    """Return whom to compare, sorted.

    Raises
    ------
    InputProblem
        Somebody is unknown, or there are fewer than two.
    """
    known = tuple(sorted({rater for clip in clips for rater in (*clip.timelines, *clip.ratings)}))
    for rater in choice.raters or ():
        _among("rater", rater, known)
    if choice.reference is not None:
        _among("reference", choice.reference, known)
    wanted = set(known) if choice.raters is None else {*choice.raters, choice.reference} - {None}
    raters = tuple(sorted(name for name in wanted if name is not None))
    if len(raters) < 2:
        there = ", ".join(raters) or "-"
        raise InputProblem(
            "raters",
            nl=f"vergelijken kan vanaf twee beoordelaars; gevonden: {there}",
            en=f"comparing takes at least two raters; found: {there}",
        )
    return raters


def tiers_of(clips: Sequence[RaterSet], raters: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tiers and the attributes that these raters used."""
    timelines = [clip.timelines[rater] for clip in clips for rater in raters if rater in clip.timelines]
    return (
        tuple(sorted({tier for timeline in timelines for tier in timeline.tiers})),
        tuple(sorted({name for timeline in timelines for name in timeline.attribute_names})),
    )


def ratings_of(clips: Sequence[RaterSet], raters: Sequence[str]) -> tuple[str, ...]:
    """Return the ratings of whole clips that these raters gave."""
    return tuple(sorted({name for clip in clips for rater in raters for name in clip.ratings.get(rater, {})}))


def codes_of(clips: tuple[RaterSet, ...], raters: Sequence[str], tier: str) -> tuple[str, ...]:
    """Return the codes of a tier that these raters used."""
    coded = coded_tier(clips, tier)
    there = [one.codes for clip in coded.clips for rater, one in clip.raters.items() if rater in raters]
    used = {place for codes in there for place in codes.tolist()}
    return tuple(coded.codes[place] for place in sorted(used))


def check_order(order: Sequence[str], clips: Sequence[RaterSet], codes: Mapping[str, Sequence[str]]) -> None:
    """Refuse an order of categories that nobody used.

    Raises
    ------
    InputProblem
        With the categories that were used.
    """
    said = {value for clip in clips for given in clip.ratings.values() for value in given.values()}
    used = {value for value in said if isinstance(value, str)}.union(*codes.values())
    if order and not used & set(order):
        reason = texts.unknown(", ".join(order), tuple(sorted(used)))
        raise InputProblem("order", nl=reason.nl, en=reason.en)


class Subject(NamedTuple):
    """What is asked about: a tier or attribute, or a rating, which may have the same name."""

    name: str
    rating: bool = False


def chosen_codes(
    codes: Mapping[str, tuple[str, ...]], ratings: Sequence[str], choice: Choice
) -> dict[Subject, tuple[str | None, ...]]:
    """Return what to ask about, with which codes; None stands for the whole tier, or the rating.

    Raises
    ------
    InputProblem
        The tier or code is unknown.
    """
    if choice.tier is not None:
        _among("tier", choice.tier, tuple(dict.fromkeys((*codes, *ratings))))
        codes = {tier: found for tier, found in codes.items() if tier == choice.tier}
        ratings = [rating for rating in ratings if rating == choice.tier]
    if choice.code is None:
        of_tiers = {Subject(tier): (None, *found) for tier, found in codes.items()}
        return {**of_tiers, **{Subject(rating, True): (None,) for rating in ratings}}
    _among("code", choice.code, tuple(sorted({code for found in codes.values() for code in found})))
    return {Subject(tier): (choice.code,) for tier, found in codes.items() if choice.code in found}


def _among(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        reason = texts.unknown(name, known)
        raise InputProblem(what, nl=reason.nl, en=reason.en)
