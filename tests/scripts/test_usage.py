"""A command that was typed wrong is explained in Dutch too, and so is its help."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer

import scripts.console
import scripts.usage
from scripts.usage import run
from vib.language import LANGUAGES, Language

Say = Callable[..., tuple[int, str, str]]


class Colour(StrEnum):
    """What may be chosen from."""

    red = "red"
    blue = "blue"


def practice() -> typer.Typer:
    """Return a command with one of each kind of argument and option."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)
    inner = typer.Typer()

    @app.command()
    def paint(
        what: str,
        number: Annotated[int, typer.Option()],
        colour: Annotated[Colour, typer.Option()] = Colour.red,
        loud: Annotated[bool, typer.Option("--loud")] = False,
        source: Annotated[Path | None, typer.Option(exists=True)] = None,
    ) -> None:
        raise typer.Exit(number)

    @inner.command()
    def stop() -> None:
        raise typer.Abort

    app.add_typer(inner, name="inner")
    app.command("plain")(lambda: None)
    return app


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return a function that runs a command line in a language."""

    def in_language(language: Language, *words: str) -> tuple[int, str, str]:
        for module in (scripts.console, scripts.usage):
            monkeypatch.setattr(module, "LANGUAGE", language)
        code = run(practice(), words)
        written = capsys.readouterr()
        return code, written.out, written.err

    return in_language


@pytest.mark.parametrize(
    ("words", "nl", "en"),
    [
        ("paint", "Fout: 'what' ontbreekt.", "Error: Missing argument 'what'."),
        ("paint x", "Fout: '--number' ontbreekt.", "Error: Missing option '--number'."),
        (
            "paint x --number",
            "Fout: achter '--number' hoort een waarde.",
            "Error: Option '--number' requires an argument.",
        ),
        ("paint x --number a", "Fout: '--number': 'a' is geen geheel getal", "'a' is not a whole number"),
        ("paint x --loud=1", "Fout: achter '--loud' hoort geen waarde.", "does not take a value."),
        ("paint x y z --number 1", "Fout: dit is te veel: y z", "Error: Got unexpected extra argument(s) (y z)"),
        ("paint x --qq", "Fout: de optie --qq is er niet.", "Error: No such option: --qq"),
        ("paint x --numbe 1", "Fout: de optie --numbe is er niet (wel --number).", "(Possible options: --number)"),
        (
            "paint x --number 1 --colour green",
            "Fout: '--colour': 'green' is geen van 'red', 'blue'.",
            "'green' is not one of 'red', 'blue'.",
        ),
        ("paint x --number 1 --source /gone", "Fout: '--source': '/gone' bestaat niet.", "'/gone' does not exist."),
        (
            "paine",
            "Fout: de opdracht 'paine' is er niet. Bedoel je 'plain', 'paint', 'inner'?",
            "Did you mean 'plain', 'paint', 'inner'?",
        ),
        ("qq", "Fout: de opdracht 'qq' is er niet.", "Error: No such command 'qq'."),
        ("inner", "Fout: er ontbreekt een opdracht.", "Error: Missing command."),
    ],
)
def test_a_command_that_was_typed_wrong_is_explained_in_both_languages(said: Say, words: str, nl: str, en: str) -> None:
    for language, expected in (("nl", nl), ("en", en)):
        code, out, err = said(language, *words.split())
        assert (code, out) == (2, "")
        assert err.splitlines()[-1].endswith(expected)


def test_who_types_a_command_wrong_is_told_how_it_is_called_and_where_its_help_is(said: Say) -> None:
    assert said("nl", "paint", "--qq")[2].startswith("Gebruik: vib paint [OPTIES] {what}\nUitleg: vib paint --help\n")
    assert said("en", "paint", "--qq")[2].startswith("Usage: vib paint [OPTIONS] {what}\nHelp: vib paint --help\n")


@pytest.mark.parametrize("words", [["--help"], ["paint", "--help"], ["inner", "stop", "--help"]])
def test_help_has_no_english_around_it_in_dutch(said: Say, words: list[str]) -> None:
    code, out, _ = said("nl", *words)
    assert code == 0
    assert out.startswith("Gebruik: vib ")
    for english in ("Usage", "Options", "OPTIONS", "Commands", "Arguments", "Show this", "[required]", "[default"):
        assert english not in out
    assert said("en", *words)[1].startswith("Usage: vib ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_exit_codes_are_those_that_a_command_gives(said: Say, language: Language) -> None:
    assert said(language, "paint", "x", "--number", "7")[0] == 7
    assert said(language, "plain")[0] == 0
    assert said(language, "inner", "stop")[0] == 1
    assert said(language)[0] == 2
