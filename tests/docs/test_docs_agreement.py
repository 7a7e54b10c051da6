"""What pages show of `vib agreement` is what it prints."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.docs.pages import DOCS, ROOT, blocks
from vib.pluginhost import PluginHost

COMMAND = "$ .venv/bin/vib agreement "
PAGES = (DOCS / "how-to" / "compare-raters.md", ROOT / "plugins" / "agreement" / "README.md")
LEFT_OUT = "..."


def sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command about a file of the repository with the lines that are shown of what it prints."""
    command, shown = "", list[str]()
    for language, code in blocks(page.read_text(encoding="utf-8")):
        if language not in ("", "console"):
            continue
        if language == "console":
            if command and shown:
                yield command, shown
            whole = code.replace("\\\n", " ")
            first, *shown = whole.splitlines()
            about_a_file = first.startswith(COMMAND) and "--project" not in first and "--round" not in first
            command = first.removeprefix(COMMAND) if about_a_file else ""
        elif command:
            shown += [LEFT_OUT, *code.splitlines()]
    if command and shown:
        yield command, shown


def printed(command: str) -> list[str]:
    app, host = typer.Typer(), PluginHost(only=["agreement"])
    host.hook.vib_commands(app=app, host=host)
    run = CliRunner().invoke(app, shlex.split(command), catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return [line.rstrip() for line in run.output.splitlines()]


def not_printed(shown: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return the first lines that are shown and not printed in this order; *...* stands for any lines."""
    place = 0
    for piece in pieces(shown):
        found = (n for n in range(place, len(lines)) if list(lines[n : n + len(piece)]) == piece)
        start = next(found, None)
        if start is None:
            return piece
        place = start + len(piece)
    return []


def pieces(shown: Sequence[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    for line in (*shown, LEFT_OUT):
        if line == LEFT_OUT:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(line.rstrip())


SESSIONS = [(page, command, shown) for page in PAGES for command, shown in sessions(page)]


@pytest.mark.parametrize(("page", "command", "shown"), SESSIONS, ids=[command for _, command, _ in SESSIONS])
def test_the_command_prints_what_a_page_shows(
    page: Path, command: str, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert not_printed(shown, printed(command)) == [], page


def test_the_pages_show_what_it_prints() -> None:
    assert {page for page, _, _ in SESSIONS} == set(PAGES)
    assert len(SESSIONS) >= 6


def test_a_line_that_is_not_printed_is_found() -> None:
    assert not_printed(["a", "...", "c"], ["a", "b", "c"]) == []
    assert not_printed(["a", "c"], ["a", "b", "c"]) == ["a", "c"]
    assert not_printed(["c", "...", "a"], ["a", "b", "c"]) == ["a"]
