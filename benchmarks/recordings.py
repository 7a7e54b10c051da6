"""Which recordings become clips that are true to the frame, and how long that takes.

Usage::

    python benchmarks/recordings.py [--seconds N] [--only TEXT] [--slowly] [--markdown FILE] [--json]

Recordings of many kinds are made, each with flashes and beeps at known moments, and turned into clips as
`vib sync` does. Of each clip that comes of it: how far flashes and beeps are from where they belong, in the
picture, in its sound and in the sound file for the cutter. A frame, 40 ms, is allowed.

What a kind costs is compared with one plain ffmpeg on the same recording, with the same filters and settings, just
after it: CPU time, as other work on the machine says nothing of that. With ``--slowly`` only kinds that people
have most are made, of 60 s and 1280x720, where what is done once a recording weighs as in practice.

Tools beside ffmpeg (mkvmerge, GStreamer, Chromium, npm for mp4box.js and mediabunny) write recordings with muxers
of their own. A tool that is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from recordings_kinds import Kind, Making, kinds, usual_kinds
from recordings_marks import FRAME, by_own_clock, heard, seen
from recordings_tools import kinds_of_tools, tools

from scripts.encoding import AAC, clip_command
from scripts.normalise import normalise
from scripts.packets import read_packets
from scripts.peaks import keep_peaks
from scripts.recording import measure
from scripts.timing import in_turn
from vib.media import probe
from vib.problem import InputProblem

Done = TypeVar("Done")

ROUNDING = 0.0005
"""Seconds by which a measured moment may be rounded."""


@dataclass(frozen=True)
class Found:
    """What came of a kind.

    Parameters
    ----------
    said : str
        Why it was refused, or what was said of the clip.
    picture, sound : float or None
        Seconds that the worst mark is off; None where there is none, or not as many as there should be.
    ratio : float or None
        CPU time as times that of plain ffmpeg; None where nothing was encoded, or plain ffmpeg fails.
    right : bool
        Whether it came out as it should.
    """

    name: str
    by: str
    used: bool
    said: str
    picture: float | None = None
    sound: float | None = None
    ratio: float | None = None
    right: bool = True


def main() -> None:
    """Make what is asked for, and tell what came of it."""
    asked = _options()
    found = []
    with tempfile.TemporaryDirectory(prefix="vib-recordings-") as folder:
        making = Making(
            Path(folder), 60.0 if asked.slowly else asked.seconds, "1280x720" if asked.slowly else "640x360"
        )
        for number, kind in enumerate(_wanted(asked)):
            try:
                recording = kind.make(making, f"kind-{number:03d}")
            except (subprocess.CalledProcessError, OSError, RuntimeError) as error:
                print(f"left out: {kind.name}: {_why(error)}", file=sys.stderr)
                continue
            found.append(of_kind(kind, making, recording))
            print(_line(found[-1]), file=sys.stderr)
    if asked.markdown:
        asked.markdown.write_text(markdown(found), encoding="utf-8")
    if asked.json:
        print(json.dumps([asdict(one) for one in found]))
    wrong = [one.name for one in found if not one.right]
    print(f"{len(found)} kinds, {len(wrong)} not as they should be", file=sys.stderr)
    sys.exit(bool(wrong))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20, help="length of each recording")
    parser.add_argument("--only", default="", help="kinds in whose name this text is")
    parser.add_argument("--slowly", action="store_true", help="few kinds, of usual length and size")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _wanted(asked: argparse.Namespace) -> Iterator[Kind]:
    there = tools()
    for tool in (name for name, installed in there.items() if not installed):
        print(f"left out, as it is not installed: {tool}", file=sys.stderr)
    every = usual_kinds() if asked.slowly else (*kinds(), *(kind for kind in kinds_of_tools() if there[kind.by]))
    return (kind for kind in every if asked.only in kind.name)


def of_kind(kind: Kind, making: Making, recording: Path, *, timed: bool = True) -> Found:
    """Make a clip of a recording of some kind, and return what came of it; `timed` compares with plain ffmpeg."""
    target = making.path(f"clips/{recording.stem}.mp4")
    try:
        spent, clip = _spent(lambda: normalise(recording, target))
    except InputProblem as problem:
        return Found(kind.name, kind.by, used=False, said=problem.reason.en, right=not kind.used)
    more, _ = _spent(lambda: keep_peaks(clip.video, clip.duration, has_audio=clip.has_audio))
    own = by_own_clock(recording) if kind.seen is None or kind.heard is None else ((), ())
    flashes, beeps = (
        own[number] if given is None else given(making) for number, given in enumerate((kind.seen, kind.heard))
    )
    sounds = [heard(clip.video), heard(clip.audio)] if beeps and clip.has_audio else []
    picture = _off(seen(clip.video), flashes)
    worst = [_off(times, beeps) for times in sounds]
    sound = None if None in worst or not worst else max(one for one in worst if one is not None)
    right = kind.used and _within(picture) and (_within(sound) or not beeps)
    plain = _plainly(recording, making.path("plain.mp4")) if timed and clip.encoded else None
    ratio = None if plain is None else (spent + more) / plain
    return Found(kind.name, kind.by, True, "; ".join(one.en for one in clip.remarks), picture, sound, ratio, right)


def _off(times: Sequence[float], wanted: Sequence[float]) -> float | None:
    """Return how far the worst of some moments is from where it belongs; None where they are more or less."""
    if len(times) != len(wanted):
        return None
    return max((abs(time - moment) for time, moment in zip(times, wanted, strict=True)), default=0.0)


def _within(off: float | None) -> bool:
    return off is not None and off <= FRAME + ROUNDING


def _spent(work: Callable[[], Done]) -> tuple[float, Done]:
    """Do some work, and return the CPU seconds of it and of the programs that it ran."""
    before = _cpu()
    done = work()
    return _cpu() - before, done


def _cpu() -> float:
    both = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _plainly(recording: Path, clip: Path) -> float | None:
    """Return the CPU seconds of one ffmpeg that makes a clip with our filters and settings; None if it fails."""
    info = probe(recording)
    measured = measure(info, read_packets(recording, info.video.index if info.video else None))
    assert measured is not None
    parts = in_turn([(recording, info, measured)])
    command = clip_command(parts, clip, encode=True, halves=[None], piped_sound=False)
    if info.audio:
        at = command.index("-acodec")
        sound = ["-acodec", AAC["acodec"], "-b:a", AAC["audio_bitrate"], "-ar", str(AAC["ar"]), "-ac", str(AAC["ac"])]
        command[at : at + 2] = sound
    spent, run = _spent(lambda: subprocess.run(command, check=False, capture_output=True))
    return spent if run.returncode == 0 else None


def _why(error: Exception) -> str:
    said = (
        (error.stderr or b"").decode(errors="replace").strip()
        if isinstance(error, subprocess.CalledProcessError)
        else ""
    )
    return (said or str(error)).splitlines()[-1] if said or str(error) else type(error).__name__


def _line(one: Found) -> str:
    figures = [f"{name} {_milliseconds(value)}" for name, value in (("picture", one.picture), ("sound", one.sound))]
    cost = "" if one.ratio is None else f"{one.ratio:.2f} x"
    return "  ".join(
        ["ok   " if one.right else "WRONG", one.name, *(figures if one.used else ["refused"]), cost, one.said]
    )


def _milliseconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.0f} ms"


def markdown(found: Sequence[Found]) -> str:
    """Return the table."""
    rows = [
        "| recording | written by | picture off | sound off | CPU time | what is said |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        cost = "" if one.ratio is None else f"{one.ratio:.2f}"
        figures = [_milliseconds(one.picture), _milliseconds(one.sound)] if one.used else ["", ""]
        said = one.said if one.used else f"**refused:** {one.said}"
        name = one.name.removeprefix(f"{one.by}: ") + ("" if one.right else " **(not as it should be)**")
        rows.append("| " + " | ".join([name, one.by, *figures, cost, said.replace("|", "\\|")]) + " |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
