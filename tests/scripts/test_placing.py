"""What arrived comes to lie in its family's folder once, under a free name, whenever that is broken off."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from scripts.placing import place
from vib.library import content_hash
from vib.sending import Outcome, Sending, Sent, begin, one_at_a_time

CONTENT = b"a recording"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "families" / "F-1"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def one(tmp_path: Path) -> Sending:
    sent = Sent(user=3, family="F-1", name="a.mp4", original="a.mp4", length=len(CONTENT), begun=1.0)
    with one_at_a_time(tmp_path / "intake"):
        made = begin(tmp_path / "intake", sent)
    made.body.write_bytes(CONTENT)
    return made


def placed(one: Sending, folder: Path, *used: str) -> str:
    return place(one, folder, content_hash(one.body), used).name


def test_it_lies_there_and_is_noted(one: Sending, folder: Path) -> None:
    assert placed(one, folder) == "a.mp4"
    assert (folder / "a.mp4").read_bytes() == CONTENT
    assert not one.body.exists()
    assert (one.outcome.stage, one.outcome.name) == ("placed", "a.mp4")


def test_another_file_of_that_name_stays_and_so_does_a_clip(one: Sending, folder: Path) -> None:
    (folder / "A.MOV").write_bytes(b"another")
    assert placed(one, folder, "a (2)") == "a (3).mp4"
    assert (folder / "A.MOV").read_bytes() == b"another"


@pytest.mark.parametrize("how", ["noted", "linked", "copied"])
def test_broken_off_in_between_it_goes_on_and_is_there_once(one: Sending, folder: Path, how: str) -> None:
    one.put(Outcome(stage="placed", name="a.mp4"))
    if how == "linked":
        os.link(one.body, folder / "a.mp4")
    elif how == "copied":
        (folder / "a.mp4").write_bytes(CONTENT)
    assert placed(one, folder) == "a.mp4"
    assert [path.name for path in folder.iterdir()] == ["a.mp4"]


def test_what_came_there_meanwhile_by_that_name_is_not_taken_for_it(one: Sending, folder: Path) -> None:
    one.put(Outcome(stage="placed", name="a.mp4"))
    (folder / "a.mp4").write_bytes(b"of another!")
    assert placed(one, folder) == "a (2).mp4"


def test_on_another_disk_it_is_copied(one: Sending, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(*_: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", elsewhere)
    placed(one, folder)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.mp4", CONTENT)]
    assert not one.body.exists()
