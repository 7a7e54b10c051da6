"""Copies of the database: whole or not there, of one moment, few, and put back as they were."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.host.copies import BACKUPS, KEPT, copies, drop, drop_old, make_copy, restore
from tests.conftest import ROOT
from tests.small_disk import on_a_small_disk
from vib.prepared import note_prepared
from vib.problem import InputProblem

DATABASE = Path("label-studio") / "label_studio.sqlite3"
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with what a copy is made of."""
    folder = tmp_path / "data"
    (folder / "label-studio").mkdir(parents=True)
    write(folder / DATABASE, "codes of before")
    write(folder / "library.sqlite3", "clips of before", wal=True)
    (folder / "logins.json").write_text('{"accounts": []}', encoding="utf-8")
    note_prepared(folder)
    return folder


def write(file: Path, text: str, *, wal: bool = False) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        if wal:
            database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS said (text TEXT)")
        database.execute("DELETE FROM said")
        database.execute("INSERT INTO said VALUES (?)", (text,))


def said(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(database.execute("SELECT text FROM said").fetchone()[0])


def copied(data: Path, pending: dict[str, list[str]] | None = None) -> str:
    return make_copy(data, data / DATABASE, "0.2.0", pending or {}).name


def test_a_copy_has_everything_that_belongs_together_for_its_owner_only(data: Path) -> None:
    copy = make_copy(data, data / DATABASE, "0.2.0", {"tasks": ["0001"]}, now=lambda: NOON)
    assert copy.name == "20261129-120000-before-0.2.0"
    folder = data / BACKUPS / copy.name
    assert said(folder / DATABASE) == "codes of before"
    assert said(folder / "library.sqlite3") == "clips of before"
    assert (folder / "logins.json").read_bytes() == (data / "logins.json").read_bytes()
    assert (folder / "prepared").read_bytes() == (data / "prepared").read_bytes()
    for path in [data / BACKUPS, folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert copies(data) == [copy]
    assert json.loads((folder / "copy.json").read_text())["pending"] == {"tasks": ["0001"]}


def test_two_copies_in_one_second_are_two(data: Path) -> None:
    names = {make_copy(data, data / DATABASE, "0.2.0", {}, now=lambda: NOON).name for _ in range(2)}
    assert len(names) == len(copies(data)) == 2


def test_the_copy_that_was_made_last_is_the_newest_also_where_an_earlier_one_is_dated_later(data: Path) -> None:
    first, second = (make_copy(data, data / DATABASE, "0.2.0", {}, now=lambda: NOON) for _ in range(2))
    drop(data, first)
    last = make_copy(data, data / DATABASE, "0.2.0", {}, now=lambda: NOON)
    assert copies(data) == [second, last]


def test_what_was_deleted_is_not_in_a_copy(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.execute("PRAGMA secure_delete=OFF")
        with database:
            database.executemany("INSERT INTO said VALUES (?)", [("erased " * 500,) for _ in range(20)])
        with database:
            database.execute("DELETE FROM said WHERE text LIKE 'erased%'")
    assert b"erased erased" in (data / DATABASE).read_bytes()
    folder = data / BACKUPS / copied(data)
    assert b"erased erased" not in (folder / DATABASE).read_bytes()


def test_a_copy_is_of_one_moment_while_others_write(data: Path) -> None:
    file = data / DATABASE
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE pair (side TEXT, number INTEGER)")
        database.executemany("INSERT INTO pair VALUES (?, 0)", [("left",), ("right",)])
    stop = threading.Event()
    writing = threading.Event()

    def write_on() -> None:
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as database:
            while not stop.wait(0.01):
                database.execute("BEGIN IMMEDIATE")
                database.execute("UPDATE pair SET number = number + 1 WHERE side = 'left'")
                database.execute("UPDATE pair SET number = number + 1 WHERE side = 'right'")
                database.execute("COMMIT")
                writing.set()

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        assert writing.wait(30)
        folders = [data / BACKUPS / copied(data) for _ in range(3)]
    finally:
        stop.set()
        thread.join()
    for folder in folders:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            left, right = (number for (number,) in database.execute("SELECT number FROM pair ORDER BY side"))
        assert left == right > 0


def test_a_copy_that_is_killed_half_way_is_none_and_the_next_one_clears_it_away(data: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from plugins.host.copies import make_copy\n"
        "def dump(target):\n target.write_text('half'); print('writing', flush=True); time.sleep(600)\n"
        "make_copy(Path(sys.argv[1]), dump, '0.2.0', {})"
    )
    process = subprocess.Popen([sys.executable, "-c", script, data], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
    finally:
        process.kill()
        process.wait()
    (left,) = (data / BACKUPS).iterdir()
    assert copies(data) == []
    name = copied(data)
    assert not left.exists()
    assert [path.name for path in (data / BACKUPS).iterdir()] == [name]
    assert said(data / DATABASE) == "codes of before"


def test_on_a_full_disk_one_line_says_so_and_nothing_is_left_or_lost(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("CREATE TABLE big (content BLOB)")
        database.execute("INSERT INTO big VALUES (randomblob(3000000))")
    script = (
        "import sys; from pathlib import Path; from plugins.host.copies import make_copy\n"
        "from vib.problem import InputProblem\n"
        "data = Path(sys.argv[1])\n"
        "try: make_copy(data, data / 'label-studio' / 'label_studio.sqlite3', '0.2.0', {})\n"
        "except InputProblem as problem: print(problem)\n"
        "print(list((data / 'backups').iterdir()))"
    )
    (data / BACKUPS).mkdir()
    run = subprocess.run(
        on_a_small_disk(data / BACKUPS, 2, sys.executable, "-c", script, data),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    problem, left = run.stdout.splitlines()
    assert problem.endswith("the disk is full; make room and try again; nothing was changed")
    assert left == "[]"
    assert said(data / DATABASE) == "codes of before"


def test_a_database_that_cannot_be_read_is_said_and_leaves_no_copy(data: Path) -> None:
    (data / DATABASE).write_bytes(b"not a database" * 1000)
    with pytest.raises(InputProblem, match=r"cannot be copied .* nothing was changed"):
        copied(data)
    assert list((data / BACKUPS).iterdir()) == []


def test_the_newest_copies_are_kept_and_the_others_go(data: Path) -> None:
    moments = [NOON.replace(hour=hour) for hour in range(KEPT + 2)]
    names = [make_copy(data, data / DATABASE, "0.2.0", {}, now=lambda m=moment: m).name for moment in moments]
    (data / BACKUPS / "of-myself").mkdir()
    drop_old(data)
    assert [copy.name for copy in copies(data)] == names[-KEPT:]
    assert sorted(path.name for path in (data / BACKUPS).iterdir()) == sorted([*names[-KEPT:], "of-myself"])


def test_a_copy_is_put_back_and_what_was_there_is_kept(data: Path) -> None:
    name = copied(data)
    write(data / DATABASE, "codes of after")
    write(data / "library.sqlite3", "clips of after")
    (data / "logins.json").write_text("after", encoding="utf-8")
    (data / "prepared").write_text("after", encoding="utf-8")
    kept = restore(data, name)
    assert said(data / DATABASE) == "codes of before"
    assert said(data / "library.sqlite3") == "clips of before"
    assert (data / "logins.json").read_text() == '{"accounts": []}'
    assert (data / "prepared").read_bytes() == (data / BACKUPS / name / "prepared").read_bytes()
    assert said(data / BACKUPS / kept.name / DATABASE) == "codes of after"
    assert kept.before == "restore"
    restore(data, kept.name)
    assert said(data / DATABASE) == "codes of after"
    assert (data / "prepared").read_text() == "after"


def test_a_journal_that_a_killed_process_left_does_not_spoil_what_is_put_back(data: Path, tmp_path: Path) -> None:
    name = copied(data)
    script = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('PRAGMA cache_size=1'); database.execute('BEGIN IMMEDIATE')\n"
        "database.execute('CREATE TABLE big (content BLOB)')\n"
        "for _ in range(300): database.execute('INSERT INTO big VALUES (randomblob(4000))')\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, data / DATABASE], check=True)
    assert (data / f"{DATABASE}-journal").exists()
    restore(data, f"{data / BACKUPS / name}/")
    assert said(data / DATABASE) == "codes of before"


@pytest.mark.parametrize("name", ["20200101-000000-before-0.1.0", "..", "", "../../etc", "."])
def test_a_copy_that_is_not_there_is_answered_with_those_that_are(name: str, data: Path) -> None:
    there = copied(data)
    before = {path: os.stat(path).st_mtime_ns for path in data.rglob("*")}
    with pytest.raises(InputProblem, match=f"no such copy; these are: {there}"):
        restore(data, name)
    assert {path: os.stat(path).st_mtime_ns for path in data.rglob("*")} == before


def test_a_dump_of_a_database_server_is_kept_and_how_to_put_it_back_is_said(data: Path) -> None:
    def dump(target: Path) -> None:
        target.write_bytes(b"PGDMP")

    copy = make_copy(data, dump, "0.2.0", {})
    assert (data / BACKUPS / copy.name / "database.dump").read_bytes() == b"PGDMP"
    assert stat.S_IMODE((data / BACKUPS / copy.name / "database.dump").stat().st_mode) == 0o600
    with pytest.raises(InputProblem, match="put it back with pg_restore"):
        restore(data, copy.name)
