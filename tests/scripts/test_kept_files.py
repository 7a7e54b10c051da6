"""Files of the data folder that another version wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from backend_ml.jobs.tables import Tables
from backend_ml.learning.store import CorrectionStore
from scripts.kept_files import FILES, differing
from vib.library import Library


def make_files(data: Path) -> None:
    Library(data / "library.sqlite3").close()
    Tables(data / "queue.sqlite3").reading.close()
    CorrectionStore(data / "learning")


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement)


def test_files_as_this_version_makes_them_differ_in_nothing(tmp_path: Path) -> None:
    make_files(tmp_path)
    assert all((tmp_path / name).exists() for name in FILES)
    assert differing(tmp_path) == ({}, [])


def test_files_that_are_not_there_differ_in_nothing(tmp_path: Path) -> None:
    assert differing(tmp_path) == ({}, [])
    assert list(tmp_path.iterdir()) == []


def test_what_this_version_adds_is_named_by_table_and_column(tmp_path: Path) -> None:
    make_files(tmp_path)
    change(tmp_path / "queue.sqlite3", "ALTER TABLE jobs DROP COLUMN lease")
    change(tmp_path / "learning" / "corrections.sqlite3", "DROP TABLE heard")
    changes, problems = differing(tmp_path)
    assert changes == {"queue.sqlite3": ["jobs.lease"], "learning/corrections.sqlite3": ["heard.at", "heard.source"]}
    assert problems == []


def test_a_file_of_a_newer_version_is_named_with_what_is_not_known(tmp_path: Path) -> None:
    make_files(tmp_path)
    change(tmp_path / "library.sqlite3", "ALTER TABLE clip ADD COLUMN rotation INTEGER")
    changes, (problem,) = differing(tmp_path)
    assert changes == {}
    assert problem.place == str(tmp_path / "library.sqlite3")
    assert "newer version (unknown: clip.rotation)" in problem.reason.en
    assert "nieuwere versie (onbekend: clip.rotation)" in problem.reason.nl


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"no database at all" * 100)
    _, (problem,) = differing(tmp_path)
    assert "cannot be read" in problem.reason.en


def test_looking_makes_and_changes_no_file(tmp_path: Path) -> None:
    make_files(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    differing(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_another_process_has_not_written_back_yet_is_seen(tmp_path: Path) -> None:
    make_files(tmp_path)
    with closing(sqlite3.connect(tmp_path / "library.sqlite3", isolation_level=None)) as open_database:
        open_database.execute("ALTER TABLE clip ADD COLUMN rotation INTEGER")
        assert (tmp_path / "library.sqlite3-wal").stat().st_size > 0
        _, problems = differing(tmp_path)
    assert len(problems) == 1
