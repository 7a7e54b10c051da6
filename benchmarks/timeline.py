"""How the time of a timeline grows with the number of its observations.

Usage::

    python benchmarks/timeline.py [COUNT ...]

Prints one JSON line a count: seconds for making a timeline, for 10,000 moments with short
turns only and with one turn that lasts the whole clip, and for the way through Label Studio's
JSON and through an observations file and back; with each the ratio to the count before.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

from vib.interface import results_of, timeline_of
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import observations_content, parse_observations

COUNTS = (1_000, 10_000, 100_000)
MOMENTS = 10_000
BOOK = read_method("vib-pleegzorg")


def observations(count: int) -> list[Observation]:
    """Return turns of child and adult that overlap a little, half of them described."""
    return [
        Observation(
            "turn",
            ("kind", "volwassene")[n % 2],
            2.0 * n,
            2.0 * n + 2.5,
            {"elements": ("BC.1.NAME",)} if n % 2 else {"reception": "BC.REC.V", "effect": "BC.EFF.CONTINUE"},
        )
        for n in range(count)
    ]


def measure(count: int) -> dict[str, float]:
    """Return the seconds of every step for a timeline of `count` observations."""
    rows = observations(count)
    extent = 2.0 * count + 1
    seen = Timeline(extent, rows)
    long = Timeline(extent, [*rows, Observation("turn", "onbekend", 0.0, extent)])
    return {
        "construct": seconds(lambda: Timeline(extent, reversed(rows))),
        "at": seconds(lambda: at_moments(seen)),
        "at_long": seconds(lambda: at_moments(long)),
        "label_studio": seconds(lambda: through_label_studio(seen)),
        "file": seconds(lambda: through_file(seen)),
    }


def at_moments(seen: Timeline) -> None:
    """Ask what goes on at moments spread over the clip."""
    for n in range(MOMENTS):
        seen.at(seen.duration * n / MOMENTS)


def through_label_studio(seen: Timeline) -> None:
    """Write as Label Studio does, and read it back."""
    assert timeline_of(json.loads(json.dumps(results_of(seen, BOOK))), seen.duration) == seen


def through_file(seen: Timeline) -> None:
    """Write as an observations file, and read it back."""
    content = json.dumps(observations_content([RaterSet("c", seen.duration, {"a": seen})]))
    assert parse_observations(json.loads(content), place="")[0].timelines["a"] == seen


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def main(counts: Sequence[int]) -> None:
    """Measure every count and print it with the ratio to the one before."""
    before: dict[str, float] = {}
    for count in counts:
        took = measure(count)
        ratios = {name: round(took[name] / before[name], 1) for name in before}
        shown = {name: round(value, 4) for name, value in took.items()}
        print(json.dumps({"observations": count, "seconds": shown, "ratios": ratios}), flush=True)
        before = took


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or COUNTS)
