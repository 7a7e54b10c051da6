"""A family's file is changed by one at a time, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vib.family import (
    FILE,
    ChangedMeanwhile,
    ClipEntry,
    Family,
    Member,
    add_clips,
    change_family,
    read_family,
    stamp_of,
    write_family,
)

FAMILY = Family(family="F-1", method="vib-pleegzorg", language="nl", members=(Member(id="k1", role="kind"),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_family(tmp_path, FAMILY)
    return tmp_path


def test_of_many_who_list_a_recording_at_once_nobody_loses_what_another_listed(folder: Path) -> None:
    write_family(folder, FAMILY.model_copy(update={"clips": ()}))
    files = [f"{number}.mp4" for number in range(12)]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda file: add_clips(folder, [file]), files))
    assert sorted(clip.file for clip in read_family(folder).clips or ()) == sorted(files)


def test_a_family_that_lists_no_clips_stays_so(folder: Path) -> None:
    text = (folder / FILE).read_bytes()
    assert not add_clips(folder, ["a.mp4"])
    assert (folder / FILE).read_bytes() == text


def test_a_recording_that_is_listed_or_joined_is_not_listed_again(folder: Path) -> None:
    clips = (ClipEntry(file="a.mp4", join=("b.mp4",)),)
    write_family(folder, FAMILY.model_copy(update={"clips": clips}))
    assert not add_clips(folder, ["a.mp4", "b.mp4"])
    assert add_clips(folder, ["c.mp4", "c.mp4"])
    assert [clip.file for clip in read_family(folder).clips or ()] == ["a.mp4", "c.mp4"]


def test_a_change_that_was_thought_of_for_another_text_is_refused(folder: Path) -> None:
    stamp = stamp_of(folder)
    other = FAMILY.model_copy(update={"language": "en"})
    assert change_family(folder, lambda _: other, stamp=stamp) == (FAMILY, other)
    with pytest.raises(ChangedMeanwhile):
        change_family(folder, lambda _: FAMILY, stamp=stamp)
    assert read_family(folder) == other
