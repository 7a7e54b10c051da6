"""What commands say: in the language of the user, progress apart from results, errors on one line."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from vib.language import Language, language_of
from vib.problem import InputProblem
from vib.terminal import DATA

LANGUAGE: Language = language_of(os.environ)

out = Console(soft_wrap=True)
notices = Console(stderr=True, soft_wrap=True)


def say(nl: str, en: str) -> str:
    """Return a text in the user's language."""
    return nl if LANGUAGE == "nl" else en


DataFolder = Annotated[Path | None, typer.Option("--data", help=DATA.to(LANGUAGE))]
AsJson = Annotated[
    bool, typer.Option("--json", help=say("Schrijf JSON, voor programma's.", "Write JSON, for programs."))
]


def complain(problem: InputProblem) -> None:
    """Say what is wrong on one line of standard error."""
    print(" ".join(problem.message(LANGUAGE).split()), file=sys.stderr)


class NotRunning(InputProblem):
    """A process does not run that is needed: no input is wrong, so that the exit code is 1."""


def exit_code(problems: Sequence[InputProblem]) -> int:
    """Return the exit code of a command that these problems kept from doing all of its work."""
    return 1 if any(isinstance(problem, NotRunning) for problem in problems) else 2 if problems else 0


class Failure(Exception):
    """Something did not work that is not the user's input: exit code 1."""


class OneLine(logging.Handler):
    """Says each message once, on one line of standard error: a plugin that fails may fail often."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        message = " ".join(record.getMessage().split())
        if message not in self._said:
            self._said.add(message)
            print(message, file=sys.stderr)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is going on: a spinner on a terminal, else a line."""
    if notices.is_terminal:
        with notices.status(text):
            yield
    else:
        notices.print(f"{text} ...")
        yield


def progress() -> Progress:
    """Return a progress display on standard error that disappears when it is done."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=notices,
        transient=True,
    )
