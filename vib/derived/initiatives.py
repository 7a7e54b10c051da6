"""Calculated from children's initiatives and how they were received.

An initiative is here a turn of a child that has a reception: what only answers has none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from vib.derived.seen import Figure, Seen, Span
from vib.observation import ROUNDING
from vib.windows import at_most


def reception_latency(seen: Seen, *, within_s: float = 10.0) -> Iterator[Figure]:
    """Yield of how many received initiatives an adult's turn followed, and after how many seconds each.

    Of each initiative with a reception that is *ja*: the onset of the first adult's turn that begins with or after
    the initiative, minus the offset of the initiative; below 0 where it begins before the child has ended. One that
    begins more than `within_s` after the offset is no reaction to it, and an adult who receives without sound may
    have no turn at all. Own design; infants' own latencies lie around 1 s (Nguyen et al. 2022,
    doi:10.1111/cdev.13754).

    Parameters
    ----------
    within_s : float
        Longest time from the offset of the initiative, in seconds.
    """
    adults = [turn.start for turn in seen.turns_of("volwassene")]
    received = [one for one in seen.turns_of("kind") if seen.is_read(one, "reception", "ja")]
    found: list[float] = []
    for one in received:
        place = bisect_left(adults, one.start - ROUNDING)
        if place < len(adults) and at_most(adults[place] - one.end, within_s):
            found.append(adults[place] - one.end)
    yield Figure("", len(found), len(received), values=tuple(found))


def received_share(seen: Seen) -> Iterator[Figure]:
    """Yield how many initiatives have a reception that is *ja*, of those whose reception is *ja* or *nee*.

    One that could not be seen is neither, and does not count. Own design.
    """
    ja = [one for one in seen.having("reception") if seen.is_read(one, "reception", "ja")]
    nee = [one for one in seen.having("reception") if seen.is_read(one, "reception", "nee")]
    yield Figure("", len(ja), len(ja) + len(nee))


def follow_ratio(seen: Seen) -> Iterator[Figure]:
    """Yield how many moves of adults follow the child (are *ja*), of all, and then of each move.

    Own design, after following and leading as two sides of contact.
    """
    moves = seen.having("adult_move")
    yield Figure("", sum(seen.is_read(one, "adult_move", "ja") for one in moves), len(moves))
    for code in sorted(seen.codes("adult_move")):
        yield Figure(code, sum(code in seen.given(one, "adult_move") for one in moves), len(moves))


def repaired(seen: Seen, *, within_s: float = 60.0) -> Iterator[Span]:
    """Yield from an initiative that was not received to the turn of the child after its repair.

    The last initiative with a reception that is *nee* that ended at most `within_s` before a ``repair`` begins; after
    the repair began, and at most `within_s` after it ended, a turn of a child begins whose effect is *ja*. Own
    design; on repair see Tronick 1989, doi:10.1037/0003-066X.44.2.112.

    Parameters
    ----------
    within_s : float
        Seconds from the failing to the repair, and from the repair to what shows that it helped.
    """
    children = seen.turns_of("kind")
    failing = [one for one in children if seen.is_read(one, "reception", "nee")]
    helped = [one for one in children if seen.is_read(one, "effect", "ja")]
    for repair in seen.having("repair"):
        before = [one for one in failing if one.start < repair.start and at_most(repair.start - one.end, within_s)]
        after = [one for one in helped if one.start > repair.start and at_most(one.start - repair.end, within_s)]
        if before and after:
            yield Span(before[-1].start, after[0].end)


def sensitivity_chain(seen: Seen) -> Iterator[Span]:
    """Yield each initiative that was understood or received (*ja*) and whose effect is *ja*.

    Signal, fitting reaction, and how the child takes it, after the sensitivity chain of VIPP-SD (Juffer,
    Bakermans-Kranenburg & van IJzendoorn 2008); the calculation is own design. Where the codebook names codes for
    ``initiative``, one of them must be given.
    """
    for one in seen.turns_of("kind"):
        met = seen.is_read(one, "understanding", "ja") or seen.is_read(one, "reception", "ja")
        begun = not seen.codes("initiative") or bool(seen.given(one, "initiative"))
        if begun and met and seen.is_read(one, "effect", "ja"):
            yield Span(one.start, one.end)


def peer_share(seen: Seen) -> Iterator[Figure]:
    """Yield how many initiatives are to another child (``peer``), of all, and how many of those a child took up.

    Taken up is where the answer to ``peer_reception`` is *ja*; who counts is who has an answer. Own design.
    """
    initiatives = seen.having("initiative")
    peers = [one for one in initiatives if seen.given(one, "peer")]
    answered = [one for one in peers if seen.given(one, "peer_reception")]
    yield Figure("", len(peers), len(initiatives))
    yield Figure("peer", sum(seen.is_read(one, "peer_reception", "ja") for one in answered), len(answered))
