"""Which recordings are taken, and why another is not: said in words, before anything of it is sent."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.intake.accepting import GIGABYTE, SPARE, Room, check, plain_name, room_for, sent_of
from plugins.intake.tus import Refused, checksum, metadata, number
from vib.family import ClipEntry
from vib.sending import Outcome, Sending, Sent, begin, one_at_a_time
from vib.settings import Settings

ROOM = Room(10 * GIGABYTE, 10 * GIGABYTE, 10 * GIGABYTE)


def sent(name: str = "a.mp4", length: int = GIGABYTE) -> Sent:
    return sent_of({"filename": name}, length, 3, "F-1", 1.0)


def begun(intake: Path, length: int, family: str = "F-1") -> Sending:
    with one_at_a_time(intake):
        return begin(intake, Sent(user=3, family=family, name="a.mp4", original="a.mp4", length=length, begun=1.0))


@pytest.mark.parametrize(
    ("name", "length", "room", "own", "status", "said"),
    [
        ("notes.txt", 5, ROOM, 0, 415, "ends in .txt"),
        ("list.m3u8", 5, ROOM, 0, 415, "ends in .m3u8"),
        ("film", 5, ROOM, 0, 415, "ends in ?"),
        ("a.mp4", 17 * GIGABYTE, ROOM, 0, 413, "at most 16 GB"),
        ("a.mp4", GIGABYTE, Room(10 * GIGABYTE, GIGABYTE - 1, GIGABYTE), 0, 413, "0.9 GB of the 100 GB"),
        ("a.mp4", GIGABYTE, Room(10 * GIGABYTE, GIGABYTE, 0), 0, 413, "room for 0.000 GB on the server"),
        ("a.mp4", 5, ROOM, 100, 413, "100 recordings of yours"),
    ],
)
def test_what_is_not_taken_is_said_with_the_reason(
    tmp_path: Path, name: str, length: int, room: Room, own: int, status: int, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        check(Settings(data=tmp_path), sent(name, length), "", room, own)
    assert refused.value.status == status
    assert said in refused.value.reason.en


def test_a_film_is_taken_by_its_ending_or_by_what_the_browser_says_it_is(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    check(settings, sent("IMG_0012.MOV"), "", ROOM, 0)
    check(settings, sent("film"), "video/mp4", ROOM, 0)
    with pytest.raises(Refused):
        check(settings, sent("film.zip"), "video/mp4", ROOM, 0)


def test_an_empty_file_is_refused_before_there_is_room_for_it() -> None:
    with pytest.raises(Refused, match="0 bytes"):
        sent(length=0)


def test_what_is_announced_counts_as_if_it_were_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, intake = tmp_path / "F-1", tmp_path / "intake"
    folder.mkdir()
    (folder / "there.mp4").write_bytes(b"x" * 1000)
    usage = SimpleNamespace(free=SPARE + 5000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    one, other = begun(intake, 2000), begun(intake, 400, "F-2")
    one.body.write_bytes(b"x" * 500)
    done = begun(intake, 10**6)
    done.put(Outcome(stage="ready"))
    room = room_for(Settings(data=tmp_path), folder, "F-1", [one, other, done])
    assert room.left == 100 * GIGABYTE - 1000 - 2000
    assert room.disk == 5000 - 1500 - 400


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_its_name_is_a_plain_one(original: str) -> None:
    name = plain_name(original)
    assert ClipEntry(file=name).file == name
    assert not name.startswith((".", " "))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.text(max_size=40)))
def test_metadata_is_read_as_it_was_written(said: dict[str, str]) -> None:
    written = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())
    assert metadata({"Upload-Metadata": written}) == said


@pytest.mark.parametrize("said", ["filename !", "a YQ==,a YQ==", "filename /w=="])
def test_metadata_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="Upload-Metadata"):
        metadata({"Upload-Metadata": said})


@pytest.mark.parametrize("said", ["", "-1", "1.5", "x", "²", "9" * 19])
def test_a_size_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="Upload-Length"):
        number({"Upload-Length": said}, "Upload-Length")


@pytest.mark.parametrize("said", ["crc32 AAAA", "sha1", "sha1 !"])
def test_a_checksum_that_we_cannot_make_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="Upload-Checksum"):
        checksum({"Upload-Checksum": said})
