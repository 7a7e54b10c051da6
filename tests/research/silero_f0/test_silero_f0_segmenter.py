from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from backend_ml.turns.limits import Limits
from research.silero_f0.segmenter import SileroF0Segmenter
from tests.voices import ADULT, TALK, run_ffmpeg, speak, talk, write_wav
from vib.media import MediaProblem
from vib.segmenting import Segmentation

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "demo"

SOUND = {
    "8k.wav": ["-ar", "8000"],
    "44k.wav": ["-ar", "44100", "-c:a", "pcm_s24le"],
    "stereo.mp3": ["-ac", "2"],
    "mono.flac": [],
    "eight.wav": ["-ac", "8"],
    "track.m4a": ["-c:a", "aac"],
    "talk.ogg": ["-c:a", "libvorbis", "-ar", "44100"],
}
PICTURE = ["-f", "lavfi", "-i", "color=s=64x48:r=5:d=12.5"]
VIDEO = {
    "talk.mp4": ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"],
    "talk.webm": ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"],
}


@pytest.fixture(scope="module")
def segmenter() -> SileroF0Segmenter:
    return SileroF0Segmenter(Limits())


def expect_talk(found: Segmentation, tolerance: float = 0.3) -> None:
    assert [t.actor for t in found.turns] == [actor for _, _, actor in TALK]
    for turn, (start, end, _) in zip(found.turns, TALK, strict=True):
        assert turn.start == pytest.approx(start, abs=tolerance)
        assert turn.end == pytest.approx(end, abs=tolerance)


def test_a_conversation_is_cut_into_turns(segmenter: SileroF0Segmenter, conversation: Path) -> None:
    found = segmenter.segment(conversation)
    expect_talk(found)
    assert found.duration == 12.5
    assert all(0 < t.confidence <= 1 for t in found.turns)


def test_the_result_is_json(segmenter: SileroF0Segmenter, conversation: Path) -> None:
    found = segmenter.segment(conversation)
    assert json.loads(json.dumps(found.content())) == found.content()


@pytest.mark.nightly
@pytest.mark.parametrize("name", SOUND)
def test_every_kind_of_sound_file_gives_the_same_turns(
    segmenter: SileroF0Segmenter, conversation: Path, tmp_path: Path, name: str
) -> None:
    run_ffmpeg("-i", conversation, *SOUND[name], tmp_path / name)
    expect_talk(segmenter.segment(tmp_path / name))


@pytest.mark.nightly
@pytest.mark.parametrize("name", VIDEO)
def test_every_kind_of_video_gives_the_same_turns(
    segmenter: SileroF0Segmenter, conversation: Path, tmp_path: Path, name: str
) -> None:
    run_ffmpeg(*PICTURE, "-i", conversation, *VIDEO[name], tmp_path / name)
    found = segmenter.segment(tmp_path / name)
    expect_talk(found)
    assert found.duration == pytest.approx(12.5, abs=0.2)


@pytest.mark.nightly
@pytest.mark.parametrize("block_bytes", [1_000, 1_024, 333_333])
def test_the_result_does_not_depend_on_how_the_pipe_is_read(
    segmenter: SileroF0Segmenter, conversation: Path, block_bytes: int
) -> None:
    assert SileroF0Segmenter(Limits(), block_bytes=block_bytes).segment(conversation) == segmenter.segment(conversation)


def test_one_file_does_not_change_the_result_of_the_next(
    segmenter: SileroF0Segmenter, conversation: Path, tmp_path: Path
) -> None:
    before = segmenter.segment(conversation)
    segmenter.segment(write_wav(tmp_path / "other.wav", speak(ADULT, 3.0)))
    assert segmenter.segment(conversation) == before


def test_one_adult_alone_gives_no_child(segmenter: SileroF0Segmenter, tmp_path: Path) -> None:
    found = segmenter.segment(write_wav(tmp_path / "adult.wav", speak(ADULT, 6.0)))
    assert {t.actor for t in found.turns} == {"volwassene"}


def test_silence_and_noise_give_no_turns(segmenter: SileroF0Segmenter, tmp_path: Path) -> None:
    noise = np.random.default_rng(5).standard_normal(80_000) * 0.05
    assert segmenter.segment(write_wav(tmp_path / "silence.wav", np.zeros(80_000))).turns == ()
    assert segmenter.segment(write_wav(tmp_path / "noise.wav", noise)).turns == ()


def test_sound_that_clips_gives_the_same_turns(segmenter: SileroF0Segmenter, tmp_path: Path) -> None:
    loud = np.clip(talk() * 12, -1, 1)
    assert (np.abs(loud) == 1).mean() > 0.05
    expect_talk(segmenter.segment(write_wav(tmp_path / "loud.wav", loud)))


def test_a_video_without_sound_has_a_duration_and_no_turns(segmenter: SileroF0Segmenter, tmp_path: Path) -> None:
    run_ffmpeg(*PICTURE, "-c:v", "libx264", "-preset", "ultrafast", tmp_path / "mute.mp4")
    found = segmenter.segment(tmp_path / "mute.mp4")
    assert found.turns == ()
    assert found.duration == pytest.approx(12.5, abs=0.2)


def test_a_turn_that_the_end_cuts_off_ends_with_the_clip(segmenter: SileroF0Segmenter, tmp_path: Path) -> None:
    found = segmenter.segment(write_wav(tmp_path / "cut.wav", talk()[: 16_000 * 8]))
    assert found.turns[-1].end == found.duration == 8.0


@pytest.mark.nightly
def test_three_silent_hours_are_given_up_when_time_is_up(tmp_path: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "10800", tmp_path / "long.flac")
    with pytest.raises(MediaProblem, match="longer than 1 s"):
        SileroF0Segmenter(Limits(work_seconds=1)).segment(tmp_path / "long.flac")


@pytest.mark.nightly
def test_memory_is_the_same_for_ten_minutes_and_for_an_hour(tmp_path: Path, conversation: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path;"
        "from research.silero_f0.segmenter import SileroF0Segmenter;"
        "found = SileroF0Segmenter().segment(Path(sys.argv[1]));"
        "print(len(found.turns), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    measured = []
    sparse = tmp_path / "sparse.wav"
    run_ffmpeg("-i", conversation, "-af", "apad=whole_dur=50", sparse)
    for minutes in (10, 60):
        path = tmp_path / f"{minutes}.wav"
        run_ffmpeg("-stream_loop", "-1", "-i", sparse, "-t", str(60 * minutes), "-c", "copy", path)
        command = [sys.executable, "-c", script, path]
        run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=1800, check=True)
        measured.append([int(number) for number in run.stdout.split()])
    (few, small), (many, large) = measured
    assert many > 5 * few > 200
    assert large <= 1.1 * small
