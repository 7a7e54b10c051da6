"""Calculated from series of turns: ja-cyclus and nee-cyclus.

No public text has an operational rule for these; the rules are own design, after Dekker & Biemans 1994
(Video-hometraining in gezinnen) and Kennedy & Sked 2008 (Video Interaction Guidance).
"""

from __future__ import annotations

from collections.abc import Iterator

from vib.derived.seen import Seen, Span, grouped, joined
from vib.observation import Observation
from vib.windows import at_most


def yes_cycle(seen: Seen, *, min_moves: float = 3.0, max_gap_s: float = 5.0) -> Iterator[Span]:
    """Yield series of turns in which contact grows.

    At least `min_moves` successive turns, a child's and an adult's in alternation, each beginning at most `max_gap_s`
    after the one before ended; every initiative in it has a reception that is *ja* and an effect that is *ja*, no
    turn has a code that is *nee*, and at least one initiative is in it: turns that nobody described are no cycle.

    Parameters
    ----------
    min_moves : float
        Fewest turns.
    max_gap_s : float
        Longest silence between two, in seconds.
    """
    series: list[Observation] = []
    for turn in seen.turns:
        goes_on = (
            bool(series) and _alternates(seen, series[-1], turn) and at_most(turn.start - series[-1].end, max_gap_s)
        )
        if not (goes_on and _grows(seen, turn)):
            yield from _cycle(seen, series, min_moves)
            series = []
        if _grows(seen, turn):
            series.append(turn)
    yield from _cycle(seen, series, min_moves)


def no_cycle(seen: Seen, *, min_initiatives: float = 2.0, within_s: float = 20.0) -> Iterator[Span]:
    """Yield where a child's initiatives fail one after the other.

    At least `min_initiatives` of the same child that begin within `within_s` of one another, each with a reception
    that is *nee* and an effect that is ``faltering``, and no ``repair`` that begins between them. What overlaps is
    one cycle.

    Parameters
    ----------
    min_initiatives : float
        Fewest initiatives.
    within_s : float
        From the onset of the first to the onset of the last of so many, in seconds.
    """
    repairs = [one.start for one in seen.having("repair")]
    failing = [
        one for one in seen.turns_of("kind") if seen.is_read(one, "reception", "nee") and seen.given(one, "faltering")
    ]
    few = max(1, int(min_initiatives))
    found: list[Span] = []
    for own in grouped(failing, seen.person).values():
        for place in range(len(own) - few + 1):
            first, last = own[place], own[place + few - 1]
            mended = any(first.start < at <= last.start for at in repairs)
            if at_most(last.start - first.start, within_s) and not mended:
                found.append(Span(first.start, max(one.end for one in own[place : place + few])))
    yield from joined(found)


def _alternates(seen: Seen, one: Observation, following: Observation) -> bool:
    return {seen.actor.get(one.code), seen.actor.get(following.code)} == {"kind", "volwassene"}


def _grows(seen: Seen, turn: Observation) -> bool:
    if seen.actor.get(turn.code) not in ("kind", "volwassene") or seen.has_nee(turn):
        return False
    if not seen.given(turn, "reception"):
        return True
    return seen.is_read(turn, "reception", "ja") and seen.is_read(turn, "effect", "ja")


def _cycle(seen: Seen, series: list[Observation], few: float) -> Iterator[Span]:
    if len(series) >= few and any(seen.given(turn, "reception") for turn in series):
        yield Span(series[0].start, max(turn.end for turn in series))
