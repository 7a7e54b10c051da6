"""Calculations that are kept for a while, and go on by themselves when they take long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock, Semaphore, Thread
from typing import Generic, TypeVar, final

from plugins.agreement.comparing.report import Progress

KEPT = 24
"""Results that are kept in a server process, the last asked for."""

MOST = 512 * 2**20
"""Bytes, about, that the results together may take: what was asked longest ago goes first."""

AT_ONCE = 2
"""Calculations that run at the same time in a server process."""

PATIENCE = 4.0
"""Seconds to wait before a page says how far it is instead."""

T = TypeVar("T")


@final
@dataclass(slots=True)
class Calculation(Generic[T]):
    """One calculation, and how far it is.

    Parameters
    ----------
    done, total : int
        Figures that have been made, and how many there are; 0 while that is not known.
    size : int
        Bytes that the result takes, about; 0 until it is there.
    """

    done: int = 0
    total: int = 0
    result: T | None = None
    size: int = 0
    error: BaseException | None = None
    finished: Event = field(default_factory=Event)

    def wait(self, seconds: float) -> T | None:
        """Return the result, or None when it is not there in time.

        Raises
        ------
        Exception
            What the calculation raised.
        """
        if not self.finished.wait(seconds):
            return None
        if self.error is not None:
            raise self.error
        return self.result

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.total if self.total else 0


@final
class Calculations(Generic[T]):
    """Starts each calculation once and keeps the last results, each by a key that says all that it rests on.

    Parameters
    ----------
    size : Callable
        Returns how many bytes a result takes, about.
    kept : int
        How many results are kept at most; the last is, whatever it takes.
    at_once : int
        How many calculations run at the same time.
    most : int
        Bytes that the results that are kept may take together.
    """

    def __init__(self, size: Callable[[T], int], kept: int = KEPT, at_once: int = AT_ONCE, most: int = MOST) -> None:
        self._calculations: OrderedDict[Hashable, Calculation[T]] = OrderedDict()
        self._size, self._kept, self._most = size, kept, most
        self._lock = Lock()
        self._turn = Semaphore(at_once)

    def ask(self, key: Hashable, work: Callable[[Progress], T]) -> Calculation[T]:
        """Return the calculation with this key, started if it was not there yet."""
        with self._lock:
            calculation = self._calculations.get(key)
            if calculation is None:
                calculation = self._calculations[key] = Calculation()
                Thread(target=self._run, args=(calculation, work), daemon=True).start()
            self._calculations.move_to_end(key)
            self._let_go(key)
        return calculation

    def listed(self) -> list[tuple[Hashable, Calculation[T]]]:
        """Return what is kept or goes on, with its keys."""
        with self._lock:
            return list(self._calculations.items())

    def _let_go(self, key: Hashable) -> None:
        """Let go what was asked longest ago, but for one, while there is too much of it."""
        finished = [old for old, its in self._calculations.items() if its.finished.is_set()]
        taken = sum(self._calculations[old].size for old in finished)
        for old in finished:
            if len(self._calculations) <= self._kept and taken <= self._most:
                break
            if old != key:
                taken -= self._calculations.pop(old).size

    def _run(self, calculation: Calculation[T], work: Callable[[Progress], T]) -> None:
        def progress(done: int, total: int) -> None:
            calculation.done, calculation.total = done, total

        try:
            with self._turn:
                calculation.result = work(progress)
                calculation.size = self._size(calculation.result)
        except BaseException as error:
            # Kept like a result: asking the same again would fail the same way.
            calculation.error = error
        finally:
            calculation.finished.set()
            with self._lock:
                self._let_go(next(reversed(self._calculations), None))
