"""`vib upgrade`: what it refuses, what it says, and the way back; what runs migrations is in `tests/upgrade`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plugins.host.copies import make_copy
from scripts.cli import make_app
from scripts.console import Failure
from scripts.upgrade import plan_rows
from tests.conftest import run_vib
from vib.library import Library, only_one
from vib.prepared import Prepared, installed, note_prepared
from vib.problem import InputProblem

DATABASE = Path("label-studio") / "label_studio.sqlite3"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder whose database is not looked at."""
    folder = tmp_path / "data"
    (folder / "label-studio").mkdir(parents=True)
    note(folder, "now")
    Library(folder / "library.sqlite3").close()
    (folder / "logins.json").write_text('{"accounts": []}', encoding="utf-8")
    note_prepared(folder)
    return folder


def note(data: Path, text: str) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS said (text TEXT)")
        database.execute("INSERT INTO said VALUES (?)", (text,))


def noted(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return [text for (text,) in database.execute("SELECT text FROM said")]


def upgrade(*words: str | Path) -> Result:
    return CliRunner().invoke(make_app(), ["upgrade", *map(str, words)])


@pytest.mark.parametrize("words", [["--check"], [], ["--restore", "x"]])
def test_a_folder_that_is_none_of_ours_is_refused_and_stays_as_it_is(words: list[str], tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        done = upgrade(*words, "--data", folder)
        assert isinstance(done.exception, InputProblem)
        assert done.exception.place == str(folder)
        assert "--data" in done.exception.reason.en
        assert "nog geen server gestart" in done.exception.reason.nl
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_folder_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    run = run_vib("upgrade", "--check", "--data", tmp_path)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)


PLAN = {"pending": {}, "size": 3 * 2**20, "free": 2**30, "needed": 0, "backups": "/x/backups", "copies": []}


def test_where_there_is_nothing_to_do_every_line_of_the_check_says_so(tmp_path: Path) -> None:
    rows = dict(plan_rows(tmp_path, PLAN, installed(), {}))
    assert rows.pop("data folder") == str(tmp_path)
    assert rows.pop("prepared by") == rows.pop("installed") == f"{installed().version} (Label Studio 1.23.2)"
    assert set(rows) == {"migrations", "copy", "files that change", "copies that there are"}
    assert set(rows.values()) == {"none"}


def test_what_would_change_is_in_the_check_by_name_with_its_size(tmp_path: Path) -> None:
    pending = {"tasks": ["0001_a", "0002_b"], "vib_access": ["0002_c"]}
    plan = {**PLAN, "pending": pending, "needed": 7 * 2**20, "copies": ["20261129-120000-before-0.2.0"]}
    rows = dict(plan_rows(tmp_path, plan, Prepared("", "", "0" * 64), {"queue.sqlite3": ["jobs.lease"]}))
    assert rows["prepared by"] == "an earlier version, which did not note it"
    assert rows["migrations"] == "tasks 0001_a, 0002_b; vib_access 0002_c"
    assert rows["copy"] == "at most 3 MB to /x/backups; 1024 MB free"
    assert rows["files that change"] == "queue.sqlite3 (jobs.lease)"
    assert rows["copies that there are"] == "20261129-120000-before-0.2.0"


@pytest.mark.parametrize("other", ["--check", "--copied"])
def test_restoring_goes_with_nothing_else(other: str, data: Path) -> None:
    done = upgrade("--restore", "x", other, "--data", data)
    assert isinstance(done.exception, InputProblem)
    assert done.exception.place == "--restore"


@pytest.mark.parametrize("words", [[], ["--restore", "x"]])
def test_while_a_server_runs_nothing_is_changed(words: list[str], data: Path) -> None:
    with only_one(data, "server"):
        done = upgrade(*words, "--data", data)
    assert isinstance(done.exception, InputProblem)
    assert "stop it first" in done.exception.reason.en
    assert not (data / "backups").exists()


def test_a_file_of_a_newer_version_stops_an_upgrade_before_anything_is_done(data: Path) -> None:
    with closing(sqlite3.connect(data / "library.sqlite3")) as database:
        database.execute("ALTER TABLE clip ADD COLUMN rotation INTEGER")
    done = upgrade("--data", data)
    assert isinstance(done.exception, Failure)
    assert "clip.rotation" in str(done.exception)
    assert not (data / "backups").exists()


def test_a_copy_that_is_not_there_is_one_line_and_exit_code_2(data: Path) -> None:
    run = run_vib("upgrade", "--restore", "20200101-000000-before-0.1.0", "--data", data)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "20200101-000000-before-0.1.0: there is no such copy; these are: -\n"


def test_what_is_put_back_is_said_with_what_to_do_next(data: Path) -> None:
    name = make_copy(data, data / DATABASE, "0.2.0", {}).name
    note(data, "later")
    done = upgrade("--restore", name, "--json", "--data", data)
    assert done.exit_code == 0, done.output
    assert noted(data) == ["now"]
    said = json.loads(done.stdout)
    assert said["restored"] == name
    again = upgrade("--restore", said["kept"], "--data", data)
    assert again.stdout.startswith(f"Restored: {said['kept']}.")
    assert "put back the version of VIB Studio" in again.stdout
    assert noted(data) == ["now", "later"]
