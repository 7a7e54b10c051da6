"""The scripts of the page for sending: their pure modules in Node, and tus-js-client as it is published."""

from __future__ import annotations

import subprocess

from tests.conftest import ROOT
from tests.node_tools import NODE, needs_node, node_tools

OURS = ROOT / "plugins" / "intake" / "static" / "vib_intake"
TESTS = sorted((ROOT / "tests" / "plugins" / "intake" / "node").glob("*.test.js"))

pytestmark = needs_node


def test_the_pure_modules_pass_their_tests_in_node() -> None:
    assert TESTS
    command = [NODE or "", "--test", *map(str, TESTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_client_that_is_served_is_the_one_that_was_published() -> None:
    published = node_tools() / "tus-js-client"
    assert (OURS / "vendor" / "tus.min.js").read_bytes() == (published / "dist" / "tus.min.js").read_bytes()
    assert (OURS / "vendor" / "tus.LICENSE").read_bytes() == (published / "LICENSE").read_bytes()
