"""A command starts Django once, for one data folder, quietly, and says in one line what is in the way."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plugins.host.start import start_django
from tests.conftest import ROOT
from vib.problem import InputProblem

PROGRAM = """
import json, os, sys
from pathlib import Path
from plugins.host.start import database, start_django
from vib.problem import InputProblem
said = []
for folder, table in json.loads(sys.argv[1]):
    try:
        start_django(Path(folder), table)
        said.append(os.environ["VIB_DATA"])
    except (InputProblem, OSError) as problem:
        said.append(f"{type(problem).__name__}: {problem}")
from django.db import connection
said.append(connection.settings_dict["OPTIONS"])
print(json.dumps(said))
"""


def made(folder: Path, *tables: str) -> Path:
    """Make a data folder with a database that has these tables."""
    folder.mkdir()
    (folder / "logins.json").write_text("{}", encoding="utf-8")
    with sqlite3.connect(folder / "small.sqlite3") as database:
        for table in tables:
            database.execute(f"CREATE TABLE {table} (id INTEGER)")
    database.close()
    return folder


def started(*asked: tuple[Path, str], settings: str = "tests.plugins.host.small_settings") -> list[Any]:
    """Start Django again and again in one process; return what came of each, and SQLite's options."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([(str(folder), table) for folder, table in asked])],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, "VIB_DATA": "elsewhere"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1, "only the program itself says something"
    said: list[Any] = json.loads(done.stdout)
    return said


def test_where_no_server_was_started_a_command_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no server was started here yet") as problem:
        start_django(tmp_path, "wanted")
    assert problem.value.place == str(tmp_path)


def test_a_started_process_goes_on_with_its_folder_and_refuses_another(tmp_path: Path) -> None:
    first, second = made(tmp_path / "first", "wanted"), made(tmp_path / "second", "wanted")
    (tmp_path / "link").symlink_to(first)
    *said, options = started((first, "wanted"), (second, "wanted"), (tmp_path / "link", "wanted"))
    assert said[0] == said[2] == str(first)
    assert said[1].startswith("InputProblem: ")
    assert "this process works with another data folder already" in said[1]
    assert options == {"timeout": 30}


def test_the_database_of_an_older_version_is_said_to_be_one(tmp_path: Path) -> None:
    folder = made(tmp_path / "data", "wanted")
    old, fine, _ = started((folder, "missing"), (folder, "wanted"))
    assert "the database is of an older version" in old
    assert fine == str(folder)


def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    folder = made(tmp_path / "data")
    (folder / "small.sqlite3").unlink()
    (folder / "small.sqlite3").mkdir()
    said, _ = started((folder, "wanted"))
    assert said == "ConnectionError: unable to open database file"


def test_settings_of_another_program_are_not_taken_for_ours(tmp_path: Path) -> None:
    said, _ = started((made(tmp_path / "data"), "wanted"), settings="django.conf.global_settings")
    assert said.startswith("InputProblem: django.conf.global_settings")
