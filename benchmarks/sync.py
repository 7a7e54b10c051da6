"""How fast clips are registered, synced again, and converted, and how fast many families are synced.

Usage::

    python benchmarks/sync.py [--part register|resync|families|normalise|all] [--data DIR]
                              [--clips N] [--families N] [--seconds S] [--repetitions N] [--json]

Without ``--data`` a server is started on free ports with a temporary data folder, and stopped
at the end. With it, the server that `scripts/up` runs on that folder is used: projects are made
there and removed at the end; its library and its media are not touched. Recordings, library and
clips are in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import pstats
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from label_studio_sdk.client import LabelStudio
from reporting import Row, Spread, show
from sync_families import GOAL_FAMILIES, families
from workplace import (
    Bench,
    entries_of,
    family_folder,
    project_of,
    record_copy,
    server,
    workplace,
)

from scripts.conforming import conforms
from scripts.normalise import normalise
from scripts.registering import Projects, task_data
from vib.family import Family, clip_name, read_family
from vib.library import Entry, content_hash
from vib.media import probe
from vib.settings import ROOT

PARTS = ("register", "resync", "families", "normalise")
REGISTERED = 1_000
ONE_BY_ONE = 100
"""Tasks made with a call each; their time is scaled to the number of clips."""

SYNCED = 10_000
PER_FAMILY = 500
PER_SMALL_FAMILY = 5


STEPS = {
    ("media.py", "run_ffprobe"): "ffprobe",
    ("packets.py", "read_packets"): "ffprobe (packets)",
    ("normalise.py", "_run"): "ffmpeg (remux and sound file)",
    ("~", "<built-in method posix.fsync>"): "bringing files to disk (fsync)",
    ("library.py", "put"): "library",
    ("registering.py", "register"): "registering",
}
"""Functions whose time in a whole sync is told apart; none of them calls another."""


Answer = TypeVar("Answer")


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
        made.append(entries_of(f"R-{number:04d}", clips if number % 2 == 0 else single))
        for entry in made[-1]:
            bench.library.put(entry)
    bulk, one = [], []
    for first in range(0, len(made), 2):
        project, other = (project_of(entries[0].family) for entries in made[first : first + 2])
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
        client.tasks.create(project=number, data=task_data(entry, {}))


def _from_scratch(bench: Bench, clips: int) -> Row:
    """Measure one sync of recordings that were never seen, and where its time goes."""
    folder = family_folder(bench.folder / "scratch", "N-0001", bench.base, range(clips))
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
            lambda: record_copy(large / "L-0000", bench.base, next(more)),
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
        _as_synced(bench, family_folder(families, name, bench.base, numbers, listed=listed), projects)
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
    project = project_of(family.family)
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


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=[*PARTS, "all"], default="all")
    parser.add_argument("--data", type=Path, help="data folder of a server that runs; else one is started")
    parser.add_argument("--clips", type=int, help=f"instead of {REGISTERED} and {SYNCED}")
    parser.add_argument("--families", type=int, default=GOAL_FAMILIES, help=f"how many are synced ({GOAL_FAMILIES})")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the recording to convert (60)")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    parts = PARTS if given.part == "all" else (given.part,)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="vib-bench-") as name:
        folder = Path(name)
        if {"register", "resync", "families"} & set(parts):
            running = nullcontext(given.data) if given.data else server(folder / "server")
            with running as data, workplace(folder, data, given.repetitions) as bench:
                if "register" in parts:
                    rows += register(bench, given.clips or REGISTERED)
                if "resync" in parts:
                    rows += resync(bench, given.clips or SYNCED)
                if "families" in parts:
                    rows += families(bench, given.families)
        if "normalise" in parts:
            rows += convert(folder, given.seconds, given.repetitions)
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
