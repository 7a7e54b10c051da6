"""The scripts of the labelling page: their types, and their pure modules in Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, made_once

NODE = shutil.which("node")
TESTS = sorted((ROOT / "tests" / "plugins" / "coding" / "node").glob("*.test.js"))

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node; scripts/test installs it")


def run(*command: str | Path) -> None:
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def tools() -> Path:
    """Return a folder with the development tools of package-lock.json, made once for each version of it."""
    wanted = [ROOT / "package.json", ROOT / "package-lock.json"]

    def make(made: Path) -> None:
        made.mkdir()
        for file in wanted:
            shutil.copy(file, made)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(made)]
        subprocess.run(npm, check=True, timeout=300, capture_output=True)

    return made_once("node-tools", wanted, make)


@pytest.mark.nightly
def test_the_scripts_have_no_type_errors(tools: Path) -> None:
    run(NODE or "", tools / "node_modules" / "typescript" / "bin" / "tsc", "--project", ROOT / "tsconfig.json")


def test_the_pure_modules_pass_their_tests_in_node() -> None:
    assert TESTS
    run(NODE or "", "--test", *TESTS)
