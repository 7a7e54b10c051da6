"""How fast clips are registered, synced again, and converted.

Usage::

    python benchmarks/sync.py [--part register|resync|normalise|all] [--data DIR]
                              [--clips N] [--seconds S] [--repetitions N] [--json]

Without ``--data`` a server is started on free ports with a temporary data folder, and stopped
at the end. With it, the server that `scripts/up` runs on that folder is used: projects are made
there and removed at the end; its library and its media are not touched. Recordings, library and
clips are in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import pstats
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from label_studio_sdk.client import LabelStudio
from rich.console import Console
from rich.table import Table

from scripts import children
from scripts.library import Entry, Library, content_hash
from scripts.normalise import conforms, normalise
from scripts.registering import Project, Projects, task_data
from scripts.server import connect
from vib.family import ClipEntry, Family, clip_name, read_family
from vib.media import probe
from vib.methods import read_method
from vib.project_key import ProjectKey
from vib.settings import LAST_STARTED, ROOT, Settings

PARTS = ("register", "resync", "normalise")
REGISTERED = 1_000
ONE_BY_ONE = 100
"""Tasks made with a call each; their time is scaled to the number of clips."""

SYNCED = 10_000
PER_FAMILY = 500
PER_SMALL_FAMILY = 5
METHOD = "vib-pleegzorg"

FAMILY = """family: {family}
method: {method}
language: nl
members:
  - {{id: kind, role: kind, born: 2022-05}}
consent: {{given: 2026-02-20, until: 2099-02-20, uses: [begeleiding]}}
"""

STEPS = {
    ("media.py", "run_ffprobe"): "ffprobe",
    ("normalise.py", "_run"): "ffmpeg (remux and sound file)",
    ("~", "<built-in method posix.fsync>"): "bringing files to disk (fsync)",
    ("library.py", "put"): "library",
    ("registering.py", "register"): "registering",
}
"""Functions whose time in a whole sync is told apart; none of them calls another."""


Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Spread:
    """Least, middle and greatest of some measurements."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of measurements."""
        return cls(min(values), statistics.median(values), max(values))


@dataclass(frozen=True)
class Row:
    """One line of the report.

    Parameters
    ----------
    ratio : Spread or None
        Of the times of the same run, when there are two things to compare.
    met : bool or None
        Whether the median reaches the goal; None when there is no goal.
    seconds : dict of str to Spread
        Wall time by what took it.
    figures : dict of str to float
        What else was counted.
    """

    part: str
    name: str
    seconds: dict[str, Spread]
    ratio: Spread | None = None
    goal: str = ""
    met: bool | None = None
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Bench:
    """Where to measure: a temporary folder that is a data folder of its own beside the server's."""

    client: LabelStudio
    settings: Settings
    library: Library
    folder: Path
    base: Path
    repetitions: int

    def sync(self, families: Path, *, profile: Path | None = None) -> dict[str, Any]:
        """Run the real command and return what it says; `profile` is a file for cProfile."""
        module = [] if profile is None else ["-m", "cProfile", "-o", str(profile)]
        command = [sys.executable, *module, "-m", "scripts.cli", "sync", str(families), "--no-segment", "--json"]
        run = subprocess.run(
            [*command, "--data", str(self.settings.data)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if run.returncode != 0:
            raise RuntimeError(f"vib sync ended with {run.returncode}: {run.stderr[-500:]}")
        content: dict[str, Any] = json.loads(run.stdout.splitlines()[0])
        return content


@dataclass(frozen=True)
class Used:
    """What a call took: wall time, and the processor time of it and the programs it ran."""

    wall: float
    processor: float

    @property
    def cores(self) -> float:
        """How many cores were busy."""
        return self.processor / self.wall


def used(call: Callable[[], Answer]) -> tuple[Used, Answer]:
    """Run a call and return what it took and what it returned."""
    processor, before = _processor(), time.perf_counter()
    answer = call()
    wall = time.perf_counter() - before
    return Used(wall, _processor() - processor), answer


def _processor() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


# Registering


def register(bench: Bench, clips: int) -> list[Row]:
    """Compare registering in bulk with one call a task, and measure a whole sync from scratch."""
    single = min(ONE_BY_ONE, clips)
    projects = Projects(bench.client, bench.library)
    made: list[list[Entry]] = []
    for number in range(2 * (bench.repetitions + 1)):
        made.append(_entries(f"R-{number:04d}", clips if number % 2 == 0 else single))
        for entry in made[-1]:
            bench.library.put(entry)
    bulk, one = [], []
    for first in range(0, len(made), 2):
        project, other = (_project(entries[0].family) for entries in made[first : first + 2])
        number, other_number = projects.ensure(project), projects.ensure(other)
        took, _ = used(partial(projects.register, project, number, made[first], {}))
        alone, _ = used(partial(_one_by_one, bench.client, other_number, made[first + 1]))
        if first > 0:  # the first pair warms the server up
            bulk.append(took.wall)
            one.append(alone.wall * clips / single)
    ratio = Spread.of([slow / fast for fast, slow in zip(bulk, one, strict=True)])
    seconds = {f"bulk, {clips} clips": Spread.of(bulk), f"one by one, {single} scaled to {clips}": Spread.of(one)}
    rate = {"bulk clips/s": clips / statistics.median(bulk), "one by one clips/s": clips / statistics.median(one)}
    compared = Row("register", "bulk against one call a task", seconds, ratio, ">= 10", ratio.median >= 10, rate)
    return [compared, _from_scratch(bench, clips)]


def _one_by_one(client: LabelStudio, number: int, entries: Sequence[Entry]) -> None:
    for entry in entries:
        client.tasks.create(project=number, data=task_data(entry, ""))


def _from_scratch(bench: Bench, clips: int) -> Row:
    """Measure one sync of recordings that were never seen, and where its time goes."""
    folder = _family_folder(bench.folder / "scratch", "N-0001", bench.base, range(clips))
    profile = bench.folder / "profile"
    took, said = used(lambda: bench.sync(folder, profile=profile))
    [project] = said["projects"]
    if len(project["added"]) != clips or project["encoded"] != 0:
        raise RuntimeError(f"{len(project['added'])} added, {project['encoded']} encoded instead of {clips} and 0")
    spent = _spent(profile)
    seconds = {"whole": Spread.of([took.wall]), **{step: Spread.of([value]) for step, value in spent.items()}}
    seconds["all else (Python, its imports)"] = Spread.of([took.wall - sum(spent.values())])
    figures = {"clips/s": clips / took.wall, "cores busy": took.cores}
    return Row("register", f"whole vib sync of {clips} new clips that conform", seconds, figures=figures)


def _spent(profile: Path) -> dict[str, float]:
    """Return the seconds within each of `STEPS`, what it calls included."""
    rows: dict[tuple[str, int, str], Any] = pstats.Stats(str(profile)).stats  # type: ignore[attr-defined]
    spent = dict.fromkeys(STEPS.values(), 0.0)
    for (file, _, function), (_, _, _, cumulative, _) in rows.items():
        path = Path(file)
        if (path.name, function) in STEPS and path.parent in (Path(), ROOT / "scripts", ROOT / "vib"):
            spent[STEPS[path.name, function]] += cumulative
    return spent


# Syncing again


def resync(bench: Bench, clips: int) -> list[Row]:
    """Measure the real command on clips that are all registered, unchanged, touched, and with one more."""
    few = max(1, clips // 10)
    large = _synced_families(bench, "L", clips, PER_FAMILY)
    small = _synced_families(bench, "S", few, PER_SMALL_FAMILY)
    one = _synced_families(bench, "O", clips, clips, listed=True)
    more = iter(range(clips, 2 * clips))
    several = f"families of {PER_FAMILY}"
    return [
        _again(bench, large, f"{clips} unchanged clips, {several}", goal=10),
        _again(bench, one, f"{clips} unchanged clips, one family with a list", goal=10),
        _again(bench, small, f"{few} unchanged clips, families of {PER_SMALL_FAMILY}", goal=10),
        _again(bench, large, f"{clips} touched clips, {several}", lambda: _touch(large)),
        _again(
            bench,
            large,
            f"one new clip beside {clips}, {several}",
            lambda: _record(large / "L-0000", bench.base, next(more)),
            added=1,
        ),
    ]


def _synced_families(bench: Bench, prefix: str, clips: int, each: int, *, listed: bool = False) -> Path:
    """Make families with so many clips each, all of them registered, and return their folder."""
    families = bench.folder / prefix
    projects = Projects(bench.client, bench.library)
    for first in range(0, clips, each):
        numbers = range(first, min(first + each, clips))
        name = f"{prefix}-{first // each:04d}"
        _as_synced(bench, _family_folder(families, name, bench.base, numbers, listed=listed), projects)
    return families


def _again(
    bench: Bench,
    families: Path,
    name: str,
    change: Callable[[], object] | None = None,
    added: int = 0,
    goal: float | None = None,
) -> Row:
    """Measure the command after each change, and check that it added what it should."""
    runs = []
    for _ in range(bench.repetitions):
        if change is not None:
            change()
        took, said = used(partial(bench.sync, families))
        runs.append(took)
        found = sum(len(project["added"]) for project in said["projects"])
        if found != added:
            raise RuntimeError(f"{name}: {found} clips were added instead of {added}")
    seconds = Spread.of([run.wall for run in runs])
    figures = {"processor seconds": statistics.median(run.processor for run in runs)}
    if goal is None:
        return Row("resync", name, {"vib sync": seconds}, figures=figures)
    return Row("resync", name, {"vib sync": seconds}, None, f"< {goal:g} s", seconds.median < goal, figures)


def _as_synced(bench: Bench, folder: Path, projects: Projects) -> None:
    """Leave what a sync of this family would have left: library, clips, sound files and tasks."""
    family: Family = read_family(folder)
    media = bench.settings.media_root / family.family
    media.mkdir(parents=True)
    entries = []
    for path in sorted(folder.glob("*.mp4")):
        clip, stat = clip_name(path.name), path.stat()
        entry = Entry(
            f"{family.family}/{clip}",
            family.family,
            path.name,
            stat.st_size,
            stat.st_mtime_ns,
            content_hash(path),
            1.0,
            True,
        )
        bench.library.put(entry)
        (media / f"{clip}.mp4").hardlink_to(bench.base)
        (media / f"{clip}.m4a").hardlink_to(bench.base)
        entries.append(entry)
    project = _project(family.family)
    projects.register(project, projects.ensure(project), entries, {})


def _touch(families: Path) -> None:
    for path in families.glob("*/*.mp4"):
        path.touch()


# Converting


def convert(folder: Path, length: float, repetitions: int) -> list[Row]:
    """Compare converting a recording as a phone makes it with ffmpeg by hand."""
    source = _phone_recording(folder / "phone.mp4", length)
    ours, theirs = folder / "ours" / "clip.mp4", folder / "theirs" / "clip.mp4"
    theirs.parent.mkdir()
    pairs = []
    for _ in range(repetitions):
        ourselves, _ = used(lambda: normalise(source, ours))
        by_hand, _ = used(lambda: _by_hand(source, theirs))
        pairs.append((ourselves, by_hand))
    if not conforms(theirs, probe(theirs)):
        raise RuntimeError("what was converted by hand is not what normalise makes")
    ratio = Spread.of([mine.wall / plain.wall for mine, plain in pairs])
    seconds = {
        "normalise": Spread.of([mine.wall for mine, _ in pairs]),
        "ffmpeg by hand": Spread.of([plain.wall for _, plain in pairs]),
    }
    figures = {
        "normalise cores busy": statistics.median(mine.cores for mine, _ in pairs),
        "by hand cores busy": statistics.median(plain.cores for _, plain in pairs),
        "processor time ratio": statistics.median(mine.processor / plain.processor for mine, plain in pairs),
        "recording Mbit/s": source.stat().st_size * 8 / length / 1e6,
    }
    name = f"{length:g} s of 1280x720 against ffmpeg by hand"
    return [Row("normalise", name, seconds, ratio, "<= 1.2", ratio.median <= 1.2, figures)]


def _by_hand(source: Path, clip: Path) -> None:
    """Convert as somebody would who types one command: the same codecs, the same two files."""
    command = f"""
        ffmpeg -nostdin -v error -y -i {source}
        -vf fps=25 -c:v libx264 -preset veryfast -crf 21 -pix_fmt yuv420p -g 25
        -c:a aac -b:a 128k -ar 48000 -ac 2 -map_metadata -1 -movflags +faststart {clip}
        -vn -c:a aac -b:a 40k -ar 16000 -ac 1 -map_metadata -1 -movflags +faststart {clip.with_suffix(".m4a")}
    """
    subprocess.run(command.split(), check=True)


def _phone_recording(path: Path, length: float) -> Path:
    """Make a recording at about 8 Mbit/s with movement, grain and sound."""
    command = f"""
        ffmpeg -nostdin -v error -y
        -f lavfi -i testsrc2=size=1280x720:rate=30:duration={length},noise=alls=12:allf=t
        -f lavfi -i anoisesrc=color=pink:sample_rate=48000:duration={length}
        -c:v libx264 -preset veryfast -b:v 8M -maxrate 8M -bufsize 8M -pix_fmt yuv420p -g 30
        -c:a aac -b:a 128k -ac 2 {path}
    """
    subprocess.run(command.split(), check=True)
    return path


# Material


def _base_recording(path: Path) -> Path:
    """Make a small recording of one second that conforms."""
    command = f"""
        ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=160x120:rate=25:duration=1
        -f lavfi -i sine=frequency=440:sample_rate=16000:duration=1 -c:a aac
        -c:v libx264 -preset veryfast -bf 0 -g 25 -pix_fmt yuv420p -movflags +faststart {path}
    """
    subprocess.run(command.split(), check=True)
    if not conforms(path, probe(path)):
        raise RuntimeError("the small recording does not conform")
    return path


def _record(folder: Path, base: Path, number: int) -> Path:
    """Add a copy of a recording that differs by a `free` box at its end, which players skip."""
    path = folder / f"clip-{number:05d}.mp4"
    box = (16).to_bytes(4, "big") + b"free" + number.to_bytes(8, "big")
    path.write_bytes(base.read_bytes() + box)
    return path


def _family_folder(parent: Path, family: str, base: Path, numbers: Sequence[int], *, listed: bool = False) -> Path:
    """Make a family folder with recordings, and with a list of them when that is asked for."""
    folder = parent / family
    folder.mkdir(parents=True)
    entries = [ClipEntry(file=_record(folder, base, number).name, situation="spel") for number in numbers]
    lines = [f"  - {{file: {entry.file}, situation: {entry.situation}}}\n" for entry in entries]
    text = FAMILY.format(family=family, method=METHOD) + ("clips:\n" + "".join(lines) if listed else "")
    (folder / "family.yaml").write_text(text, encoding="utf-8")
    return folder


def _entries(family: str, count: int) -> list[Entry]:
    return [
        Entry(f"{family}/clip-{n:05d}", family, f"clip-{n:05d}.mp4", 1, 1, f"{n:064x}", 1.0, True) for n in range(count)
    ]


def _project(family: str) -> Project:
    return Project(ProjectKey("family", family), family, read_method(METHOD), "nl")


# The server


@contextmanager
def server(folder: Path) -> Iterator[Path]:
    """Run a server on a data folder of its own, on free ports; yield that folder."""
    ports = [option for name in ("--port", "--ml-port") for option in (name, str(_free_port()))]
    noted = LAST_STARTED.read_bytes() if LAST_STARTED.exists() else None
    process = children.start(
        [str(ROOT / "scripts" / "up"), "--data", str(folder), *ports, "--no-demo"],
        stdout=subprocess.PIPE,
        env={**os.environ, "VIB_LANGUAGE": "en"},
    )
    try:
        assert process.stdout is not None
        if not any(line.startswith(b"ready") for line in process.stdout):
            raise RuntimeError("scripts/up ended before it was ready")
        if noted is not None:  # commands without --data are to find the server they found before
            LAST_STARTED.write_bytes(noted)
        yield folder
    finally:
        process.terminate()
        process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def workplace(folder: Path, data: Path, repetitions: int) -> Iterator[Bench]:
    """Make a data folder that knows the server's logins and has a library and media of its own."""
    settings = Settings(data=folder / "data")
    settings.media_root.mkdir(parents=True)
    shutil.copy(data / "logins.json", settings.logins)
    library = Library(settings.data / "library.sqlite3")
    client = connect(settings)
    try:
        yield Bench(client, settings, library, folder, _base_recording(folder / "base.mp4"), repetitions)
    finally:
        for number in library.projects().values():
            client.projects.delete(number)
        library.close()


# The report


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a table: ratios first, absolute times beside them."""
    table = Table(box=None, pad_edge=False)
    for name in ("part", "what", "ratio (least to most)", "goal", "", "seconds (least to most)", "figures"):
        table.add_column(name)
    for row in rows:
        ratio = _text(row.ratio) if row.ratio else ""
        met = "" if row.met is None else ("met" if row.met else "missed")
        seconds = "\n".join(f"{name}: {_text(value)}" for name, value in row.seconds.items())
        figures = "\n".join(f"{name}: {value:.3g}" for name, value in row.figures.items())
        table.add_row(row.part, row.name, ratio, row.goal, met, seconds, figures)
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False, highlight=False)


def _text(spread: Spread) -> str:
    if spread.least == spread.most:
        return f"{spread.median:.3g}"
    return f"{spread.median:.3g} ({spread.least:.3g} to {spread.most:.3g})"


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=[*PARTS, "all"], default="all")
    parser.add_argument("--data", type=Path, help="data folder of a server that runs; else one is started")
    parser.add_argument("--clips", type=int, help=f"instead of {REGISTERED} and {SYNCED}")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the recording to convert (60)")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    parts = PARTS if given.part == "all" else (given.part,)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="vib-bench-") as name:
        folder = Path(name)
        if "register" in parts or "resync" in parts:
            running = nullcontext(given.data) if given.data else server(folder / "server")
            with running as data, workplace(folder, data, given.repetitions) as bench:
                if "register" in parts:
                    rows += register(bench, given.clips or REGISTERED)
                if "resync" in parts:
                    rows += resync(bench, given.clips or SYNCED)
        if "normalise" in parts:
            rows += convert(folder, given.seconds, given.repetitions)
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
