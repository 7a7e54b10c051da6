"""Recordings that go on in one another become one clip, in which each moment is that of its recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.normalise import normalise
from scripts.preparing import prepare
from tests.scripts.conftest import FAMILY, ffmpeg, record
from tests.scripts.marks import FRAME, heard, marked, seen
from vib.clip_files import LOOK, TIME
from vib.clip_time import ClipTime
from vib.family import read_family
from vib.library import LIBRARY, opened
from vib.look import look_from
from vib.media import probe

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest.mark.nightly
def test_picture_and_sound_of_joined_recordings_come_when_they_did(tmp_path: Path) -> None:
    # 3.1 s and 2 s of 30 pictures a second are no whole number of frames of a clip.
    ffmpeg(*marked((0.5, 2.5), 3.1), *H264, "-c:a", "aac", "-ac", "1", "-ar", "16000", tmp_path / "1.mp4")
    silent = ("-f", "lavfi", "-i", "color=0x303030:s=160x120:r=30:d=2.03")
    ffmpeg(*silent, *H264, tmp_path / "2.mp4")
    ffmpeg(*marked((1,), 3, size="120x160"), *H264, "-c:a", "aac", "-ac", "2", tmp_path / "3.mp4")
    then = [tmp_path / "2.mp4", tmp_path / "3.mp4"]
    clip = normalise(tmp_path / "1.mp4", tmp_path / "clip.mp4", then=then)
    time = ClipTime.model_validate_json(clip.video.with_suffix(TIME).read_bytes())
    assert [piece.file for piece in time.pieces] == ["1.mp4", "2.mp4", "3.mp4"]
    moments = (0.5, 2.5, time.pieces[2].clip + 1)
    for times in (seen(clip.video), heard(clip.video), heard(clip.audio)):
        assert times == pytest.approx(moments, abs=FRAME)
    assert time.original(moments[2]).seconds == pytest.approx(1, abs=FRAME)
    assert clip.duration == pytest.approx(3.1 + 2.03 + 3, abs=2 * FRAME)
    video = probe(clip.video).video
    assert video is not None
    assert (video.width, video.height) == (160, 120)
    look = look_from(clip.video.with_suffix(LOOK).read_bytes())
    assert look is not None
    assert look.frames == look.expected_frames
    assert [place.sound for place in look.places if place.sound is not None] == pytest.approx([0, 0], abs=0.03)
    assert all(file in {"1.mp4", "2.mp4", "3.mp4"} for file in (said.en.split(":")[0] for said in clip.remarks))


def test_files_of_one_clip_are_one_clip_of_the_family_as_long_as_they_stay_the_same(
    make_family: Callable[..., Path], tmp_path: Path
) -> None:
    folder = make_family()
    for number in (1, 2):
        record(folder / f"{number}.mp4", seconds=1, tone=200 + number)
    text = "format: vib-family/2\n" + FAMILY.format(family=folder.name).partition("consent:")[0]

    def made(clips: str) -> tuple[list[str], int, list[str]]:
        (folder / "family.yaml").write_text(f"{text}clips: [{clips}]\n", encoding="utf-8")
        with opened(tmp_path / LIBRARY) as library:
            prepared = prepare(folder, read_family(folder), library, tmp_path / "media", lambda *_: None)
        return [*prepared.clips], prepared.encoded, [problem.reason.en for problem in prepared.problems]

    assert made("{file: 1.mp4, join: [2.mp4]}") == ([f"{folder.name}/1"], 1, [])
    assert probe(tmp_path / "media" / folder.name / "1.mp4").duration == pytest.approx(2, abs=0.1)
    assert made("{file: 1.mp4, join: [2.mp4]}") == ([f"{folder.name}/1"], 0, [])
    clips, _, reasons = made("{file: 1.mp4}")
    assert clips == []
    assert any(reason.startswith("its content differs from when this clip was registered") for reason in reasons)
