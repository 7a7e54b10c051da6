"""Make the demo families: clips with sound, exact turns, reference codes and two simulated raters.

Needs espeak-ng and ffmpeg on the path, and the Python packages numpy and pillow. Everything but the
clips is the same byte for byte on each run with the same espeak-ng (1.51 made what is checked in).

The voices, measured in Praat on the speech of these clips (median F0 in Hz, 10th to 90th percentile):

========  =============  ======  ==========
family    person         median  10-90 %
========  =============  ======  ==========
F-0001    child             360  321 - 399
F-0001    foster mother     200  166 - 232
F-0002    child             340  310 - 372
F-0002    foster father     120  101 - 137
F-0002    foster mother     210  156 - 251
========  =============  ======  ==========
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import wave
import zlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import family_five
import family_four
import family_one
import family_seven
import family_six
import family_three
import family_two
import numpy as np
from figures import HEIGHT, WIDTH
from frames import frames
from raters import PLANS, Planted, Rater, Turn, reference
from references import CODED, PracticeSet, coded_clip, practice_of
from scenes import Family, Scene
from voices import FPS, RATE, Samples, Sound, record

from vib import family as described
from vib.codebook import FOLDER, Codebook, read_codebook
from vib.consent import Use
from vib.language import Language
from vib.made_with import MadeWith

FAMILIES = (family_one.FAMILY, family_two.FAMILY)
"""The families that are there at the first start, and what anna and bram coded."""

MORE = tuple(part.FAMILY for part in (family_three, family_four, family_five, family_six, family_seven))
"""The families in which what the first do not show is seen, with references in every method."""

METHODS = "methods"
METHOD = "vib-pleegzorg"
LANGUAGE: Language = "nl"
RATINGS = ("BS.1", "BS.2", "BS.3", "BS.4", "BS.5", "BS.LEAD")
FIRST = PracticeSet(
    "oefenset-1",
    ("Oefenset 1", "Practice set 1"),
    METHOD,
    ("F-0001/2026-03-01-maaltijd", "F-0002/2026-03-02-voorlezen"),
)
USES: tuple[Use, ...] = ("begeleiding", "opleiding")
GIVEN, UNTIL = date(2026, 2, 20), date(2031, 2, 20)
MAX_LAG = 0.010


@dataclass(frozen=True)
class Clip:
    """One clip: its scene and its finished sound."""

    family: Family
    scene: Scene
    sound: Sound

    @property
    def id(self) -> str:
        """The family and the file name without extension."""
        return f"{self.family.id}/{self.scene.name}"

    @property
    def home(self) -> str:
        """The folder of the demo in which its family lies."""
        return METHODS if self.family in MORE else "."


def family_yaml(family: Family) -> str:
    """Write the description of a family: all agree to guidance and training, children by their guardian."""
    members = tuple(described.Member(id=m.id, role=m.role, born=m.born or None, home=m.home) for m in family.members)
    consent = tuple(
        described.Consent(person=m.id, uses=USES, given=GIVEN, until=UNTIL, by="voogd" if m.is_child else "zelf")
        for m in members
    )
    clips = tuple(
        described.ClipEntry(file=f"{scene.name}.mp4", recorded=scene.name[:10], situation=scene.situation)
        for scene in family.scenes
    )
    return described.family_text(
        described.Family(
            family=family.id, method=family.method, language=LANGUAGE, members=members, consent=consent, clips=clips
        )
    )


def practice_yaml(practice: PracticeSet) -> str:
    """Write the description of a practice set."""
    dutch, english = practice.title
    lines = [f"practice: {practice.id}", f"title: {{nl: {dutch}, en: {english}}}", f"method: {practice.method}"]
    lines += [f"language: {LANGUAGE}", "raters: 2", f"clips: [{', '.join(practice.clips)}]"]
    return "\n".join(lines) + "\n"


def truth(clip: Clip) -> dict[str, Any]:
    """Give the exact turns of a clip."""
    turns = [
        {"start": spoken.start, "end": spoken.end, "actor": spoken.line.actor, "confidence": 1.0}
        for spoken in sorted(clip.sound.spoken, key=lambda spoken: spoken.first)
    ]
    return {"clip": clip.id, "duration": clip.sound.duration, "model_version": "truth", "turns": turns}


def observed(clip: Clip, book: Codebook) -> tuple[dict[str, Any], list[Planted]]:
    """Give the codes of a clip by the reference and the simulated raters, and what was planted in them."""
    exact = reference(clip.scene, clip.sound, book)
    by_rater: dict[str, list[Turn]] = {"referentie": sorted(exact, key=lambda turn: turn.start)}
    planted: list[Planted] = []
    for name in PLANS:
        rater = Rater(clip.id, name, exact, clip.sound.duration)
        by_rater[name] = rater.code()
        planted += rater.planted
    raters = {name: [turn.as_data() for turn in turns] for name, turns in by_rater.items()}
    ratings = {name: dict(zip(RATINGS, values, strict=True)) for name, values in clip.scene.ratings.items()}
    made_with = dict.fromkeys(sorted({*raters, *ratings}), MadeWith(method=book.method, version=book.version).content())
    content = {"id": clip.id, "duration": clip.sound.duration, "raters": raters, "ratings": ratings}
    return {**content, "made_with": made_with}, planted


def write_text(path: Path, text: str) -> None:
    """Write a text file, and the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_json(path: Path, data: Any) -> None:
    """Write readable JSON."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_wave(path: Path, samples: Samples) -> None:
    """Write 16 bit mono sound."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())


def write_clip(path: Path, clip: Clip) -> None:
    """Draw and encode a clip, with a keyframe each second and its index in front."""
    raw = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-video_size",
        f"{WIDTH}x{HEIGHT}",
        "-framerate",
        str(FPS),
        "-i",
        "-",
    ]
    picture = [
        "-vf",
        "scale=out_color_matrix=bt709:out_range=tv",
        "-pix_fmt",
        "yuv420p",
        "-colorspace",
        "bt709",
    ]
    picture += ["-color_primaries", "bt709", "-color_trc", "bt709", "-c:v", "libx264", "-preset", "slow"]
    picture += ["-tune", "animation", "-crf", "32", "-bf", "0", "-g", str(FPS), "-keyint_min", str(FPS)]
    picture += ["-sc_threshold", "0", "-flags:v", "+cgop+bitexact"]
    sound = ["-c:a", "aac", "-b:a", "64k", "-ar", str(RATE), "-ac", "1", "-flags:a", "+bitexact"]
    file = ["-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart"]
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "sound.wav"
        write_wave(spoken, clip.sound.samples)
        command = ["ffmpeg", "-v", "error", "-y", *raw, "-i", str(spoken), *picture, *sound, *file, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            with encoder.stdin as pipe:
                for frame in frames(clip.family.id, clip.scene, clip.sound):
                    pipe.write(frame)
            if encoder.wait():
                raise RuntimeError(f"ffmpeg could not make {path.name}")


def lag(path: Path, sound: Sound) -> float:
    """Measure by how many seconds the sound of a finished clip comes late."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    decoded = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, dtype="<i2")
    size = len(sound.samples) + RATE
    spectrum = np.fft.rfft(decoded.astype(np.float64), size) * np.conj(np.fft.rfft(sound.samples, size))
    best = int(np.argmax(np.fft.irfft(spectrum, size)))
    return (best if best < size // 2 else best - size) / RATE


def make_clip(path: Path, clip: Clip) -> str:
    """Write one clip, check its sound against the exact turns and say what it became."""
    write_clip(path, clip)
    late = lag(path, clip.sound)
    if abs(late) > MAX_LAG:
        raise RuntimeError(f"{clip.id}: the sound lies {late * 1000:.1f} ms late")
    size = path.stat().st_size / 1e6
    turns = len(clip.sound.spoken)
    return f"{clip.id}: {clip.sound.duration:.0f} s, {turns} turns, {size:.2f} MB, sound {late * 1000:+.2f} ms"


def write_data(folder: Path, clips: Iterable[Clip], methods: Path) -> None:
    """Write all that is not a clip: descriptions, exact turns, codes and what was planted in them."""
    observations, planted = [], []
    book = read_codebook(methods / METHOD / "codebook.yaml")
    for clip in clips:
        write_json(folder / clip.home / "turns" / f"{clip.id}.json", truth(clip))
        if clip.family in FAMILIES:
            codes, differences = observed(clip, book)
            observations.append(codes)
            planted += [asdict(difference) for difference in differences]
    write_json(folder / "observations.json", {"format": "vib-observations/1", "clips": observations})
    write_json(folder / "planted.json", planted)
    for home, families in ((folder, FAMILIES), (folder / METHODS, MORE)):
        for family in families:
            write_text(home / "families" / family.id / "family.yaml", family_yaml(family))
    write_text(folder / "families" / "oefenset.practice.yaml", practice_yaml(FIRST))
    known = {clip.id: (clip.family, clip.scene, clip.sound) for clip in clips}
    for method, coded in CODED.items():
        book = read_codebook(methods / method / "codebook.yaml")
        coded_clips = [coded_clip(coded, one, known[one], book) for one in coded.clips]
        content = {"format": "vib-observations/1", "clips": coded_clips}
        write_json(folder / METHODS / "references" / f"{method}.json", content)
        write_text(folder / METHODS / "families" / f"{method}.practice.yaml", practice_yaml(practice_of(coded, method)))


def main() -> None:
    """Make the demo families."""
    parser = argparse.ArgumentParser(description="Make the demo families: clips, exact turns and observations.")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent, help="folder to write in")
    parser.add_argument("--methods", type=Path, default=FOLDER, help="folder of the codebooks")
    parser.add_argument("--no-clips", action="store_true", help="write all but the clips")
    parser.add_argument("--only", metavar="CLIP", action="append", help="make these clips only: F-0003/2026-03-03-...")
    arguments = parser.parse_args()
    clips = [
        Clip(family, scene, record(family.id, scene, zlib.crc32(scene.name.encode())))
        for family in FAMILIES + MORE
        for scene in family.scenes
    ]
    write_data(arguments.out, clips, arguments.methods)
    if arguments.no_clips:
        return
    clips = [clip for clip in clips if not arguments.only or clip.id in arguments.only]
    paths = [arguments.out / clip.home / "families" / f"{clip.id}.mp4" for clip in clips]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for report in pool.map(make_clip, paths, clips):
            print(report)


if __name__ == "__main__":
    main()
