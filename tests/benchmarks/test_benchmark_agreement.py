"""`benchmarks/agreement.py`: every part runs at a tiny size, with and without peers, whatever the times are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly

KAPPAS = """
import numpy as np


def cohen_kappa_score(one, other, weights=None):
    size = max(one.max(), other.max())
    table = np.zeros((size, size))
    np.add.at(table, (one - 1, other - 1), 1 / len(one))
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    apart = {None: apart > 0, "linear": apart, "quadratic": apart**2}[weights]
    return 1 - (apart * table).sum() / (apart * np.outer(table.sum(1), table.sum(0))).sum()
"""
"""Stands in for scikit-learn, which is not among what the tests install."""

SMALL = ("--units", "60", "--raters", "3", "--clips", "4", "--events", "5", "--draws", "50", "--repetitions", "2")


def benchmark(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark at a tiny size."""
    command = [sys.executable, "benchmarks/agreement.py", *SMALL, *arguments]
    run = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False, env=os.environ | environment
    )
    assert run.returncode == 0, run.stderr
    return run


def rows_of(run: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return what it measured."""
    found: list[dict[str, Any]] = json.loads(run.stdout)
    for row in found:
        assert all(spread["least"] > 0 for spread in row["seconds"].values()), row
    return found


def test_without_peers_every_part_is_measured_and_that_is_said() -> None:
    run = benchmark("--json")
    rows = rows_of(run)
    assert [row["part"] for row in rows] == ["coefficients"] * 16 + ["import"] + ["report"] * 6 + ["growth"] * 2
    assert "only ours is measured" in run.stderr
    for row in rows[:16]:
        assert (set(row["seconds"]), row["ratio"], row["met"]) == ({"ours, wall", "ours, processor"}, None, None)
    reports = {row["name"].partition(":")[0]: row for row in rows[17:23]}
    for row in reports.values():
        assert row["figures"]["MiB at most"] > 1
        assert row["figures"]["figures"] > 10
    assert {"compared, wall", "view, wall", "pdf, wall"} <= set(reports["PDF of what there is"]["seconds"])
    assert {"shown, wall", "again, wall"} <= set(reports["page without intervals, then again"]["seconds"])
    assert "from memory, wall" in reports["what annotations say, read again"]["seconds"]
    assert set(rows[-1]["seconds"]) == {f"{n} clips, {what}" for n in (2, 4, 8) for what in ("wall", "processor")}
    assert all((row["met"] is None) == (row["goal"] == "") for row in rows)
    assert all(row["goal"] for row in rows[16:])


def test_a_peer_that_is_there_gets_the_same_ratings_and_one_that_is_not_is_named(tmp_path: Path) -> None:
    (tmp_path / "sklearn").mkdir()
    (tmp_path / "sklearn" / "__init__.py").touch()
    (tmp_path / "sklearn" / "metrics.py").write_text(KAPPAS, encoding="utf-8")
    (tmp_path / "pingouin.py").write_text("raise ImportError", encoding="utf-8")
    run = benchmark("--part", "coefficients", "--peers", sys.executable, "--json", PYTHONPATH=str(tmp_path))
    assert "pingouin is not there: only ours is measured" in run.stderr
    assert "scikit-learn is not there" not in run.stderr
    compared = {row["name"]: row for row in rows_of(run) if "scikit-learn, wall" in row["seconds"]}
    assert list(compared) == ["Cohen, 60 x 2", "Cohen, linear, 60 x 2", "Cohen, quadratic, 60 x 2"]
    for row in compared.values():
        assert row["ratio"]["median"] > 0
        assert row["met"] == (row["ratio"]["median"] <= 1)
        assert row["figures"]["largest difference"] < 1e-12


def test_the_table_shows_goals_and_seconds() -> None:
    said = benchmark("--part", "import").stdout
    assert "< 1 s" in said
    assert "processor" in said
