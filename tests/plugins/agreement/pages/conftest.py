"""One process with Django for all tests of the pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], None]]:
    """Run a function of a test module where Django is; see `tests.plugins.access.inside`."""
    folder = tmp_path_factory.mktemp("pages")
    data = shutil.copytree(template, folder / "data")
    with (folder / "errors").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.plugins.agreement.pages.coded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env={**os.environ, "VIB_DATA": str(data), "TMPDIR": str(data)},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            if line == "ready\n":
                break

        def run(module: str, name: str) -> None:
            process.stdin.write(f"{module} {name}\n")
            process.stdin.flush()
            said = process.stdout.readline()
            assert said, (folder / "errors").read_text(encoding="utf-8")[-3000:]
            if wrong := json.loads(said):
                pytest.fail(wrong, pytrace=False)

        yield run
        process.stdin.close()
        process.wait(timeout=30)
