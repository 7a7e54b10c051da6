"""Calculated from where people look and how: shared attention, looking at each other, attentive turns.

These read codes of what can be seen (gaze, face, tone); which those are the codebook says in ``of``.
"""

from __future__ import annotations

from collections.abc import Iterator

from vib.derived.seen import Seen, Span, grouped, joined, length, shared, without
from vib.observation import ROUNDING, Observation
from vib.windows import at_most, is_near


def mutual_gaze(seen: Seen, *, min_s: float = 0.0) -> Iterator[Span]:
    """Yield where adult and child look at each other: ``adult_at_child`` and ``child_at_adult`` overlap. Own design.

    Parameters
    ----------
    min_s : float
        Shortest that counts, in seconds.
    """
    for span in joined(shared(seen.having("adult_at_child"), seen.having("child_at_adult"))):
        if at_most(min_s, span.end - span.start):
            yield span


def joint_attention(seen: Seen, *, min_s: float = 1.0, look_within_s: float = 3.0) -> Iterator[Span]:
    """Yield where adult and child look at the same thing, and one of them looks at the other meanwhile or right after.

    ``adult_at_object`` and ``child_at_object`` overlap for at least `min_s`; an ``adult_at_child`` or
    ``child_at_adult`` overlaps that, or begins at most `look_within_s` after it. There is no agreed definition; also
    short bouts count for learning words (Yu & Smith 2013, doi:10.1371/journal.pone.0079659). Own design.

    Parameters
    ----------
    min_s : float
        Shortest time of looking together, in seconds.
    look_within_s : float
        Longest time from there to the look at the other, in seconds.
    """
    looks = (*seen.having("adult_at_child"), *seen.having("child_at_adult"))
    for span in joined(shared(seen.having("adult_at_object"), seen.having("child_at_object"))):
        together = Observation("", "", span.start, span.end)
        if at_most(min_s, span.end - span.start) and any(
            is_near(together, look, after_s=look_within_s) for look in looks
        ):
            yield span


def checking_back(seen: Seen, *, max_s: float = 3.0, max_gap_s: float = 1.0) -> Iterator[Span]:
    """Yield where a child, busy with a thing, looks up at an adult for a moment and goes on.

    A ``child_at_adult`` of at most `max_s` that begins at most `max_gap_s` after a ``child_at_object`` ends, and at
    most `max_gap_s` before the next one begins. Own design, after social referencing (Feinman 1982).

    Parameters
    ----------
    max_s : float
        Longest look, in seconds.
    max_gap_s : float
        Longest time without a code between looks, in seconds.
    """
    things = seen.having("child_at_object")
    for look in seen.having("child_at_adult"):
        before = [one for one in things if one.start < look.start and at_most(look.start - one.end, max_gap_s)]
        after = [one for one in things if one.start > look.start and at_most(one.start - look.end, max_gap_s)]
        if at_most(look.duration, max_s) and before and after:
            yield Span(look.start, look.end)


def attentive(seen: Seen, *, min_signs: float = 2.0, min_share: float = 0.5) -> Iterator[Span]:
    """Yield adults' turns with enough signs of attention and none against it.

    Of the kinds of ``signs`` (an exclusive group is one kind) at least `min_signs` fill at least `min_share` of the
    part of the turn that can be seen (that is not ``unseen``); nothing of ``against`` overlaps the turn, and no
    ``turned_away`` overlaps a ``looking_away`` in it. A turn that cannot be seen at all is none. Own design.

    Parameters
    ----------
    min_signs : float
        Fewest kinds of signs.
    min_share : float
        Smallest share of the time that can be seen, from 0 to 1.
    """
    kinds = grouped(
        seen.having("signs"), lambda one: tuple(seen.excluding.get(code, code) for code in seen.given(one, "signs"))
    )
    unseen = [Span(one.start, one.end) for one in seen.having("unseen")]
    away = list(shared(seen.having("turned_away"), seen.having("looking_away")))
    against = [Span(one.start, one.end) for one in seen.having("against")]
    for turn in seen.turns_of("volwassene"):
        visible = without(Span(turn.start, turn.end), unseen)
        seconds = length(visible)
        if seconds <= ROUNDING or _meets(visible, against) or _meets(visible, away):
            continue
        signs = sum(
            at_most(min_share * seconds, _within(visible, [Span(one.start, one.end) for one in own]))
            for own in kinds.values()
        )
        if signs >= min_signs:
            yield Span(turn.start, turn.end)


def _within(parts: list[Span], others: list[Span]) -> float:
    """Return how many seconds of parts are covered by others."""
    return length(parts) - sum(length(without(part, others)) for part in parts)


def _meets(parts: list[Span], others: list[Span]) -> bool:
    return any(
        part.start <= other.start < part.end or other.start < part.start < other.end
        for part in parts
        for other in others
    )
