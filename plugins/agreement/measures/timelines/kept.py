"""What was made of an object, kept for as long as the object is there."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TypeVar

Source = TypeVar("Source")
Made = TypeVar("Made")


def kept(make: Callable[[Source], Made]) -> Callable[[Source], Made]:
    """Make something of an object once; it is told apart by identity, and forgotten with it.

    Hashing ten thousand observations would cost what this saves, and a cache that holds on to what
    it was asked about would keep codes in memory that nobody looks at any more.
    """
    made: dict[int, tuple[weakref.ref[Source], Made]] = {}

    def answer(source: Source) -> Made:
        place = id(source)
        found = made.get(place)
        if found is not None and found[0]() is source:
            return found[1]
        new = make(source)
        made[place] = weakref.ref(source, lambda _: made.pop(place, None)), new
        return new

    return answer
