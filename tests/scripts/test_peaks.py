"""The peaks of a clip's sound: what a screen draws is what is heard, from all channels, at its time."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.peaks import RATE, keep_peaks, write_peaks
from tests.scripts.conftest import ffmpeg
from tests.scripts.marks import marked
from vib.media import PassingProblem
from vib.peaks import HEADER, OVERVIEW, PAIR, PAIRS_A_SECOND, PEAKS, count_of


def pairs(clip: Path, ending: str) -> NDArray[np.int16]:
    """Read the peaks of a clip as whoever knows nothing of them but that they are in a WAV file."""
    with wave.open(str(clip.with_suffix(ending))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)


def loud(found: NDArray[np.int16], rate: int) -> list[float]:
    """Return when sound begins and ends, in seconds."""
    edges = np.flatnonzero(np.diff((np.abs(found.astype(int)).max(axis=1) > 2000).astype(int), prepend=0, append=0))
    return [round(float(edge) / rate, 3) for edge in edges]


def test_sound_that_cancels_out_in_one_channel_is_drawn_at_its_own_time(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    opposite = ("-af", "pan=stereo|c0=c0|c1=-1*c0")
    ffmpeg(*marked((1, 2.5), 4), *opposite, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", clip)
    keep_peaks(clip, 4, has_audio=True)
    for ending, rate in PAIRS_A_SECOND.items():
        found = pairs(clip, ending)
        assert len(found) == 4 * rate
        assert loud(found, rate) == pytest.approx([1, 1.2, 2.5, 2.7], abs=1.5 / rate + 0.01)
        assert found.max() == pytest.approx(0.5 * 2**15, rel=0.1)
        assert found.min() == pytest.approx(-0.5 * 2**15, rel=0.1)


def test_each_pair_is_the_least_and_the_greatest_of_its_time_and_channels(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).integers(-(2**15), 2**15, (RATE + 50, 3), dtype=np.int16)
    write_peaks(tmp_path / "clip.mp4", 1.1, iter([sound[:1200], sound[1200:]]))
    fine, coarse = (pairs(tmp_path / "clip.mp4", ending) for ending in (PEAKS, OVERVIEW))
    for found, step in ((fine, RATE // 400), (coarse, RATE // 20)):
        parts = [sound[first : first + step] for first in range(0, len(sound), step)]
        assert found[: len(parts)].tolist() == [[part.min(), part.max()] for part in parts]
        assert not found[len(parts) :].any(), "after the sound it is silent"
    assert (len(fine), len(coarse)) == (440, 22)


def test_a_piece_of_a_minute_is_found_by_its_place(tmp_path: Path) -> None:
    later = np.zeros((121 * RATE, 1), np.int16)
    later[60 * RATE], later[120 * RATE - 1] = 1000, -1000
    write_peaks(tmp_path / "clip.mp4", 121, iter([later]))
    piece = 60 * 400 * PAIR
    second = (tmp_path / "clip.peaks").read_bytes()[HEADER + piece : HEADER + 2 * piece]
    found = np.frombuffer(second, dtype="<i2").reshape(-1, 2)
    assert (found[0, 1], found[-1, 0], np.count_nonzero(found)) == (1000, -1000, 2)


def test_the_overview_of_three_hours_is_less_than_a_megabyte() -> None:
    assert HEADER + PAIR * count_of(OVERVIEW, 3 * 3600) <= 1_000_000


def test_a_clip_without_sound_is_drawn_silent(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").touch()
    keep_peaks(tmp_path / "clip.mp4", 2.001, has_audio=False)
    assert [len(pairs(tmp_path / "clip.mp4", ending)) for ending in (PEAKS, OVERVIEW)] == [801, 41]
    assert not pairs(tmp_path / "clip.mp4", PEAKS).any()


def test_peaks_are_made_once_and_again_when_the_clip_is_another_or_they_are_not_whole(tmp_path: Path) -> None:
    clip, made = tmp_path / "clip.mp4", tmp_path / "clip.peaks"
    clip.touch()
    keep_peaks(clip, 2, has_audio=False)
    first = made.stat().st_ino
    keep_peaks(clip, 2, has_audio=False)
    assert made.stat().st_ino == first
    later = made.stat().st_mtime + 5
    os.utime(clip, (later, later))
    keep_peaks(clip, 2, has_audio=False)
    assert (second := made.stat().st_ino) != first
    os.truncate(made, 100)
    keep_peaks(clip, 2, has_audio=False)
    assert made.stat().st_ino != second
    assert made.stat().st_size == HEADER + PAIR * 800


def test_sound_that_cannot_be_read_leaves_no_peaks_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_text("no film")
    with pytest.raises(PassingProblem, match="the waveform of this clip cannot be made"):
        keep_peaks(tmp_path / "clip.mp4", 2, has_audio=True)
    assert not [*tmp_path.glob("*clip.peaks*"), *tmp_path.glob("*clip.overview*")]
