"""`benchmarks/sync.py`: it says what it does, and every part runs, whatever the times are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Server

pytestmark = pytest.mark.nightly


def benchmark(*arguments: str | Path) -> str:
    """Run the benchmark and return what it prints."""
    command = [sys.executable, ROOT / "benchmarks" / "sync.py", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=1_500, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_its_help_names_the_parts_and_options() -> None:
    said = benchmark("--help")
    for word in ("register", "resync", "families", "normalise", "--data", "--clips", "--json"):
        assert word in said


def test_every_part_is_measured_on_a_running_server_that_stays_as_it_was(server: Server) -> None:
    before = server.projects()
    small = ("--clips", "20", "--families", "3", "--seconds", "2", "--repetitions", "1")
    rows = json.loads(benchmark("--data", server.data, *small, "--json"))
    assert [row["part"] for row in rows] == ["register"] * 2 + ["resync"] * 5 + ["families"] * 2 + ["normalise"]
    for row in rows:
        assert all(spread["least"] > 0 for spread in row["seconds"].values()), row
        assert (row["met"] is None) == (row["goal"] == "")
    assert all(rows[n]["ratio"]["median"] > 0 for n in (0, 9))
    assert server.projects() == before


def test_the_table_shows_ratio_goal_and_seconds() -> None:
    said = benchmark("--part", "normalise", "--seconds", "1", "--repetitions", "1")
    assert "<= 1.2" in said
    assert "normalise cores busy" in said


@pytest.mark.nightly(alone=True)
def test_families_beyond_one_page_of_projects_have_one_project_each_however_often_they_are_synced() -> None:
    first, again = json.loads(benchmark("--part", "families", "--families", "125", "--json"))
    assert "125 families and 5 practice sets" in first["name"]
    # Two pages of projects, one request that asks who we are, and none for each family.
    assert again["figures"]["requests"] < 10
