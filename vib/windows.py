"""Whether observations overlap, and whether one lies within some seconds of another: where windows end.

An onset belongs to a stretch and its offset does not: what begins where another ends does not overlap it. The
ends of a window of some seconds belong to it: three seconds are within three seconds. Times that differ by half a
millisecond (`vib.observation.ROUNDING`) or less are the same.
"""

from __future__ import annotations

from vib.observation import ROUNDING, Observation


def at_most(seconds: float, limit: float) -> bool:
    """Tell whether something lasts no longer than a limit, to half a millisecond.

    Examples
    --------
    >>> at_most(3.0004, 3), at_most(3.001, 3)
    (True, False)
    """
    return seconds <= limit + ROUNDING


def overlap(one: Observation, other: Observation) -> bool:
    """Tell whether two observations share a moment.

    Examples
    --------
    >>> first, next = Observation("turn", "kind", 1, 2), Observation("turn", "kind", 2, 3)
    >>> overlap(first, next), overlap(first, Observation("look", "at", 1, 1)), overlap(first, first)
    (False, True, True)
    """
    first, last = (one, other) if one.start <= other.start else (other, one)
    return last.start - first.start <= ROUNDING or first.end - last.start > ROUNDING


def is_near(one: Observation, other: Observation, *, before_s: float = 0.0, after_s: float = 0.0) -> bool:
    """Tell whether `other` overlaps `one`, ends shortly before it or begins shortly after it.

    Parameters
    ----------
    one, other : Observation
    before_s : float
        Seconds that may lie between the offset of `other` and the onset of `one`; with 0 it must overlap.
    after_s : float
        Seconds that may lie between the offset of `one` and the onset of `other`; with 0 it must overlap.

    Examples
    --------
    >>> child, adult = Observation("turn", "kind", 1, 2), Observation("turn", "volwassene", 5, 6)
    >>> is_near(child, adult, after_s=3), is_near(child, adult, after_s=2.999), is_near(adult, child, before_s=3)
    (True, False, True)
    """
    if overlap(one, other):
        return True
    after, before = other.start - one.end, one.start - other.end
    return (after_s > 0 and -ROUNDING <= after <= after_s + ROUNDING) or (
        before_s > 0 and -ROUNDING <= before <= before_s + ROUNDING
    )
