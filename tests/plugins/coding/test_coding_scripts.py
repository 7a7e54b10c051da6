"""The scripts of the labelling page: their types, and their pure modules in Node."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.node_tools import NODE, needs_node, node_tools

TESTS = sorted((ROOT / "tests" / "plugins" / "coding" / "node").glob("*.test.js"))

pytestmark = needs_node


def run(*command: str | Path) -> None:
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.nightly
def test_the_scripts_have_no_type_errors() -> None:
    run(NODE or "", node_tools() / "typescript" / "bin" / "tsc", "--project", ROOT / "tsconfig.json")


def test_the_pure_modules_pass_their_tests_in_node() -> None:
    assert TESTS
    run(NODE or "", "--test", *TESTS)
