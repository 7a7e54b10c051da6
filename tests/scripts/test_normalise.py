"""Recordings become clips that play alike; what cannot be used is refused with a reason."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.conforming import conforms
from scripts.normalise import normalise
from tests.scripts.conftest import ffmpeg, record
from tests.turned import turn
from vib.media import MediaProblem, probe


def stream_hash(path: Path, stream: str) -> str:
    """Return a hash of the packets of a stream, which changes when it is encoded anew."""
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-map", f"0:{stream}", "-c", "copy", "-f", "md5", "-"],
        capture_output=True,
        check=True,
    )
    return run.stdout.decode()


def fingerprint(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def test_a_recording_that_conforms_is_not_encoded_again(tmp_path: Path) -> None:
    source = record(tmp_path / "a.mp4")
    before = fingerprint(source)
    clip = normalise(source, tmp_path / "clip.mp4")
    assert not clip.encoded
    assert clip.remarks == (), "its fine stripes are no half pictures"
    assert stream_hash(clip.video, "v:0") == stream_hash(source, "v:0")
    assert stream_hash(clip.video, "a:0") == stream_hash(source, "a:0")
    assert fingerprint(source) == before


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ntsc.mp4", {"rate": "30000/1001"}),
        ("slow.mp4", {"rate": "12"}),
        pytest.param(
            "keys.mp4", {"extra": "-g 250 -keyint_min 250 -sc_threshold 0", "seconds": 4}, marks=pytest.mark.nightly
        ),
        pytest.param("index-behind.mp4", {"extra": "-movflags 0"}, marks=pytest.mark.nightly),
        pytest.param("old.avi", {"extra": "-c:v mpeg4 -c:a mp3"}, marks=pytest.mark.nightly),
        pytest.param("free.mkv", {}, marks=pytest.mark.nightly),
        ("late.mp4", {"extra": "-output_ts_offset 3"}),
        ("odd.mkv", {"extra": "-c:v ffv1 -vf scale=161:121"}),
        ("colour.mp4", {"extra": "-pix_fmt yuv444p"}),
    ],
)
def test_anything_else_becomes_a_clip_that_conforms(name: str, options: dict[str, object], tmp_path: Path) -> None:
    source = record(tmp_path / name, **options)  # type: ignore[arg-type]
    before = fingerprint(source)
    assert not conforms(source, probe(source))
    clip = normalise(source, tmp_path / "out" / "clip.mp4")
    info = probe(clip.video)
    assert clip.encoded
    assert conforms(clip.video, info)
    assert info.video is not None
    assert info.video.frames_per_second == FRAMES_PER_SECOND
    assert clip.duration == pytest.approx(options.get("seconds", 2), abs=0.15)
    assert probe(clip.audio).duration == pytest.approx(clip.duration, abs=0.15)
    assert fingerprint(source) == before


def test_a_variable_frame_rate_keeps_its_time(tmp_path: Path) -> None:
    source = tmp_path / "vfr.mp4"
    uneven = (
        "testsrc2=size=160x120:rate=30:duration=4,select='lt(t,1)+gt(t,3)*not(mod(n,5))+between(t,1,3)*not(mod(n,3))'"
    )
    ffmpeg("-f", "lavfi", "-i", uneven, "-fps_mode", "vfr", "-c:v", "libx264", source)
    clip = normalise(source, tmp_path / "clip.mp4")
    assert conforms(clip.video, probe(clip.video))
    assert clip.duration == pytest.approx(4, abs=0.25)


def test_a_phone_held_upright_gives_an_upright_clip(tmp_path: Path) -> None:
    source = record(tmp_path / "upright.mp4")
    turn(source)
    clip = normalise(source, tmp_path / "clip.mp4")
    video = probe(clip.video).video
    assert video is not None
    assert (video.width, video.height, video.rotation) == (120, 160, 0)


def test_sound_that_starts_late_stays_in_step_with_the_picture(tmp_path: Path) -> None:
    flat, source = record(tmp_path / "flat.mp4", seconds=4), tmp_path / "late.mkv"
    ffmpeg(
        "-i",
        flat,
        "-itsoffset",
        "2",
        "-i",
        flat,
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
        "-t",
        "4",
        source,
    )
    clip = normalise(source, tmp_path / "clip.mp4")
    run = subprocess.run(
        [
            "ffmpeg",
            "-v",
            "info",
            "-i",
            clip.audio,
            "-af",
            "silencedetect=noise=-40dB:d=0.5",
            "-f",
            "null",
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    silence = next(line for line in run.stderr.splitlines() if "silence_end" in line)
    assert float(silence.split("silence_end: ")[1].split()[0]) == pytest.approx(2, abs=0.1)


def test_a_recording_without_sound_gets_a_silent_track_of_its_length(tmp_path: Path) -> None:
    clip = normalise(record(tmp_path / "a.mp4", sound=False), tmp_path / "clip.mp4")
    assert not clip.has_audio
    assert not clip.encoded
    assert probe(clip.video).audio is None
    assert probe(clip.audio).duration == pytest.approx(clip.duration, abs=0.1)


def test_where_and_when_it_was_filmed_is_left_behind(tmp_path: Path) -> None:
    place = "-metadata location=+52.0907+005.1214/ -metadata comment=Jansen -movflags use_metadata_tags+faststart"
    source = record(tmp_path / "a.mp4", extra=place)
    assert b"Jansen" in source.read_bytes()
    clip = normalise(source, tmp_path / "clip.mp4")
    for made in (clip.video, clip.audio):
        assert b"Jansen" not in made.read_bytes()
        assert b"52.0907" not in made.read_bytes()


def broken(kind: str, folder: Path) -> Path:
    """Return a file that is no usable recording."""
    path = folder / f"{kind}.mp4"
    whole = record(folder / "whole.mp4", seconds=6)
    content = whole.read_bytes()
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "truncated":
        path.write_bytes(content[: len(content) // 3])
    elif kind == "headless":
        path.write_bytes(content[-len(content) // 3 :])
    elif kind == "text":
        path.write_text("geen video")
    elif kind == "sound-only":
        ffmpeg("-i", whole, "-vn", "-c", "copy", path)
    elif kind == "playlist":
        path.write_text(f"#EXTM3U\n#EXTINF:6,\n{whole}\n#EXT-X-ENDLIST\n")
    elif kind == "concat":
        path.write_text(f"ffconcat version 1.0\nfile '{whole}'\n")
    elif kind == "picture":
        ffmpeg("-i", whole, "-frames:v", "1", folder / "p.png")
        shutil.move(folder / "p.png", path)
    return path


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("empty", "empty (0 bytes)"),
        ("truncated", "incomplete"),
        ("headless", "not a readable"),
        ("text", "not a readable"),
        ("sound-only", "no picture"),
        ("playlist", "not a readable"),
        ("concat", "not a readable"),
        ("picture", "not a readable"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(kind: str, reason: str, tmp_path: Path) -> None:
    target = tmp_path / "out" / "clip.mp4"
    with pytest.raises(MediaProblem) as caught:
        normalise(broken(kind, tmp_path), target)
    assert reason in caught.value.message("en")
    assert caught.value.message("nl") != caught.value.message("en")
    assert not target.parent.exists() or list(target.parent.iterdir()) == []


def test_progress_is_told_in_seconds(tmp_path: Path) -> None:
    told: list[tuple[float, float]] = []
    normalise(record(tmp_path / "a.mkv"), tmp_path / "clip.mp4", lambda done, total: told.append((done, total)))
    assert told
    assert told[-1][0] == pytest.approx(2, abs=0.2)
    assert told[-1][1] == pytest.approx(2, abs=0.1)
