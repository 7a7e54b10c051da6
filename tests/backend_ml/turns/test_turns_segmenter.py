"""The segmenter as a whole, on real media with the real models."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from backend_ml.cache import sha256_of
from backend_ml.turns.hearing import Hearing
from backend_ml.turns.limits import Limits
from backend_ml.turns.models import models
from backend_ml.turns.segmenter import TurnsSegmenter
from tests.conftest import ROOT
from tests.voices import run_ffmpeg
from vib.media import MediaProblem
from vib.segmenting import Segmentation

DEMO = ROOT / "demo"
CLIP = DEMO / "families" / "F-0001" / "2026-03-01-maaltijd.mp4"


class Heard(NamedTuple):
    """What came of hearing a clip for the first time."""

    clip: Path
    found: Segmentation
    progress: list[float]
    evidence: Path


@pytest.fixture(scope="module")
def first(family_talk: Path, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """Fourteen seconds of a demo clip, heard once for all tests."""
    data, progress = tmp_path_factory.mktemp("heard"), list[float]()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VIB_DATA", str(data))
        found = TurnsSegmenter().segment(family_talk, progress.append)
    return Heard(family_talk, found, progress, data / "evidence")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIB_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def kept(first: Heard, own_data: Path) -> Path:
    """The file of what was heard, in the data of the test."""
    (file,) = shutil.copytree(first.evidence, own_data / "evidence").glob("*.npz")
    return Path(file)


def made(path: Path, *arguments: str | Path) -> Path:
    run_ffmpeg(*arguments, path)
    return path


def test_most_turns_of_a_demo_clip_are_found_with_the_right_actor() -> None:
    truth = json.loads((DEMO / "turns" / "F-0001" / "2026-03-01-maaltijd.json").read_text())["turns"]
    found = TurnsSegmenter().segment(CLIP)
    right = [
        t
        for t in truth
        if any(
            f.actor == t["actor"] and abs(f.start - t["start"]) <= 0.5 and abs(f.end - t["end"]) <= 0.5
            for f in found.turns
        )
    ]
    assert len(right) >= 0.7 * len(truth)
    assert found.model_version == TurnsSegmenter().version


def test_the_portions_in_which_samples_come_make_no_difference() -> None:
    samples = np.random.default_rng(0).integers(-3000, 3000, 16_000 * 23, dtype=np.int16)
    heard = []
    for size in (160_000, 7_777):
        hearing = Hearing(models())
        for first in range(0, len(samples), size):
            hearing.feed(samples[first : first + size])
        heard.append(hearing.finish(23.0))
    one, other = heard
    assert np.array_equal(one.frames, other.frames)
    assert np.array_equal(one.voices, other.voices)
    assert np.array_equal(one.starts, other.starts)


def test_the_block_size_of_the_pipe_makes_no_difference(first: Heard) -> None:
    assert TurnsSegmenter(block_bytes=1111).segment(first.clip) == first.found


def test_what_was_heard_is_kept_by_content_for_its_owner_alone(first: Heard) -> None:
    (file,) = first.evidence.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert file.name.startswith(sha256_of(first.clip))


def test_asking_again_reads_what_was_heard_and_gives_the_same_turns(first: Heard, kept: Path) -> None:
    again: list[float] = []
    assert TurnsSegmenter().segment(first.clip, again.append) == first.found
    assert again == []


def test_nothing_is_kept_of_voices_where_that_is_switched_off(
    first: Heard, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIB_ML_KEEP_EVIDENCE", "false")
    assert TurnsSegmenter().segment(first.clip) == first.found
    assert not (own_data / "evidence").exists()


def test_damaged_evidence_is_heard_anew(first: Heard, kept: Path) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[:500])
    assert TurnsSegmenter().segment(first.clip) == first.found
    assert kept.stat().st_size > 500


@pytest.mark.parametrize("seconds", [0.01, 0.04, 0.5, 3.0])
def test_a_very_short_file_has_no_turns_of_silence(tmp_path: Path, seconds: float) -> None:
    file = made(tmp_path / "short.wav", "-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", str(seconds))
    assert TurnsSegmenter().segment(file).turns == ()


def test_a_film_without_sound_has_no_turns(tmp_path: Path) -> None:
    film = made(tmp_path / "mute.mp4", "-f", "lavfi", "-i", "testsrc2=s=160x120:d=2", "-pix_fmt", "yuv420p")
    assert TurnsSegmenter().segment(film).turns == ()


def test_eight_channels_at_8_khz_are_cut_as_well(tmp_path: Path) -> None:
    pan = "pan=7.1|" + "|".join(f"c{n}=c0" for n in range(8))
    file = made(tmp_path / "eight.wav", "-t", "24", "-i", CLIP, "-vn", "-af", pan, "-ar", "8000")
    actors = {turn.actor for turn in TurnsSegmenter().segment(file).turns}
    assert {"kind", "volwassene"} <= actors


def test_progress_grows_to_the_end(first: Heard) -> None:
    assert first.progress == sorted(first.progress)
    assert first.progress[-1] > 0.95


def test_a_file_that_is_no_media_says_so(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"not a film")
    with pytest.raises(MediaProblem):
        TurnsSegmenter().segment(file)


def test_a_clip_that_is_longer_than_allowed_says_so() -> None:
    with pytest.raises(MediaProblem):
        TurnsSegmenter(Limits(max_seconds=10)).segment(CLIP)


def test_a_picture_that_is_looked_at_is_in_the_version_and_told_of_and_moves_no_boundary(tmp_path: Path) -> None:
    clip = made(tmp_path / "clip.mp4", "-i", CLIP, "-t", "14", "-c", "copy")
    parts: list[float] = []
    looked = TurnsSegmenter(Limits(sight=True)).segment(clip, parts.append)
    heard = TurnsSegmenter(Limits(sight=False)).segment(clip)
    assert looked.model_version == f"{heard.model_version}+sight"
    assert [(t.start, t.end, t.actor) for t in looked.turns] == [(t.start, t.end, t.actor) for t in heard.turns]
    assert heard.seen is None
    assert looked.seen is not None
    assert looked.seen.seconds == pytest.approx(looked.duration, abs=0.1)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_nothing_is_told_of_the_picture_of_a_file_with_sound_only(tmp_path: Path) -> None:
    sound = made(tmp_path / "sound.m4a", "-f", "lavfi", "-i", "sine=440:d=3")
    assert TurnsSegmenter(Limits(sight=True)).segment(sound).seen is None
