"""Of what repeats itself the first are told, and the rest is counted: a flood fills no disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import final


@final
class Counted:
    """Lets so many of a kind through in a while.

    Parameters
    ----------
    most : int
        How many of a kind are let through in a while.
    seconds : float
        How long a while is.
    most_kinds : int
        Kinds that are remembered, the oldest forgotten.

    Examples
    --------
    >>> moments = iter([0, 1, 2, 3, 70])
    >>> told = Counted(2, 60, clock=lambda: next(moments))
    >>> [told.take("refused") for _ in range(5)]
    [0, 0, None, None, 2]
    """

    def __init__(
        self, most: int, seconds: float, most_kinds: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._most_kinds, self._clock = most, seconds, most_kinds, clock
        self._kinds: dict[Hashable, tuple[float, int, int]] = {}
        self._lock = threading.Lock()

    def take(self, kind: Hashable) -> int | None:
        """Return None for one that is only counted; else how many were counted since the last while."""
        now = self._clock()
        with self._lock:
            since, told, counted = self._kinds.get(kind, (now, 0, 0))
            if now - since >= self._seconds:
                since, told = now, 0
            through = told < self._most
            self._kinds[kind] = (since, told + 1, 0) if through else (since, told, counted + 1)
            while len(self._kinds) > self._most_kinds:
                del self._kinds[next(iter(self._kinds))]
            return counted if through else None
