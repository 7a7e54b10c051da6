"""The catalogue of Label Studio's words, in Node."""

from __future__ import annotations

import subprocess

from tests.conftest import ROOT
from tests.node_tools import NODE, needs_node

TESTS = sorted((ROOT / "tests" / "plugins" / "words" / "node").glob("*.test.js"))


@needs_node
def test_the_catalogue_passes_its_tests_in_node() -> None:
    assert TESTS
    done = subprocess.run(
        [NODE or "", "--test", *map(str, TESTS)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
