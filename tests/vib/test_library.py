"""What is told of recordings that could not be used."""

from __future__ import annotations

from pathlib import Path

from vib.library import LIBRARY, Entry, Library, refused

SILENT = ("heeft geen beeld", "has no picture")


def recording(clip: str, modified: int, problem: tuple[str, str] | None = SILENT) -> Entry:
    return Entry(clip, clip.split("/")[0], f"{clip}.mov", 1, modified, clip, problem=problem)


def test_refused_recordings_of_the_families_asked_for_are_told_the_newest_first(tmp_path: Path) -> None:
    library = Library(tmp_path / LIBRARY)
    for entry in (
        recording("F-1/a", 1),
        recording("F-1/b", 3),
        recording("F-1/good", 4, None),
        recording("F-2/c", 2),
        recording("F-3/d", 5),
    ):
        library.put(entry)
    found = refused(tmp_path / LIBRARY, {"F-1", "F-2", "F-9"})
    library.close()
    assert [(entry.id, entry.problem) for entry in found] == [("F-1/b", SILENT), ("F-2/c", SILENT), ("F-1/a", SILENT)]


def test_asking_for_refused_recordings_makes_no_library(tmp_path: Path) -> None:
    assert refused(tmp_path / LIBRARY, {"F-1"}) == []
    assert list(tmp_path.iterdir()) == []


def test_a_refused_recording_that_is_listed_no_more_is_forgotten_and_a_clip_is_not(tmp_path: Path) -> None:
    library = Library(tmp_path / LIBRARY)
    for entry in (recording("F-1/a", 1), recording("F-1/b", 2), recording("F-1/good", 3, None), recording("F-2/c", 4)):
        library.put(entry)
    library.forget_refused("F-1", {"F-1/b"})
    assert set(library.entries("F-1")) == {"F-1/b", "F-1/good"}
    assert set(library.entries("F-2")) == {"F-2/c"}
    library.close()
