"""`benchmarks/access.py`: it asks both servers the same, at a tiny size."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly


def test_both_servers_are_asked_the_same_with_few_and_more_families(prepared: Path) -> None:
    small = ("--families", "2", "3", "--repetitions", "2")
    command = [sys.executable, ROOT / "benchmarks" / "access.py", "--data", prepared, *small, "--json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=400, check=False)
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)
    asked = ("GET /api/projects", "task list", "next task")
    assert [row["name"] for row in rows] == [f"{what}, {n} families" for n in (2, 3) for what in asked]
    for row in rows:
        assert set(row["seconds"]) == {"ours", "plain"}
        assert all(spread["least"] > 0 for spread in row["seconds"].values())
