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
from pathlib import Path
from typing import Any

import family_one
import family_two
import numpy as np
from figures import HEIGHT, WIDTH
from frames import frames
from raters import PLANS, Planted, Rater, Turn, reference
from scenes import Family, Scene
from voices import FPS, RATE, Samples, Sound, record

FAMILIES = (family_one.FAMILY, family_two.FAMILY)
METHOD, LANGUAGE = "vib-pleegzorg", "nl"
USES = "[begeleiding, opleiding]"
GIVEN, UNTIL = "2026-02-20", "2031-02-20"
PRACTICE_CLIPS = ("F-0001/2026-03-01-maaltijd", "F-0002/2026-03-02-voorlezen")
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


def family_yaml(family: Family) -> str:
    """Write the description of a family."""
    members = [f"  - {{id: {m.id}, role: {m.role}{f', born: {m.born}' if m.born else ''}}}" for m in family.members]
    clips = [f"  - {{file: {s.name}.mp4, situation: {s.situation}, uses: {USES}}}" for s in family.scenes]
    lines = [f"family: {family.id}", f"method: {METHOD}", f"language: {LANGUAGE}", "members:", *members]
    lines += [f"consent: {{given: {GIVEN}, until: {UNTIL}, uses: {USES}}}", "clips:", *clips]
    return "\n".join(lines) + "\n"


def practice_yaml() -> str:
    """Write the description of the practice set."""
    lines = ["practice: oefenset-1", "title: {nl: Oefenset 1, en: Practice set 1}", f"method: {METHOD}"]
    lines += [f"language: {LANGUAGE}", "raters: 2", f"clips: [{', '.join(PRACTICE_CLIPS)}]"]
    return "\n".join(lines) + "\n"


def truth(clip: Clip) -> dict[str, Any]:
    """Give the exact turns of a clip."""
    turns = [
        {"start": line.start, "end": line.end, "actor": line.actor, "confidence": 1.0}
        for line in sorted(clip.sound.spoken, key=lambda line: line.first)
    ]
    return {"clip": clip.id, "duration": clip.sound.duration, "model_version": "truth", "turns": turns}


def observed(clip: Clip) -> tuple[dict[str, Any], list[Planted]]:
    """Give the codes of a clip by the reference and the simulated raters, and what was planted in them."""
    exact = reference(clip.scene, clip.sound)
    by_rater: dict[str, list[Turn]] = {"referentie": sorted(exact, key=lambda turn: turn.start)}
    planted: list[Planted] = []
    for name in PLANS:
        rater = Rater(clip.id, name, exact, clip.sound.duration)
        by_rater[name] = rater.code()
        planted += rater.planted
    raters = {name: [turn.as_data() for turn in turns] for name, turns in by_rater.items()}
    ratings = {
        name: {f"BS.{number}": value for number, value in enumerate(values, start=1)}
        for name, values in clip.scene.ratings.items()
    }
    return {"id": clip.id, "duration": clip.sound.duration, "raters": raters, "ratings": ratings}, planted


def write_json(path: Path, data: Any) -> None:
    """Write readable JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


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


def write_data(folder: Path, clips: Iterable[Clip]) -> None:
    """Write all that is not a clip: descriptions, exact turns, observations and what was planted in them."""
    observations, planted = [], []
    for clip in clips:
        write_json(folder / "turns" / f"{clip.id}.json", truth(clip))
        codes, differences = observed(clip)
        observations.append(codes)
        planted += [asdict(difference) for difference in differences]
    write_json(folder / "observations.json", {"format": "vib-observations/1", "clips": observations})
    write_json(folder / "planted.json", planted)
    for family in FAMILIES:
        home = folder / "families" / family.id
        home.mkdir(parents=True, exist_ok=True)
        (home / "family.yaml").write_text(family_yaml(family), encoding="utf-8")
    (folder / "families" / "oefenset.practice.yaml").write_text(practice_yaml(), encoding="utf-8")


def main() -> None:
    """Make the demo families."""
    parser = argparse.ArgumentParser(description="Make the demo families: clips, exact turns and observations.")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent, help="folder to write in")
    parser.add_argument("--no-clips", action="store_true", help="write all but the clips")
    arguments = parser.parse_args()
    clips = [
        Clip(family, scene, record(family.id, scene, zlib.crc32(scene.name.encode())))
        for family in FAMILIES
        for scene in family.scenes
    ]
    write_data(arguments.out, clips)
    if arguments.no_clips:
        return
    paths = [arguments.out / "families" / f"{clip.id}.mp4" for clip in clips]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for report in pool.map(make_clip, paths, clips):
            print(report)


if __name__ == "__main__":
    main()
