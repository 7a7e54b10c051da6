from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backend_ml.turns import audio
from backend_ml.turns.limits import Limits
from tests.scripts.marks import without_decoder
from tests.voices import RATE, run_ffmpeg
from vib.media import MediaProblem, probe

TONE = ["-f", "lavfi", "-i", "sine=440:d=3"]
PICTURE = ["-f", "lavfi", "-i", "testsrc2=s=160x120:d=6:r=10"]


def heard(path: Path, limits: Limits | None = None, block_bytes: int = 65_536) -> audio.Samples:
    blocks = list(audio.stream(path, probe(path), limits or Limits(), block_bytes=block_bytes))
    return np.concatenate(blocks) if blocks else np.empty(0, dtype=np.int16)


def onset(samples: audio.Samples) -> float:
    return float(np.argmax(np.abs(samples.astype(int)) > 300)) / RATE


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes what is asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_playlist_that_says_it_is_a_video_opens_no_other_file(tmp_path: Path, conversation: Path) -> None:
    trap = tmp_path / "trap.mp4"
    trap.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{conversation}\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaProblem):
        heard(trap)


def test_a_playlist_that_says_it_is_a_video_reaches_no_host(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    url, asked = listener
    trap = tmp_path / "trap.mp4"
    trap.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaProblem):
        heard(trap)
    assert asked == []


def test_a_concat_script_opens_no_other_file(tmp_path: Path, conversation: Path) -> None:
    trap = tmp_path / "trap.mp4"
    trap.write_text(f"ffconcat version 1.0\nfile {conversation}\n")
    with pytest.raises(MediaProblem):
        heard(trap)


@pytest.mark.parametrize("content", [b"", b"just some text\n" * 50, bytes(range(256)) * 40])
def test_a_file_that_is_no_media_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaProblem) as caught:
        heard(path)
    assert caught.value.reason.nl
    assert caught.value.reason.en


def test_a_video_that_was_cut_off_while_copying_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    run_ffmpeg(*PICTURE, *TONE, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", whole)
    part = tmp_path / "part.mp4"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(MediaProblem):
        heard(part)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaProblem):
        heard(tmp_path / "nothing.mp4")


def test_a_name_that_looks_like_an_option_or_a_protocol_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "-i http:%d.wav"
    run_ffmpeg(*TONE, "-f", "wav", f"file:{path}")
    assert len(heard(path)) == 3 * RATE


def test_a_video_without_sound_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    run_ffmpeg(*PICTURE, "-c:v", "libx264", "-preset", "ultrafast", path)
    assert len(heard(path)) == 0


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts", "mov"])
def test_sound_that_starts_after_the_picture_keeps_its_time(tmp_path: Path, container: str) -> None:
    path = tmp_path / f"late.{container}"
    streams = [*PICTURE, "-itsoffset", "2", *TONE, "-map", "0:v", "-map", "1:a"]
    run_ffmpeg(*streams, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", path)
    assert onset(heard(path)) == pytest.approx(2.0, abs=0.03)


def test_the_sound_track_of_a_video_keeps_the_time_of_its_video(tmp_path: Path) -> None:
    path = tmp_path / "late.m4a"
    run_ffmpeg("-itsoffset", "2", *TONE, "-c:a", "aac", path)
    assert onset(heard(path)) == pytest.approx(2.0, abs=0.03)


def test_a_hole_in_the_sound_is_heard_as_silence(tmp_path: Path) -> None:
    path = tmp_path / "hole.mkv"
    run_ffmpeg(*TONE, "-af", "asetpts='PTS+gte(T,1)*2/TB'", "-c:a", "pcm_s16le", path)
    samples = heard(path)
    assert len(samples) / RATE == pytest.approx(5.0, abs=0.05)
    assert np.abs(samples[round(1.5 * RATE) : round(2.5 * RATE)]).max() == 0


def test_a_file_longer_than_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "silence.flac"
    run_ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "10801", path)
    with pytest.raises(MediaProblem, match="longer than 180 minutes"):
        heard(path)


def test_a_file_that_hides_how_long_it_is_is_refused_on_the_way(conversation: Path) -> None:
    info = replace(probe(conversation), duration=0.0)
    blocks = audio.stream(conversation, info, Limits(max_seconds=6), block_bytes=4_096)
    with pytest.raises(MediaProblem, match="longer than"):
        for _ in blocks:
            pass


def test_work_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "silence.flac"
    run_ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "10700", path)
    with pytest.raises(MediaProblem, match="takes longer"):
        heard(path, Limits(work_seconds=0.05), block_bytes=512)


def test_ffmpeg_does_not_outlive_a_reader_that_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "silence.flac"
    run_ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "3600", path)
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def note(*arguments, **options):  # type: ignore[no-untyped-def]
        started.append(popen(*arguments, **options))
        return started[-1]

    info = probe(path)
    monkeypatch.setattr(subprocess, "Popen", note)
    blocks = audio.stream(path, info, Limits())
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None


def test_samples_do_not_depend_on_how_the_pipe_is_read(conversation: Path) -> None:
    whole = heard(conversation)
    for block_bytes in (999, 4_096, 1 << 20):
        np.testing.assert_array_equal(heard(conversation, block_bytes=block_bytes), whole)


def test_the_environment_sets_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_ML_MAX_SECONDS", "60")
    assert Limits().max_seconds == 60


def test_channels_that_cancel_each_other_out_are_heard(tmp_path: Path) -> None:
    path = tmp_path / "opposite.wav"
    run_ffmpeg(*TONE, "-af", "pan=stereo|c0=c0|c1=-1*c0", path)
    one = tmp_path / "one.wav"
    run_ffmpeg(*TONE, one)
    assert np.abs(heard(path).astype(int)).max() == pytest.approx(np.abs(heard(one).astype(int)).max(), rel=0.05)
    assert np.array_equal(heard(path), heard(path, block_bytes=777))


def test_the_mean_of_two_channels_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "left.wav"
    run_ffmpeg(*TONE, "-af", "pan=stereo|c0=c0|c1=0*c0", path)
    one = tmp_path / "one.wav"
    run_ffmpeg(*TONE, one)
    assert np.abs(heard(path).astype(int)).max() == pytest.approx(np.abs(heard(one).astype(int)).max() / 2, rel=0.05)


def test_of_the_sound_tracks_the_first_that_can_be_decoded_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "spatial.mov"
    run_ffmpeg(*PICTURE, *TONE, "-map", "0", "-map", "1", "-map", "1", "-c:v", "mpeg4", "-c:a", "aac", path)
    without_decoder(path)
    assert len(heard(path)) == pytest.approx(3 * RATE, rel=0.05)
