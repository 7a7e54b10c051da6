"""How much an event costs in the audit log, beside a plain append, and how fast the log is read.

Usage::

    python benchmarks/audit.py [--events N] [--lines N] [--repetitions N] [--json]

What is compared is interleaved in the same run, in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from plugins.audit.line import START, parse, seal
from plugins.audit.log import Log, now
from plugins.audit.verifying import verify
from vib.access_event import AccessEvent
from vib.settings import ROOT

PROCESSES = 4
EVENT = AccessEvent(
    who="anna@praktijk.example",
    role="counsellor",
    what="GET api/tasks/<int:pk>/",
    allowed=True,
    families=("F-0001",),
    which="task 12",
    where="192.0.2.10",
)
WRITER = """
import sys
from pathlib import Path
from benchmarks.audit import EVENT
from plugins.audit.log import Log

log = Log(Path(sys.argv[1]))
print(flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    log.append(EVENT)
"""


def each(call: Callable[[], object], count: int) -> list[float]:
    """Return the microseconds of each call, in order of size."""
    found = []
    for _ in range(count):
        before = time.perf_counter()
        call()
        found.append((time.perf_counter() - before) * 1e6)
    return sorted(found)


def appending(folder: Path, events: int, repetitions: int) -> dict[str, dict[str, float]]:
    """Measure an event, a plain append of a line of the same length, and other ways to keep a head."""
    log = Log(folder)
    log.append(EVENT)
    raw, _ = seal(START, now(), EVENT)
    text = raw.decode("ascii")
    head = folder / "head"
    head.write_bytes(b"0" * 86)
    taken: dict[str, list[list[float]]] = {}
    with (folder / "plain").open("a", encoding="ascii") as plain:

        def append() -> None:
            plain.write(text)
            plain.flush()

        def synced() -> None:
            append()
            os.fdatasync(plain.fileno())

        def in_place() -> None:
            handle = os.open(head, os.O_WRONLY)
            os.pwrite(handle, b"0" * 86, 0)
            os.close(handle)

        def renamed() -> None:
            part = folder / "head.part"
            part.write_bytes(b"0" * 86)
            part.replace(head)

        calls = {
            "plain append and flush": (append, events),
            "an event in the audit log": (lambda: log.append(EVENT), events),
            "head written in place": (in_place, events),
            "head renamed over the old one": (renamed, events // 10),
            "plain append, to the disk (fdatasync)": (synced, events // 10),
        }
        for _ in range(repetitions):
            for name, (call, count) in calls.items():
                taken.setdefault(name, []).append(each(call, max(count, 10)))
    return {
        name: {
            "median": statistics.median(run[len(run) // 2] for run in runs),
            "least": min(run[len(run) // 2] for run in runs),
            "most": max(run[len(run) // 2] for run in runs),
            "99th": statistics.median(run[len(run) * 99 // 100] for run in runs),
        }
        for name, runs in taken.items()
    }


def at_once(folder: Path, events: int) -> float:
    """Return the events a second of some processes that all write to one log."""
    command = [sys.executable, "-c", WRITER, str(folder), str(events)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    writers = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(PROCESSES)]  # type: ignore[call-overload]
    for writer in writers:
        writer.stdout.readline()
    before = time.perf_counter()
    for writer in writers:
        writer.communicate(b"\n")
    taken = time.perf_counter() - before
    verdict = verify(Log(folder))
    if verdict.findings or verdict.last.number != PROCESSES * events:
        raise RuntimeError(f"the log of {PROCESSES} processes is not whole: {verdict}")
    return PROCESSES * events / taken


def reading(folder: Path, lines: int) -> dict[str, float]:
    """Return how many lines a second are verified, and the seconds until the latest twenty are there."""
    log = Log(folder)
    log.folder.mkdir()
    at, when = START, now()
    with log.file.open("wb") as file:
        for _ in range(lines):
            raw, at = seal(at, when, EVENT)
            file.write(raw)
    log.head_file.write_bytes(b"%020d %s\n" % (at.number, at.hash.encode("ascii")))
    before, processor = time.perf_counter(), time.process_time()
    if verify(log).findings:
        raise RuntimeError("the log that was made is not whole")
    verified, worked = time.perf_counter() - before, time.process_time() - processor
    before = time.perf_counter()
    shown = [parse(raw) for raw in islice(log.newest_first(log.snapshot().size), 20)]
    latest = time.perf_counter() - before
    if len(shown) != min(20, lines):
        raise RuntimeError("not all of the latest lines were found")
    size = log.file.stat().st_size
    return {
        "lines/s verified": lines / verified,
        "lines verified in a second of processor time": lines / worked,
        "seconds to the latest 20": latest,
        "bytes a line": size / lines,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--lines", type=int, default=500_000)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / part for part in ("one", "many", "read")]
        for folder in folders:
            folder.mkdir()
        rows = appending(folders[0], given.events, given.repetitions)
        rate = at_once(folders[1], given.events)
        read = reading(folders[2], given.lines)
    ratio = rows["an event in the audit log"]["median"] / rows["plain append and flush"]["median"]
    if given.json:
        print(json.dumps({"microseconds": rows, "ratio": ratio, "events/s at once": rate, **read}))
        return
    for what, spread in rows.items():
        print(
            f"{what:40} {spread['median']:8.1f} us ({spread['least']:.1f} to {spread['most']:.1f}),"
            f" 99th {spread['99th']:.1f}"
        )
    print(f"an event against a plain append: {ratio:.1f} times")
    print(f"{PROCESSES} processes at once: {rate:,.0f} events/s")
    for what, figure in read.items():
        print(f"{what}: {figure:,.4g}" if figure < 1 else f"{what}: {figure:,.0f}")


if __name__ == "__main__":
    main()
