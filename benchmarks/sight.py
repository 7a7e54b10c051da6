"""What it costs to look at the picture of a clip (`VIB_ML_SIGHT`), beside what it costs to listen to it.

Usage::

    python benchmarks/sight.py [FILE ...] [--seconds N] [--repetitions N] [--json]

Without files, films of 720p are made of a demo clip, scaled up, shaken and with noise: one as
`vib sync` makes clips, one as telephones do, and one with rare key frames. The two are measured in
turn, in seconds of processor for a second of film, ffmpeg's included, of which other work on the
machine changes less than of seconds by the clock; the ratio is of the medians. *ffmpeg* is its part
of looking. *Frames a second* are those that were looked at.

How long both take by the clock, and in how much memory: `VIB_ML_SIGHT=true` before `turns.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from backend_ml.turns.hearing import listen
from backend_ml.turns.limits import Limits
from backend_ml.turns.models import models
from backend_ml.turns.sight import look
from scripts.encoding import AAC, H264
from vib.media import MediaProblem, probe
from vib.settings import ROOT

Answer = TypeVar("Answer")

DEMO = ROOT / "demo" / "families" / "F-0001" / "2026-03-08-spel.mp4"
SHAKEN = "scale=1440:810,crop=1280:720:80+70*sin(t):45+40*sin(1.3*t),noise=alls=6:allf=t,fps={fps},format=yuv420p"
_CLIP = [word for name, value in H264.items() for word in (f"-{name}", str(value))]
FILMS: dict[str, tuple[int, list[str]]] = {
    "as vib sync makes clips": (25, _CLIP),
    "as a telephone": (30, "-vcodec libx264 -preset ultrafast -bf 0 -g 30 -b:v 8M".split()),
    "rare key frames": (25, "-vcodec libx264 -preset veryfast -crf 21".split()),
}
"""Frames a second, and how it is encoded."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a film cost: seconds of processor for a second of film."""

    name: str
    seconds: float
    frames_per_second: float
    listening: float
    looking: float
    ffmpeg: float

    @property
    def ratio(self) -> float:
        """How many times as much as listening looking costs."""
        return self.looking / self.listening


def make_film(path: Path, seconds: float, fps: int, encoding: Sequence[str]) -> None:
    """Make a film of 720p of a demo clip."""
    source = ["-stream_loop", "-1", "-i", str(DEMO), "-t", str(seconds), "-vf", SHAKEN.format(fps=fps)]
    sound = ["-acodec", str(AAC["acodec"])]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *source, *encoding, *sound, str(path)], check=True)


def measure(name: str, path: Path, repetitions: int) -> Measured:
    """Listen to a file and look at it, in turn.

    Raises
    ------
    MediaProblem
        It cannot be read, or has no sound or no picture.
    """
    info = probe(path)
    if info.audio is None or info.video is None:
        raise MediaProblem(str(path), nl="heeft geen beeld of geen geluid", en="has no picture or no sound")
    heard, looked, ffmpeg, frames = [], [], [], 0
    for number in range(repetitions):
        _, ours, programs = cost(lambda: listen(path, info, Limits()))
        heard.append(ours + programs)
        sight, ours, programs = cost(lambda: look(path, info, Limits()))
        frames = int(sight.fresh.sum())
        looked.append(ours + programs)
        ffmpeg.append(programs)
        print(f"{name}: {number + 1} of {repetitions}", file=sys.stderr, flush=True)
    listening, looking, decoding = (median(each) / info.duration for each in (heard, looked, ffmpeg))
    return Measured(name, info.duration, frames / info.duration, listening, looking, decoding)


def cost(work: Callable[[], Answer]) -> tuple[Answer, float, float]:
    """Return the answer of some work, and the seconds of processor of this process and of the programs it ran."""
    before = os.times()
    answer = work()
    after = os.times()
    return (
        answer,
        after.user + after.system - before.user - before.system,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def markdown(rows: Sequence[Measured]) -> str:
    """Return a table."""
    lines = [
        "| film | frames a second | listening, s/s | looking, s/s | of which ffmpeg | looking / listening |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {r.name}, {r.seconds:.0f} s | {r.frames_per_second:.2f} | {r.listening:.4f} | {r.looking:.4f} "
        f"| {r.ffmpeg:.4f} | {r.ratio:.2f} |"
        for r in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="films with sound; else made ones")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of a made film (60)")
    parser.add_argument("--repetitions", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    models()
    rows = []
    try:
        for file in given.files:
            rows.append(measure(file.name, file, given.repetitions))
    except MediaProblem as problem:
        parser.error(str(problem))
    with TemporaryDirectory() as folder:
        for name, (fps, encoding) in FILMS.items() if not given.files else ():
            film = Path(folder) / "film.mp4"
            film.unlink(missing_ok=True)
            make_film(film, given.seconds, fps, encoding)
            rows.append(measure(name, film, given.repetitions))
    print(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows]) if given.json else markdown(rows))


if __name__ == "__main__":
    main()
