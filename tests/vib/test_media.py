"""Looking at media: what is really in a file, and no other file or host is opened for it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tests.turned import turn
from vib.media import SAFE_INPUT, MediaProblem, probe, reason_of, run_ffprobe

PICTURE = ("-f", "lavfi", "-i", "testsrc=duration=1:size=64x48:rate=25")
SOUND = ("-f", "lavfi", "-i", "sine=duration=1:sample_rate=16000")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def ffmpeg(*arguments: object) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one small file of every kind."""
    folder = tmp_path_factory.mktemp("media")
    both = folder / "both.mp4"
    ffmpeg(*PICTURE, *SOUND, *H264, "-c:a", "aac", both)
    ffmpeg("-i", both, "-c", "copy", "-an", folder / "silent.mp4")
    ffmpeg("-i", both, "-c", "copy", folder / "turned.mp4")
    turn(folder / "turned.mp4")
    ffmpeg("-i", both, "-frames:v", "1", "-c:v", "png", "-f", "image2", folder / "cover.png")
    maps = ("-map", "0:a", "-map", "1:v", "-c", "copy", "-disposition:v", "attached_pic")
    ffmpeg("-i", both, "-i", folder / "cover.png", *maps, folder / "cover.m4a")
    ffmpeg(*PICTURE, *SOUND, "-c:v", "mjpeg", "-c:a", "mp3", "-shortest", folder / "old.avi")
    return folder


def test_picture_and_sound_are_described(made: Path) -> None:
    info = probe(made / "both.mp4")
    assert info.duration == pytest.approx(1.0, abs=0.1)
    assert info.start == 0.0
    assert "mp4" in info.container.split(",")
    assert info.video is not None
    assert (info.video.codec, info.video.pixel_format) == ("h264", "yuv420p")
    assert (info.video.width, info.video.height, info.video.rotation) == (64, 48, 0)
    assert (info.video.frames_per_second, info.video.start) == (Fraction(25), 0.0)
    assert info.audio is not None
    assert (info.audio.codec, info.audio.sample_rate, info.audio.channels) == ("aac", 16000, 1)


def test_another_container_is_described_too(made: Path) -> None:
    info = probe(made / "old.avi")
    assert (info.container, info.video and info.video.codec, info.audio and info.audio.codec) == (
        "avi",
        "mjpeg",
        "mp3",
    )


def test_a_file_without_sound_has_none(made: Path) -> None:
    info = probe(made / "silent.mp4")
    assert info.video is not None
    assert info.audio is None


def test_a_cover_is_no_moving_picture(made: Path) -> None:
    info = probe(made / "cover.m4a")
    assert info.video is None
    assert info.audio is not None


def test_a_camera_that_was_turned_is_seen(made: Path) -> None:
    video = probe(made / "turned.mp4").video
    assert video is not None
    assert video.rotation in (90, 270)
    assert (video.width, video.height) == (64, 48)


@pytest.mark.parametrize(
    "name",
    [
        "-i.mp4",
        "a:b.mp4",
        "http:x.mp4",
        "concat:a|b.mp4",
        "a%03d.mp4",
        "é ' \" *.mp4",
        "two\nlines.mp4",
        "\udcff.mp4",
    ],
    ids=ascii,
)
def test_a_name_is_only_ever_a_name(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shutil.copy(made / "both.mp4", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert probe(Path(name)).video is not None
    assert probe(tmp_path / name).audio is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"from pathlib import Path\nprint(Path.cwd())\n" * 20,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nboth.mp4\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile both.mp4\n",
        b"<?xml version='1.0'?><MPD><Period><BaseURL>http://127.0.0.1:9/</BaseURL></Period></MPD>",
        b"http://127.0.0.1:9/x.mp4",
        b"\x00" * 4096,
    ],
    ids=["empty", "text", "playlist", "concat script", "dash", "address", "zeros"],
)
@pytest.mark.parametrize("name", ["clip.mp4", "clip.avi"])
def test_what_is_no_recording_is_refused_in_both_languages(
    made: Path, tmp_path: Path, content: bytes, name: str
) -> None:
    shutil.copy(made / "both.mp4", tmp_path / "both.mp4")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MediaProblem) as caught:
        probe(tmp_path / name)
    dutch, english = caught.value.message("nl"), caught.value.message("en")
    assert caught.value.place == str(tmp_path / name)
    assert ("leeg" if content == b"" else "geen leesbare") in dutch
    assert ("empty" if content == b"" else "not a readable") in english
    assert "libpostproc" not in english, "the banner of ffprobe is no reason"
    assert "matroska" not in english, "the list of containers is no reason"


def test_half_a_recording_is_refused(made: Path, tmp_path: Path) -> None:
    content = (made / "both.mp4").read_bytes()
    (tmp_path / "half.mp4").write_bytes(content[: len(content) // 4])
    with pytest.raises(MediaProblem, match="not a readable"):
        probe(tmp_path / "half.mp4")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path, tmp_path / "gone.mp4", tmp_path / "pipe.mp4"):
        with pytest.raises(MediaProblem, match="no such file") as caught:
            probe(path)
        assert "bestaat niet" in caught.value.message("nl")


def test_only_files_and_single_file_containers_are_allowed() -> None:
    assert SAFE_INPUT["protocol_whitelist"].split(",") == ["file", "pipe"]
    allowed = set(SAFE_INPUT["format_whitelist"].split(","))
    assert not allowed & {
        "hls",
        "dash",
        "concat",
        "image2",
        "lavfi",
        "sdp",
        "rtsp",
        "tedcaptions",
        "imf",
        "applehttp",
    }


def fake_ffprobe(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    (folder / "ffprobe").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "ffprobe").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put an ffprobe on the path that takes two seconds, and return where it notes its number."""
    note = tmp_path / "number"
    fake_ffprobe(tmp_path, monkeypatch, f"echo $$ > '{note}'\nexec sleep 2")
    yield note
    if note.exists() and Path(f"/proc/{note.read_text().strip()}").exists():
        os.kill(int(note.read_text()), signal.SIGKILL)


def test_a_file_that_takes_too_long_to_look_at_is_refused_and_nothing_goes_on(made: Path, slow: Path) -> None:
    with pytest.raises(MediaProblem, match="longer than") as caught:
        probe(made / "both.mp4", seconds=0.3)
    assert "langer dan" in caught.value.message("nl")
    assert not Path(f"/proc/{slow.read_text().strip()}").exists()


@pytest.mark.parametrize("answer", ["", "not json", "{}"])
def test_an_answer_without_streams_is_no_recording(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    fake_ffprobe(tmp_path, monkeypatch, f"echo '{answer}'")
    if answer == "{}":
        info = probe(made / "both.mp4")
        assert (info.duration, info.video, info.audio) == (0.0, None, None)
        return
    with pytest.raises(MediaProblem, match="gave no answer"):
        probe(made / "both.mp4")


def test_more_can_be_asked_of_ffprobe(made: Path) -> None:
    assert "packets" in run_ffprobe(made / "both.mp4", show_packets=None)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", "ffmpeg"),
        (None, "ffmpeg"),
        (b"[a @ 0x1] wrong\n/tmp/x y.mp4: wrong\n", "wrong"),
        (b"\xff\n", "\N{REPLACEMENT CHARACTER}"),
        (b"one\ntwo\nthree", "two; three"),
    ],
)
def test_a_reason_is_what_ffmpeg_said_last(said: bytes | None, reason: str) -> None:
    assert reason_of(said) == reason


@pytest.mark.parametrize(
    ("content", "nl"),
    [
        (b"no film", "de inhoudsopgave ontbreekt"),
        (b"", "het bestand is leeg"),
    ],
)
def test_why_a_file_is_no_recording_is_said_in_dutch(tmp_path: Path, content: bytes, nl: str) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaProblem) as caught:
        probe(path)
    assert nl in caught.value.reason.nl
    assert "in het Engels" not in caught.value.reason.nl
