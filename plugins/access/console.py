"""What the commands of `vib access` share: the server's database in this process, and what is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plugins.access import texts_command as texts
from plugins.host.start import database, start_django
from vib import actor
from vib.language import Language

if TYPE_CHECKING:
    from plugins.access.granting import By, Outcome

TABLE = "vib_access_round"
"""What the database of an older version does not have."""


def start(data: Path | None) -> None:
    """Make the models of the server's database usable in this process."""
    start_django(data, TABLE)


def change(language: Language, do: Callable[[By], Sequence[Outcome]]) -> None:
    """Do something as whoever works on the machine, all of it or nothing, and say what was done."""
    from plugins.access.granting import acting

    with database(), acting(actor.command()) as by:
        outcomes = do(by)
    for outcome in outcomes:
        typer.echo(outcome.text.to(language))


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
