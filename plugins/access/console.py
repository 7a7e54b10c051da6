"""What the commands of `vib access` share: the server's database in this process, and what is shown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from plugins.access import texts_command as texts
from vib import actor
from vib.language import Language
from vib.problem import InputProblem
from vib.settings import read_settings

if TYPE_CHECKING:
    from plugins.access.granting import By, Outcome

PATIENCE_SECONDS = 30
"""How long to wait for the database while the server writes to it."""


def start_django(data: Path | None) -> None:
    """Make the models of the server's database usable in this process.

    Raises
    ------
    InputProblem
        There is no such database, or it is not of this version.
    """
    chosen = read_settings(data)
    if not chosen.logins.exists():
        raise InputProblem(str(chosen.data), nl=texts.NOT_STARTED.nl, en=texts.NOT_STARTED.en)
    os.environ["VIB_DATA"] = str(chosen.data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"
    import django
    from django.db import connection

    # Label Studio says where its folders are; nobody asked.
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        django.setup()
    if connection.vendor == "sqlite":
        connection.close()
        # A transaction that begins by reading is refused at once when it comes to write; this one waits.
        connection.settings_dict["OPTIONS"] |= {"timeout": PATIENCE_SECONDS, "transaction_mode": "IMMEDIATE"}
    with database():
        there = connection.introspection.table_names()
    if "vib_access_round" not in there:
        raise InputProblem(str(chosen.data), nl=texts.OLDER.nl, en=texts.OLDER.en)


@contextmanager
def database(language: Language = "en") -> Iterator[None]:
    """Say in one line what is wrong with the database.

    Raises
    ------
    TimeoutError
        It stayed locked.
    ConnectionError
        It cannot be reached.
    """
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise TimeoutError(texts.BUSY.to(language)) from error
        raise ConnectionError(" ".join(str(error).split())) from error


def change(language: Language, do: Callable[[By], Sequence[Outcome]]) -> None:
    """Do something as whoever works on the machine, all of it or nothing, and say what was done."""
    from plugins.access.granting import acting

    with database(language), acting(actor.command()) as by:
        outcomes = do(by)
    for outcome in outcomes:
        typer.echo(outcome.text.to(language))


def print_json(content: Any) -> None:
    """Write one line of JSON to standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def print_table(heads: Iterable[str], rows: Iterable[Sequence[str]], language: Language) -> None:
    """Write a table as wide as the terminal; elsewhere as wide as it is."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 10_000, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False)
    for name in heads:
        table.add_column(texts.HEADS[name].to(language), overflow="fold")
    for row in rows:
        table.add_row(*(cell or "-" for cell in row))
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        typer.echo(line.rstrip())
