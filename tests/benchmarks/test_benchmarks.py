"""Every benchmark starts, and takes the options that its usage text says."""

from __future__ import annotations

import ast
import re
import runpy
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAMS = sorted(
    path for path in (ROOT / "benchmarks").glob("*.py") if "argparse.ArgumentParser(" in path.read_text("utf-8")
)


def options(text: str) -> set[str]:
    """Return the options that a text names."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def usage(program: Path) -> str:
    """Return the lines of a program's text that show how it is called."""
    said = ast.get_docstring(ast.parse(program.read_text(encoding="utf-8"))) or ""
    return said.partition("Usage::\n\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_its_help_shows_the_options_of_its_usage_text(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(program), "--help"])
    monkeypatch.syspath_prepend(str(program.parent))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(program), run_name="__main__")
    assert ended.value.code == 0
    taken = options(capsys.readouterr().out.partition("options:")[2])
    assert taken - {"--help"} == options(usage(program))
