"""Calculated from turns: who follows whom, and how turns are spread over people.

Nothing here says how much is enough: no norm for shares of turns is known that would hold at every age.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from vib.derived.seen import Figure, Seen, Span, grouped, length
from vib.windows import at_most


def turn_transitions(seen: Seen, *, max_gap_s: float = 2.0, max_overlap_s: float = 1.0) -> Iterator[Span]:
    """Yield the instants at which a turn of another person begins.

    Of two successive turns of different people, the second begins at most `max_gap_s` after the first ends, or
    at most `max_overlap_s` before it ends. As in chattr (Casillas & Scaff 2021, github.com/marisacasillas/chattr);
    for gaps and overlaps see Heldner & Edlund 2010, doi:10.1016/j.wocn.2010.08.002.

    Parameters
    ----------
    max_gap_s, max_overlap_s : float
        Longest silence and longest overlap, in seconds.
    """
    for one, following in seen.successive_turns():
        gap = following.start - one.end
        if at_most(gap, max_gap_s) and at_most(-gap, max_overlap_s):
            yield Span(following.start, following.start)


def taking_turn(seen: Seen) -> Iterator[Span]:
    """Yield each turn that follows a turn of another person, whatever lies between. Own design."""
    for _, following in seen.successive_turns():
        yield Span(following.start, following.end)


def balanced_turns(seen: Seen) -> Iterator[Figure]:
    """Yield of each person how many of all turns are theirs, and how many seconds of all seconds of turns.

    Turns of who is not known do not count. Own design, after the pattern of taking turns (Dekker & Biemans 1994).
    """
    turns = grouped(seen.known_turns, seen.person)
    seconds = {person: length(Span(one.start, one.end) for one in own) for person, own in turns.items()}
    for person in sorted(turns):
        yield Figure(person, len(turns[person]), len(seen.known_turns), "turns")
    for person in sorted(turns):
        yield Figure(person, seconds[person], sum(seconds.values()), "seconds")


def spread_of_turns(seen: Seen) -> Iterator[Figure]:
    """Yield of each child how many of the children's turns are theirs, and how evenly turns are spread.

    Evenness is Pielou's J (doi:10.1016/0022-5193(66)90013-0): 1 where each child has as many turns, near 0 where
    one has nearly all. It is there where two or more children are known by name, and of the turns of children that
    are named; the first figure says how many those are. Who has no turn is not known here, and does not count.
    """
    turns = seen.turns_of("kind")
    named = [one for one in turns if seen.person(one) != one.code]
    yield Figure("", len(named), len(turns), "turns")
    counts = {person: len(own) for person, own in sorted(grouped(named, seen.person).items())}
    for person, count in counts.items():
        yield Figure(person, count, len(named), "turns")
    if len(counts) > 1:
        shares = [count / len(named) for count in counts.values()]
        yield Figure("", -sum(share * math.log(share) for share in shares) / math.log(len(counts)), 1.0, "index")


def first_turn_after(seen: Seen) -> Iterator[Figure]:
    """Yield who has the first turn after each ``picture``, of all pictures that a turn follows. Own design."""
    pictures = seen.having("picture")
    turns = [one for one in seen.known_turns if one not in pictures]
    following = [next((turn for turn in turns if turn.start >= one.end), None) for one in pictures]
    found = [turn for turn in following if turn is not None]
    for person, own in sorted(grouped(found, seen.person).items()):
        yield Figure(person, len(own), len(found))
