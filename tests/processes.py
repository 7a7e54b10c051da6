"""Which processes run, and whether they are gone."""

from __future__ import annotations

from pathlib import Path

from tests.waiting import PATIENCE, until


def alive(number: int) -> bool:
    """Tell whether a process runs; one that ended and was not waited for does not."""
    try:
        said = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] not in "ZX"


def children(number: int) -> list[int]:
    """Return the processes that a process started, from whichever thread, and that still run."""
    found: list[int] = []
    for file in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            found += map(int, file.read_text().split())
        except OSError:
            continue
    return [child for child in found if alive(child)]


def descendants(number: int) -> list[int]:
    """Return all processes that a process started, and that those started."""
    below = children(number)
    return below + [further for child in below for further in descendants(child)]


def left_of(numbers: list[int], seconds: float = PATIENCE) -> list[int]:
    """Wait until none of these processes runs; return those that go on all the same."""
    try:
        until(lambda: not any(map(alive, numbers)), seconds)
    except AssertionError:
        return [number for number in numbers if alive(number)]
    return []
