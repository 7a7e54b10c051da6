"""The development tools of package-lock.json, installed once for each version of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, made_once

NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="there is no node; scripts/test installs it")


def node_tools() -> Path:
    """Return the folder in which npm put them."""
    wanted = [ROOT / "package.json", ROOT / "package-lock.json"]

    def make(made: Path) -> None:
        made.mkdir()
        for file in wanted:
            shutil.copy(file, made)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(made)]
        subprocess.run(npm, check=True, timeout=300, capture_output=True)

    return made_once("node-tools", wanted, make) / "node_modules"
