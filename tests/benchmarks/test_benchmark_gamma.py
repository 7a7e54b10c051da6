"""`benchmarks/gamma.py`: it measures ours, and says when there is no peer."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly


def test_ours_is_measured_without_the_peer_too() -> None:
    command = [sys.executable, ROOT / "benchmarks" / "gamma.py", "--repetitions", "1", "--samples", "2", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert "only ours is measured" in run.stderr
    rows = json.loads(run.stdout)
    assert len(rows) == 5
    for row in rows:
        assert set(row["seconds"]) == {"ours"}
        assert row["seconds"]["ours"]["median"] > 0
