"""Reports of many sizes, each in a process of its own: how long they take, and how much memory.

`agreement.py` runs these; by itself this is the child, which does what it is given as JSON and says how long each step
took.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from reporting import Row, Spread

from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import observations_content
from vib.settings import ROOT

CODES = ("kind", "volwassene", "onbekend")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
CLIP = 9_000.0
"""Seconds: longer than any of these clips, as annotations are read with the length of theirs."""

Shown = Literal["", "html", "pdf", "page", "read"]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Size:
    """A report that is measured, and what it may take.

    Parameters
    ----------
    draws : int
        Of clips, for intervals.
    shown : {"", "html", "pdf", "page", "read"}
        What is made of it: nothing, the file, the PDF, the page (without intervals, then once more), or no report at
        all but what annotations say, read from regions, from files and from memory.
    steps : tuple[str, ...]
        Which steps the goal is for; none for all but the reading of the file.
    seconds, mebibytes : float or None
        The goal; None for none.
    """

    name: str
    raters: int
    clips: int
    events: int
    draws: int = 2_000
    shown: Shown = ""
    steps: tuple[str, ...] = ()
    seconds: float | None = None
    mebibytes: float | None = None


SIZES = (
    Size("figures", 20, 20, 300, seconds=12, mebibytes=300),
    Size("figures", 30, 100, 200, seconds=60, mebibytes=800),
    Size("one clip of more than 2 h as a file", 10, 1, 3_000, shown="html", seconds=5),
    Size("page without intervals, then again", 30, 20, 300, draws=0, shown="page", steps=("again",), seconds=1),
    Size("PDF of what there is", 30, 20, 300, shown="pdf", steps=("pdf",), seconds=60, mebibytes=500),
    Size("what annotations say, read again", 30, 20, 300, shown="read", steps=("from memory",), seconds=1),
)


def coded(raters: int, clips: int, events: int, seed: int = 1) -> Iterator[RaterSet]:
    """Yield clips as raters who agree in part would code them: turns with an attribute, and a rating."""
    chance = random.Random(seed)  # noqa: S311
    names = [f"r{number:02d}" for number in range(raters)]
    for clip in range(clips):
        truth, now = [], 0.0
        for _ in range(events):
            start, lasting = now + chance.uniform(0.2, 1), chance.uniform(0.5, 4)
            now = start + lasting
            truth.append((chance.choice(CODES), start, now))
        end = now + 5
        timelines = {name: Timeline(end, _seen(chance, truth, end)) for name in names}
        ratings = {name: {"sensitiviteit": float(chance.randint(3, 8))} for name in names}
        yield RaterSet(f"F-{clip:04d}/clip", end, timelines, ratings)


def _seen(chance: random.Random, truth: Sequence[tuple[str, float, float]], end: float) -> Iterator[Observation]:
    """Yield what one rater sees: a tenth missed, boundaries off by some tenths of a second, some other codes."""
    last = 0.0
    for code, start, stop in truth:
        if chance.random() < 0.1:
            continue
        onset = max(last, start + chance.gauss(0, 0.15))
        last = max(onset + 0.05, stop + chance.gauss(0, 0.15))
        said = code if chance.random() < 0.85 else chance.choice(CODES)
        described = (
            {"initiative": chance.choice(["I1", "I2"])}
            if said == "kind"
            else {"reception": chance.choice(["R1", "R2", "R3"])}
        )
        yield Observation("turn", said, min(onset, end), min(last, end), described)


def written(folder: Path, raters: int, clips: int, events: int) -> Path:
    """Write an observations file of such clips, once."""
    file = folder / f"{raters}-{clips}-{events}.json"
    if not file.exists():
        file.write_text(json.dumps(observations_content(coded(raters, clips, events))), encoding="utf-8")
    return file


def run(file: Path, size: Size, threads: dict[str, str]) -> dict[str, Any]:
    """Measure a size in a process of its own, whose memory is read there: `ru_maxrss` would count ours too."""
    environment = {name: value for name, value in os.environ.items() if name not in ONE_THREAD} | threads
    command = [sys.executable, __file__, json.dumps(asdict(size)), str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-500:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(folder: Path, sizes: Iterable[Size], repetitions: int) -> Iterator[Row]:
    """Yield what each size takes, with as many threads for matrices as there are cores."""
    for size in sizes:
        file = written(folder, size.raters, size.clips, size.events)
        yield _row(size, [run(file, size, {}) for _ in range(repetitions)])


def _row(size: Size, runs: Sequence[dict[str, Any]]) -> Row:
    steps = runs[0]["steps"]
    seconds = {
        f"{step}, {what}": Spread.of([one["steps"][step][clock] for one in runs])
        for step in steps
        for clock, what in enumerate(("wall", "processor"))
    }
    figures = {"MiB at most": max(one["MiB"] for one in runs), "figures": float(runs[0]["figures"])}
    counted = size.steps or tuple(step for step in steps if step != "file read")
    taken = sum(seconds[f"{step}, wall"].median for step in counted)
    within = (
        size.seconds is None or taken < size.seconds,
        size.mebibytes is None or figures["MiB at most"] < size.mebibytes,
    )
    goal = " and ".join(
        [
            *([f"{' + '.join(counted)} < {size.seconds:g} s"] if size.seconds is not None else []),
            *([f"< {size.mebibytes:g} MiB"] if size.mebibytes is not None else []),
        ]
    )
    name = f"{size.name}: {size.raters} raters x {size.clips} clips x {size.events} events, {size.draws:,} draws"
    return Row("report", name, seconds, goal=goal, met=all(within) if goal else None, figures=figures)


# In the child


class Clock:
    """Says how long each step took."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[float, float]] = {}

    def time(self, step: str, work: Callable[[], Answer]) -> Answer:
        """Do a step, and keep how long it took: by the wall, and of the processor."""
        wall, processor = time.perf_counter(), time.process_time()
        answer = work()
        self.steps[step] = time.perf_counter() - wall, time.process_time() - processor
        return answer


def _child(size: Size, file: Path) -> dict[str, Any]:
    from vib.observations_file import read_observations

    clock = Clock()
    clips = clock.time("file read", lambda: read_observations(file))
    figures = _read(clock, clips) if size.shown == "read" else _report(clock, clips, size)
    peak = next(line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return {"steps": clock.steps, "figures": figures, "MiB": int(peak.split()[1]) / 1024}


def _report(clock: Clock, clips: Sequence[RaterSet], size: Size) -> int:
    from plugins.agreement.comparing.choosing import Choice
    from plugins.agreement.comparing.report import compare
    from plugins.agreement.measures.catalogue import STATISTICS

    report = clock.time("compared", lambda: compare(clips, STATISTICS, Choice(bootstrap=size.draws)))
    if size.shown:
        from plugins.agreement.view import html, pdf
        from plugins.agreement.view.building import view_of

        if size.shown == "page":
            for step in ("shown", "again"):
                clock.time(
                    step, lambda: html.fragment(view_of(report, {}, with_clips=False), "nl", links=html.NoLinks())
                )
        else:
            view = clock.time("view", lambda: view_of(report, {}))
            clock.time(size.shown, lambda: html.page(view, "nl") if size.shown == "html" else pdf.to_pdf(view, "nl"))
    return len(report.results)


def _read(clock: Clock, clips: Sequence[RaterSet]) -> int:
    from plugins.agreement.pages.read_once import Asked, ReadOnce

    regions: dict[int, str] = {}
    asked: list[Asked] = []
    for task, clip in enumerate(clips):
        for rater in clip.raters:
            asked.append(Asked(task, len(asked), "now", CLIP))
            regions[len(regions)] = json.dumps(list(_regions(clip.timelines[rater])))

    def fetch(numbers: Sequence[int]) -> Iterator[tuple[int, str, Any]]:
        for number in numbers:
            yield number, "now", json.loads(regions[number])

    with tempfile.TemporaryDirectory(prefix="vib-bench-") as name:
        folder = Path(name)
        clock.time("from regions, files written", lambda: ReadOnce(folder).read(asked, fetch))
        another = ReadOnce(folder)
        clock.time("from files", lambda: another.read(asked, fetch))
        clock.time("from memory", lambda: another.read(asked, fetch))
    return len(asked)


def _regions(seen: Timeline) -> Iterator[dict[str, Any]]:
    """Yield observations as Label Studio keeps them."""
    for number, o in enumerate(seen):
        times = {"start": o.start, "end": o.end, "channel": 0}
        common = {"id": f"r{number}", "to_name": "audio", "original_length": CLIP}
        yield {**common, "from_name": o.tier, "type": "labels", "value": {**times, "labels": [o.code]}}
        for name, value in o.attributes.items():
            yield {**common, "from_name": name, "type": "choices", "value": {**times, "choices": [value]}}


if __name__ == "__main__":
    print(json.dumps(_child(Size(**json.loads(sys.argv[1])), Path(sys.argv[2]))))
