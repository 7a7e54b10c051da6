"""Runs a program of this folder in processes of its own, each on a data folder of its own, and reads what it found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

PARTS = 2
SECONDS = 1_500


def in_parts(module: str, template: Path, folder: Path) -> list[dict[str, Any]]:
    """Run a program in parts at the same time; return what each found."""
    parts = [["--part", str(part), "--parts", str(PARTS)] for part in range(PARTS)]
    return outcomes(module, [(Path(shutil.copytree(template, folder / part[1])), *part) for part in parts])


def outcomes(module: str, runs: list[tuple[Path, *tuple[str, ...]]]) -> list[dict[str, Any]]:
    """Run a program once for each data folder with its arguments; return what it found, its last line."""
    with ExitStack() as stack:
        running = []
        for data, *arguments in runs:
            process = subprocess.Popen(
                [sys.executable, "-m", f"tests.plugins.access.{module}", *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**os.environ, "VIB_DATA": str(data), "TMPDIR": str(data)},
            )
            running.append(stack.enter_context(process))
            stack.callback(process.kill)
        return [_outcome(process) for process in running]


def _outcome(process: subprocess.Popen[str]) -> dict[str, Any]:
    said, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors[-3000:]
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found
