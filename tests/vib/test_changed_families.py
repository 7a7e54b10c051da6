"""Notes that a family was changed: none is lost that comes while another is followed."""

from __future__ import annotations

from pathlib import Path

from vib.changed_families import leave_note, notes


def test_a_note_that_comes_meanwhile_stays_when_those_of_before_are_taken(tmp_path: Path) -> None:
    assert notes(tmp_path) == {}
    for pseudonym in ("F-1", "F-2", "F-1"):
        leave_note(tmp_path, pseudonym)
    seen = notes(tmp_path)
    assert {family: len(paths) for family, paths in seen.items()} == {"F-1": 2, "F-2": 1}
    leave_note(tmp_path, "F-1")
    for path in seen["F-1"]:
        path.unlink()
    assert {family: len(paths) for family, paths in notes(tmp_path).items()} == {"F-1": 1, "F-2": 1}
