"""Of several sound tracks the one with speech is used, or the one that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.normalise import normalise
from scripts.preparing import prepare
from scripts.sound_tracks import with_sound
from tests.scripts.conftest import FAMILY, ffmpeg
from tests.scripts.marks import channels
from tests.voices import RATE, talk, write_wav
from vib.clip_files import LOOK
from vib.family import read_family
from vib.library import LIBRARY, opened
from vib.look import look_from
from vib.media import probe
from vib.problem import InputProblem

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a recording with two sound tracks: a hum, and talk."""
    folder = tmp_path_factory.mktemp("tracks")
    said = write_wav(folder / "talk.wav", talk()[: 6 * RATE])
    picture = ("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=6", "-f", "lavfi", "-i", "sine=f=100:d=6")
    ffmpeg(*picture, "-i", said, "-map", "0:v", "-map", "1:a", "-map", "2:a", *H264, "-c:a", "aac", folder / "a.mkv")
    return folder / "a.mkv"


def used(clip: Path) -> int | None:
    look = look_from(clip.with_suffix(LOOK).read_bytes())
    assert look is not None
    return look.sound_track


def test_the_track_with_speech_is_used_and_that_is_said(recording: Path, tmp_path: Path) -> None:
    clip = normalise(recording, tmp_path / "clip.mp4")
    assert used(clip.video) == 2
    assert abs(channels(clip.video)[:8000]).max() < 1000, "the hum would be there from the beginning"
    assert "of 2 sound tracks number 2 is used" in clip.remarks[0].en


def test_the_track_that_is_asked_for_is_used(recording: Path) -> None:
    info = probe(recording)
    assert [with_sound(recording, info, asked).audio for asked in (1, 2)] == list(info.sounds)
    with pytest.raises(InputProblem, match="3, but there are 2 sound tracks"):
        with_sound(recording, info, 3)


def test_the_first_track_stays_where_no_other_has_more_speech(tmp_path: Path) -> None:
    said = write_wav(tmp_path / "talk.wav", talk()[: 6 * RATE])
    film = ("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=6", "-i", said, "-f", "lavfi", "-i", "anoisesrc=d=6")
    ffmpeg(*film, "-map", "0:v", "-map", "1:a", "-map", "1:a", "-map", "2:a", *H264, "-c:a", "aac", tmp_path / "a.mkv")
    info = probe(tmp_path / "a.mkv")
    assert with_sound(tmp_path / "a.mkv", info, None).audio == info.sounds[0]


@pytest.mark.nightly
def test_another_choice_makes_the_clip_anew_and_the_same_one_does_not(
    recording: Path, make_family: Callable[..., Path], tmp_path: Path
) -> None:
    folder, media = make_family(), tmp_path / "media"
    (folder / "a.mkv").write_bytes(recording.read_bytes())
    clip = media / folder.name / "a.mp4"

    def made(sound: str) -> int:
        listed = f"clips: [{{file: a.mkv{sound}}}]\n"
        text = "format: vib-family/2\n" + FAMILY.format(family=folder.name).partition("consent:")[0] + listed
        (folder / "family.yaml").write_text(text, encoding="utf-8")
        with opened(tmp_path / LIBRARY) as library:
            prepared = prepare(folder, read_family(folder), library, media, lambda *_: None)
        assert prepared.problems == []
        return prepared.encoded

    assert (made(", sound: 1"), used(clip)) == (1, 1)
    assert (made(", sound: 1"), made("")) == (0, 0)
    assert (made(", sound: 2"), used(clip)) == (1, 2)
