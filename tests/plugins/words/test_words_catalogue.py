"""The catalogue of Label Studio's words, in Node."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.conftest import ROOT
from tests.node_tools import NODE, needs_node

HERE = ROOT / "tests" / "plugins" / "words" / "node"

PARTS = ("Submit current annotation", "Tasks Actions")
"""What stands in the script of the coding screen, and in that of the list of clips."""

SAID = re.compile(
    r"\b(?:message|title|body|okText|cancelText|tooltip|placeholder|children|header|description|label|aria-label)"
    r'"?:"((?:[^"\\]|\\.)+)"'
)
"""Where such a script says something to people."""


def node(*arguments: str | Path, given: str = "") -> str:
    done = subprocess.run(
        [NODE or "", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def said_by_label_studio() -> set[str]:
    """Return what the scripts of the coding screen and the list of clips say, as the installed version has them."""
    spec = find_spec("label_studio")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parents[1] / "web" / "dist" / "apps" / "labelstudio"
    scripts = [path.read_text(encoding="utf-8") for path in folder.glob("*.js")]
    chosen = [script for part in PARTS for script in scripts if f'"{part}"' in script]
    assert len(chosen) >= len(PARTS)
    texts = {" ".join(found.split()) for script in chosen for found in SAID.findall(script)}
    return {text for text in texts if re.search("[A-Za-z]{2}", text) and re.match(r"[A-Z]|.*\s", text)}


@needs_node
def test_the_catalogue_passes_its_tests_in_node() -> None:
    tests = sorted(HERE.glob("*.test.js"))
    assert tests
    node("--test", *tests)


@needs_node
def test_all_that_the_coding_screen_and_the_list_of_clips_can_say_is_in_the_catalogue() -> None:
    said = said_by_label_studio()
    assert len(said) > 300
    assert json.loads(node(HERE / "unknown.mjs", given=json.dumps(sorted(said)))) == []
