"""How much work looking for best alignments may take: counted in steps, which are the same on every machine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

STEPS = 100_000_000
"""Steps that there are for a figure: about a minute, as one is about half a microsecond on the machines of today."""

ITERATION = 60
"""Steps of an iteration of the linear program, besides those for what is in it."""

ENTRIES = 1_000
"""Entries of its matrix that cost an iteration one step."""

NODE = 20
"""Steps for each entry of the matrix that one node of the integer program costs."""


class TooMuchWorkError(Exception):
    """The answer takes more steps than there are."""


@final
@dataclass(slots=True)
class Work:
    """Steps that were taken, of the most that may be.

    Examples
    --------
    >>> work = Work(10)
    >>> work.take(4)
    >>> work.times(3)
    2
    """

    most: float = math.inf
    done: int = 0

    def take(self, steps: int) -> None:
        """Count steps.

        Raises
        ------
        TooMuchWorkError
            There are not so many left.
        """
        self.done += steps
        if self.done > self.most:
            raise TooMuchWorkError

    def times(self, steps: int) -> int | None:
        """Return how often so many steps can still be taken, at least once; None for without limit.

        Raises
        ------
        TooMuchWorkError
            Not once.
        """
        if math.isinf(self.most):
            return None
        left = int((self.most - self.done) // max(steps, 1))
        if left < 1:
            raise TooMuchWorkError
        return left
