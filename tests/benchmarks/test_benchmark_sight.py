"""`benchmarks/sight.py`: it measures films that it makes, and those it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly


def measured(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "benchmarks" / "sight.py", *map(str, arguments), "--repetitions", "1", "--json"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)


def test_films_are_made_and_measured() -> None:
    run = measured("--seconds", "4")
    assert run.returncode == 0, run.stderr
    rows: list[dict[str, Any]] = json.loads(run.stdout)
    assert [round(row["frames_per_second"]) for row in rows] == [1, 1, 2]
    assert all(row["ratio"] > 0 and 0 < row["ffmpeg"] < row["looking"] for row in rows)


def test_a_file_without_a_picture_is_refused_with_the_reason(tmp_path: Path) -> None:
    sound = tmp_path / "sound.wav"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=440:d=1", str(sound)], check=True)
    run = measured(sound)
    assert run.returncode == 2
    assert "no picture" in run.stderr
