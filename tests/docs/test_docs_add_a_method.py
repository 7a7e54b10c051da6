"""The method of the how-to is made as it says, and gives what it shows."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.codebook import codebook_app
from tests.docs.pages import blocks, read
from vib.methods import read_method

PAGE = read("how-to/add-a-method.md")
BOOK = next(code for language, code in blocks(PAGE) if language == "yaml")
WRITTEN = "label_configs/glimlach/codebook.yaml"


def said(command: str) -> str:
    """Return what a typed command says."""
    words = shlex.split(command)
    assert words[:2] == [".venv/bin/vib", "codebook"]
    return CliRunner().invoke(codebook_app(), words[2:]).output


def lines(text: str) -> list[list[str]]:
    """Return the words of each line: columns may be wider than the page shows them."""
    return [line.split() for line in text.strip().splitlines()]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin in a folder with the method of the page."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / WRITTEN
    path.parent.mkdir(parents=True)
    path.write_text(BOOK + "\n", encoding="utf-8")
    return path


def test_the_commands_about_the_example_say_what_the_page_shows() -> None:
    session = next(code for _, code in blocks(PAGE) if f"check {WRITTEN}" in code)
    typed = [part.partition("\n") for part in session.split("$ ")[1:]]
    assert len(typed) == 2
    for command, _, shown in typed:
        assert lines(said(command)) == lines(shown)


def test_the_mistake_of_the_page_is_said_as_the_page_says(here: Path) -> None:
    shown = next(code for language, code in blocks(PAGE) if not language and code.startswith(WRITTEN))
    here.write_text(BOOK.replace("hide: [onbekend]", "hide: [onbekend, kind]"), encoding="utf-8")
    assert "`[onbekend, kind]`" in PAGE
    assert said(f".venv/bin/vib codebook check {WRITTEN}").strip() == shown.strip()


def test_the_method_of_the_page_has_what_the_page_says_of_it(here: Path) -> None:
    book = read_method("glimlach", here.parents[1])
    assert [tier.id for tier in book.timeline_tiers] == ["turn"]
    assert book.codes["kind"].hotkey == "k"
    assert book.ratings[0].evidence_required
