"""A finished clip is looked at once, and laid beside its recording: what is off, silent or of one colour is found."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from scripts.beside import FARTHEST, is_other_sound, laid_beside, sound_late
from scripts.excerpts import SOUND_RATE
from scripts.judging import look_of
from scripts.looking import look_at
from scripts.normalise import normalise
from scripts.packets import read_packets
from scripts.recording import Recording, measure
from scripts.timing import Part
from tests.scripts.conftest import ffmpeg
from tests.scripts.marks import marked
from vib.clip_files import LOOK, TIME
from vib.clip_time import ClipTime
from vib.look import Look, look_from
from vib.media import MediaInfo, probe

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
MARKS = (0.5, 2.5)
FROM_ZERO = "aresample=async=1:first_pts=0"


def recorded(path: Path) -> tuple[MediaInfo, Recording]:
    info = probe(path)
    assert info.video is not None
    recording = measure(info, read_packets(path, info.video.index))
    assert recording is not None
    return info, recording


def looked(clip: Path, recording: Path) -> Look:
    """Look at a clip as if it had been made of a recording."""
    info, measured = recorded(recording)
    seen = look_at(clip, measured.duration, probe(clip).audio is not None, recording)
    part = Part(recording, info, measured, 0.0, measured.duration)
    return look_of(seen, [*laid_beside(seen, [part])], [part], 1, 0.0, [])


def said(look: Look) -> str:
    return "; ".join(remark.en for remark in look.remarks)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a recording whose clock does not begin at zero."""
    path = tmp_path_factory.mktemp("recording") / "a.ts"
    ffmpeg(*marked(MARKS, 4), *H264, "-g", "15", "-c:a", "aac", "-output_ts_offset", "3", path)
    return path


def test_what_was_found_lies_beside_the_clip_and_agrees_with_the_recording(recording: Path, tmp_path: Path) -> None:
    clip = normalise(recording, tmp_path / "clip.mp4")
    look = look_from(clip.video.with_suffix(LOOK).read_bytes())
    assert look is not None
    assert (look.frames, look.remarks) == (look.expected_frames, ())
    assert look.duration == pytest.approx(4, abs=0.1)
    assert look.sound_duration == pytest.approx(4, abs=0.1)
    assert (look.largest_gap, look.combs, look.damaged) == (0.04, 0, 0)
    [place] = look.places
    assert place.picture == pytest.approx(0, abs=0.04)
    assert place.sound == pytest.approx(0, abs=0.02)
    time = ClipTime.model_validate_json(clip.video.with_suffix(TIME).read_bytes())
    [piece] = time.pieces
    assert (piece.file, piece.recording, piece.frames_per_second) == ("a.ts", 0, 30)
    assert piece.timestamp == pytest.approx(probe(recording).start, abs=0.001)
    assert look.line.nl == "nagekeken, 0:04 min: beeld en geluid lopen op 1 plaats gelijk met de opname"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (["-itsoffset", "0.2"], "0.20 s later than in the recording"),
        (["-itsoffset", "-0.2"], "0.20 s earlier than in the recording"),
    ],
)
def test_sound_that_is_not_at_its_time_is_found(
    change: list[str], reason: str, recording: Path, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    picture = ("-map", "0:v", "-vf", "fps=25:start_time=0", *H264)
    ffmpeg("-i", recording, *change, "-i", recording, *picture, "-map", "1:a", "-af", FROM_ZERO, "-c:a", "aac", clip)
    assert re.fullmatch(rf"the sound comes at \d s {reason}", said(looked(clip, recording)))


def test_a_picture_that_is_not_at_its_time_is_found(recording: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    late = "fps=25:start_time=0,tpad=start=5:start_mode=clone"
    ffmpeg("-i", recording, "-vf", late, *H264, "-af", FROM_ZERO, "-c:a", "aac", clip)
    assert re.fullmatch(
        r"the picture comes at \d s 0\.\d\d s later than in the recording", said(looked(clip, recording))
    )


def test_silence_and_one_colour_are_said(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=black:s=64x48:r=25:d=6", "-f", "lavfi", "-i", "anullsrc", "-t", "6", *H264, clip)
    look = looked(clip, clip)
    assert said(look) == (
        "nothing is to be heard; was the microphone on?; 100% of the picture is of one colour; was the lens free?"
    )
    assert [(place.picture, place.sound) for place in look.places] == [(None, None)]


def noise(seconds: float, seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (np.random.default_rng(seed).standard_normal(round(seconds * SOUND_RATE)) * 3000).astype(np.float32)


def tone(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (3000 * np.sin(np.arange(round(seconds * SOUND_RATE)) / 3)).astype(np.float32)


@pytest.mark.parametrize(
    ("there", "here", "late", "other"),
    [
        (noise(3), noise(3)[round(FARTHEST * SOUND_RATE) :][: 2 * SOUND_RATE], 0.0, False),
        (noise(3), -0.5 * noise(3)[: 2 * SOUND_RATE], 0.5, False),
        (noise(3), noise(2, seed=1), None, True),
        (noise(3), np.zeros(2 * SOUND_RATE, dtype=np.float32), None, True),
        (tone(3), tone(2), None, False),
        (np.zeros(3 * SOUND_RATE, dtype=np.float32), np.zeros(2 * SOUND_RATE, dtype=np.float32), None, False),
    ],
)
def test_how_late_sound_is_is_told_only_where_it_can_be(
    there: np.ndarray[tuple[int], np.dtype[np.float32]],
    here: np.ndarray[tuple[int], np.dtype[np.float32]],
    late: float | None,
    other: bool,
) -> None:
    assert sound_late(there, here) == late
    assert (late is None and is_other_sound(there, here)) == other
