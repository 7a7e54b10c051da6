"""`benchmarks/media.py`: it measures both views with a small file, and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly


def test_both_views_are_measured_and_nothing_is_left_behind(prepared: Path) -> None:
    small = ("--size", "8", "--seeks", "2", "--repetitions", "1")
    command = [sys.executable, ROOT / "benchmarks" / "media.py", "--data", prepared, *small, "--json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)
    assert [row["name"] for row in rows] == ["one seek", "20 at once (plain: 4)"]
    for row in rows:
        assert set(row["seconds"]) == {"ours", "plain"}
        assert all(spread["least"] > 0 for spread in row["seconds"].values())
    assert list((prepared / "media").iterdir()) == []
