"""Chapters of one recording: offered as one clip, and made of nothing until that is decided."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scripts.offering import divided, offer
from tests.scripts.conftest import FAMILY, ffmpeg, record
from tests.scripts.test_preparing import library, make, old, reasons
from vib.family import ClipEntry, read_family

__all__ = ["library", "make"]

MakeFamily = Callable[..., Path]
Recordings = Callable[[int], list[Path]]


@pytest.mark.nightly
def test_chapters_of_a_camera_wait_until_it_is_said_whether_they_are_one_clip(
    make_family: MakeFamily, make: Callable[..., object], recordings: Recordings
) -> None:
    folder = make_family()
    names = ("GX010123.MP4", "GX020123.MP4", "ontbijt.mp4")
    for path, name in zip(recordings(3), names, strict=True):
        old(Path(shutil.copy(path, folder / name)))
    made = make(folder)
    assert list(made.clips) == [f"{folder.name}/ontbijt"]
    [(place, said)] = reasons(made).items()
    assert place == "GX010123.MP4"
    line = said[said.index("clips: [") : said.index(" and it becomes")]
    listed = yaml.safe_load(line)
    assert listed == {"clips": [{"file": names[0], "join": [names[1]]}, {"file": names[2]}]}
    apart = yaml.safe_dump({"clips": [{"file": name} for name in names]})
    (folder / "family.yaml").write_text(FAMILY.format(family=folder.name) + apart)
    assert sorted(make(folder).clips) == sorted(f"{folder.name}/{Path(name).stem}" for name in names)
    (folder / "family.yaml").write_text(FAMILY.format(family=folder.name))
    assert reasons(make(folder)) == {}


def test_files_of_avchd_are_one_recording_where_one_goes_on_in_the_next(tmp_path: Path) -> None:
    film = record(tmp_path / "film.mp4", seconds=4)
    names = [f"0000{number}.MTS" for number in range(4)]
    for name, start in zip(names, (1.4, 5.4, 1.4, 5.4), strict=True):
        ffmpeg("-i", film, "-c", "copy", "-output_ts_offset", str(start - 1.4), "-f", "mpegts", tmp_path / name)
        os.utime(tmp_path / name, (1, 1))
    entries = [ClipEntry(file=name) for name in names]
    assert divided(tmp_path, entries) == [tuple(names[:2]), tuple(names[2:])]
    for number, name in enumerate(names):
        ffmpeg("-i", film, "-c", "copy", "-f", "mpegts", tmp_path / name)
        when = 1000 + (4 * number if number < 2 else 600 * number)
        os.utime(tmp_path / name, (when, when))
    assert divided(tmp_path, entries) == [tuple(names[:2])]


def test_the_line_that_is_offered_can_be_read(make_family: MakeFamily) -> None:
    folder = make_family()
    entries = [ClipEntry(file=name) for name in ("GH010001.MP4", "GH020001.MP4", "een: twee, [drie].mp4")]
    said = offer(folder, ("GH010001.MP4", "GH020001.MP4"), entries).reason.nl
    line = said[said.index("clips: [") : said.index(" en het wordt één clip")]
    text = (folder / "family.yaml").read_text()
    (folder / "family.yaml").write_text("format: vib-family/2\n" + second(text) + line + "\n")
    clips = read_family(folder).clips
    assert clips is not None
    assert [(clip.file, clip.join) for clip in clips] == [
        ("GH010001.MP4", ("GH020001.MP4",)),
        ("een: twee, [drie].mp4", ()),
    ]


def second(text: str) -> str:
    """Return a family.yaml of the first format as one of the second, without its first line."""
    from vib.family import upgraded

    return upgraded(text).removeprefix("format: vib-family/2\n")
