"""Recordings of a family that become clips: what is refused is tried again, and nothing stops the rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts import preparing
from scripts.preparing import Prepared, prepare
from tests.conftest import ROOT
from tests.scripts.conftest import ffmpeg
from tests.scripts.marks import marked
from tests.small_disk import on_a_small_disk
from tests.without_rights import without_rights
from vib.family import read_family
from vib.following import let_go
from vib.library import LIBRARY, Library, opened
from vib.peaks import HEADER, PAIRS_A_SECOND
from vib.problem import InputProblem
from vib.recordings import LeftOut

MakeFamily = Callable[..., Path]
Recordings = Callable[[int], list[Path]]

APART = """
import json, sys
from pathlib import Path
from scripts.preparing import prepare
from vib.family import read_family
from vib.library import LIBRARY, opened

folder, data = map(Path, sys.argv[1:])
with opened(data / LIBRARY) as library:
    made = prepare(folder, read_family(folder), library, data / "media", lambda *_: None)
print(json.dumps([sorted(made.clips), sorted((p.place, p.reason.en) for p in made.problems)]))
"""
"""Prepares a family in a process of its own, and tells the clips and the problems."""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path / "data" / LIBRARY) as there:
        yield there


@pytest.fixture
def make(tmp_path: Path, library: Library) -> Callable[..., Prepared]:
    """Return a function that prepares the family in a folder."""

    def run(folder: Path, **asked: bool) -> Prepared:
        return prepare(folder, read_family(folder), library, tmp_path / "data" / "media", lambda *_: None, **asked)

    return run


def old(path: Path, seconds: float = 60) -> Path:
    """Let a file be one that was written some time ago."""
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path


def reasons(prepared: Prepared) -> dict[str, str]:
    return {Path(problem.place).name: problem.reason.en for problem in prepared.problems}


def broken(folder: Path, name: str = "kapot.mp4") -> Path:
    path = folder / name
    path.write_text("no film")
    return old(path)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list to which each recording is added that is really looked at."""
    looked: list[Path] = []
    really = preparing.normalise

    def look(source: Path, *rest: object) -> object:
        looked.append(source)
        return really(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(preparing, "normalise", look)
    return looked


def test_a_refusal_stands_until_the_recording_or_the_program_changes_or_it_is_asked_for(
    make_family: MakeFamily, make: Callable[..., Prepared], counted: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_family()
    path = broken(folder)
    first = reasons(make(folder))
    assert (list(first), len(counted)) == (["kapot.mp4"], 1)
    assert (reasons(make(folder)), len(counted)) == (first, 1)
    old(path, 1)
    assert (reasons(make(folder)), len(counted)) == (first, 2)
    assert (reasons(make(folder, retry=True)), len(counted)) == (first, 3)
    monkeypatch.setattr(preparing, "program", lambda: "a later one")
    assert (reasons(make(folder)), len(counted)) == (first, 4)
    assert (reasons(make(folder)), len(counted)) == (first, 4)


def test_a_recording_that_came_whole_at_last_is_taken(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings
) -> None:
    folder = make_family()
    path = broken(folder)
    assert make(folder).clips == {}
    shutil.copyfile(recordings(1)[0], path)
    made = make(folder)
    assert (list(made.clips), made.problems) == ([f"{folder.name}/kapot"], [])


def test_what_still_grows_is_not_taken_and_not_held_against_it(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings, library: Library
) -> None:
    folder, whole = make_family(), recordings(1)[0].read_bytes()
    path = folder / "kopie.mp4"
    path.write_bytes(whole[:500])
    done = threading.Event()

    def copy() -> None:
        while not done.wait(0.1):
            with path.open("ab") as file:
                file.write(b"x")

    thread = threading.Thread(target=copy)
    thread.start()
    try:
        said = reasons(make(folder))
    finally:
        done.set()
        thread.join()
    assert said == {"kopie.mp4": "still changes, as while it is copied; run this again when that is done"}
    assert library.entries(folder.name) == {}
    path.write_bytes(whole)
    assert list(make(folder).clips) == [f"{folder.name}/kopie"]


def test_what_changed_while_its_clip_was_made_leaves_no_clip(
    make_family: MakeFamily,
    make: Callable[..., Prepared],
    recordings: Recordings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = make_family()
    path = old(Path(shutil.copy(recordings(1)[0], folder / "kopie.mp4")))
    really = preparing.normalise

    def meanwhile(source: Path, *rest: object) -> object:
        made = really(source, *rest)  # type: ignore[arg-type]
        with path.open("ab") as file:
            file.write(b"more")
        return made

    monkeypatch.setattr(preparing, "normalise", meanwhile)
    assert reasons(make(folder))["kopie.mp4"].startswith("still changes")
    assert list((tmp_path / "data" / "media" / folder.name).iterdir()) == []


def test_a_clip_that_was_made_before_there_were_peaks_gets_them_and_stays_as_it_is(
    make_family: MakeFamily, recordings: Recordings, make: Callable[..., Prepared], tmp_path: Path
) -> None:
    folder = make_family()
    old(Path(shutil.copy(recordings(1)[0], folder)))
    [clip] = make(folder).clips
    made = tmp_path / "data" / "media" / f"{clip}.mp4"
    before = made.stat()
    for ending in PAIRS_A_SECOND:
        made.with_suffix(ending).unlink()
    assert not make(folder).problems
    assert all(made.with_suffix(ending).stat().st_size > HEADER for ending in PAIRS_A_SECOND)
    assert made.stat() == before


@pytest.mark.parametrize("suffix", [".mp4", ".m4a"])
def test_an_emptied_file_of_a_clip_is_made_again(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings, tmp_path: Path, suffix: str
) -> None:
    folder = make_family()
    old(Path(shutil.copy(recordings(1)[0], folder / "a.mp4")))
    make(folder)
    clip = tmp_path / "data" / "media" / folder.name / f"a{suffix}"
    before = clip.stat().st_size
    clip.write_bytes(b"")
    assert (make(folder).problems, clip.stat().st_size) == ([], before)


def test_a_recording_by_another_name_keeps_its_clip_once_that_is_asked_for(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings, library: Library
) -> None:
    folder = make_family()
    path = old(Path(shutil.copy(recordings(1)[0], folder / "a.mp4")))
    clip = f"{folder.name}/a"
    assert list(make(folder).clips) == [clip]
    path.rename(folder / "b.mp4")
    made = make(folder)
    assert (made.clips, list(reasons(made))) == ({}, ["b.mp4"])
    assert f"with --apply the clip {clip} goes on" in reasons(made)["b.mp4"]
    for asked in ({"apply": True}, {}):
        made = make(folder, **asked)
        assert (list(made.clips), made.problems, made.clips[clip].file) == ([clip], [], "b.mp4")
    shutil.copy(folder / "b.mp4", folder / "c.mp4")
    old(folder / "c.mp4")
    made = make(folder, apply=True)
    assert (list(made.clips), reasons(made)) == ([clip], {"c.mp4": f"is the same recording as {clip}"})
    assert list(library.entries(folder.name)) == [clip]


def test_of_a_recording_that_is_gone_it_is_said_that_its_clip_stays(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings, library: Library
) -> None:
    folder = make_family()
    path = old(Path(shutil.copy(recordings(1)[0], folder / "a.mp4")))
    make(folder)
    path.unlink()
    made = make(folder)
    assert [type(problem) for problem in made.problems] == [LeftOut]
    assert reasons(made) == {folder.name: "left out: a.mp4 (is gone; its clip and codes stay)"}
    assert list(library.entries(folder.name)) == [f"{folder.name}/a"]


def test_a_recording_that_was_thrown_away_on_purpose_is_not_missed(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings, library: Library
) -> None:
    folder = make_family()
    path = old(Path(shutil.copy(recordings(1)[0], folder / "a.mp4")))
    clip = f"{folder.name}/a"
    make(folder)
    let_go(library, clip)
    path.unlink()
    made = make(folder)
    assert (list(made.clips), made.problems) == ([clip], [])


def test_links_that_go_round_and_names_that_are_too_long_do_not_stop_the_rest(
    make_family: MakeFamily, make: Callable[..., Prepared], recordings: Recordings
) -> None:
    folder = make_family()
    (folder / "kring.mp4").symlink_to(folder / "kring.mp4")
    (folder / "weg.mp4").symlink_to(folder / "nergens.mp4")
    (folder / f"{'z' * 180}.mp4").touch()
    old(Path(shutil.copy(recordings(1)[0], folder / "zz.mp4")))
    made = make(folder)
    assert list(made.clips) == [f"{folder.name}/zz"]
    said = reasons(made)
    assert "links go round in a circle" in said["kring.mp4"]
    assert "there is no such file or folder" in said["weg.mp4"]
    assert len(said) == 3


def apart(command: list[str]) -> tuple[list[str], dict[str, str]]:
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    clips, problems = json.loads(run.stdout.splitlines()[-1])
    return clips, {Path(place).name: reason for place, reason in problems}


def test_a_closed_recording_is_named_and_the_others_are_taken(
    make_family: MakeFamily, recordings: Recordings, tmp_path: Path
) -> None:
    folder = make_family()
    for path, name in zip(recordings(2), ("dicht.mp4", "open.mp4"), strict=True):
        old(Path(shutil.copy(path, folder / name)))
    (folder / "dicht.mp4").chmod(0)
    data = tmp_path / "data"
    clips, said = apart(without_rights(sys.executable, "-c", APART, folder, data))
    assert clips == [f"{folder.name}/open"]
    assert said == {"dicht.mp4": "cannot be read (permission denied)"}
    (folder / "dicht.mp4").chmod(0o600)
    clips, said = apart(without_rights(sys.executable, "-c", APART, folder, data))
    assert (len(clips), said) == (2, {})


@pytest.mark.nightly
def test_on_a_full_disk_each_recording_that_waits_is_named_and_what_is_done_stays(
    make_family: MakeFamily, recordings: Recordings, tmp_path: Path
) -> None:
    folder, media = make_family(), tmp_path / "data" / "media"
    media.mkdir(parents=True)
    small, *_ = recordings(1)
    large = folder / "b-groot.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "nullsrc=s=640x480:d=4,geq=random(1)*255:128:128", large],
        check=True,
    )
    old(large)
    for name in ("a.mp4", "c.mp4"):
        old(Path(shutil.copy(small, folder / name)))
    with (folder / "c.mp4").open("ab") as file:
        file.write(b"\0" * 8)
    old(folder / "c.mp4")
    command = [sys.executable, "-c", APART, folder, tmp_path / "data"]
    clips, said = apart(on_a_small_disk(media, 1, *command))
    assert clips == [f"{folder.name}/a"]
    assert set(said) == {"b-groot.mp4", "c.mp4"}
    assert all("is full; make room and run this again" in reason for reason in said.values())
    clips, said = apart([*map(str, command)])
    assert (len(clips), said) == (3, {})


def test_a_damaged_library_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / LIBRARY).write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(InputProblem, match="the file is damaged; put a copy of before back"),
        opened(tmp_path / LIBRARY),
    ):
        pass


def test_what_a_clip_lacks_is_said_when_it_is_made(make_family: MakeFamily, make: Callable[..., Prepared]) -> None:
    folder = make_family()
    ffmpeg(*marked((0.5,), 2, rate=25, sound=1), "-c:v", "libx264", "-preset", "ultrafast", folder / "kort.mp4")
    old(folder / "kort.mp4")
    said = make(folder).remarks
    assert [(clip, remark.nl.split(";")[0]) for clip, remark in said] == [
        (f"{folder.name}/kort", "het geluid houdt op bij 1.0 s van 2.0")
    ]
    assert make(folder).remarks == []
