"""Which lines somebody wants to see, and how they are written: table, CSV and JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import TextIO

from vib.language import Language
from vib.problem import InputProblem
from vib.spreadsheet import safe_cell

from . import texts
from .line import Line, parse, printable
from .log import utc

COLUMNS = (
    *("number", "when", "kind", "who", "role", "what", "allowed"),
    *("families", "which", "where", "previous", "hash"),
)
"""Columns of the CSV, which are the fields of a line."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody wants; all of what is given must fit.

    Parameters
    ----------
    family : str or None
        Pseudonym of a family that the line is about.
    who : str or None
        Address, or what stands before its ``@``; capitals do not matter.
    refused : bool
        Only what was refused.
    since : str or None
        First moment, as lines write it.
    """

    family: str | None = None
    who: str | None = None
    refused: bool = False
    since: str | None = None

    def fits(self, line: Line) -> bool:
        """Return whether this line is wanted."""
        event = line.event
        if self.refused and event.allowed:
            return False
        if self.since is not None and line.when < self.since:
            return False
        if self.family is not None and self.family not in event.families:
            return False
        if self.who is None:
            return True
        who = event.who.casefold()
        return self.who.casefold() in (who, who.partition("@")[0])

    def __str__(self) -> str:
        said = [f"{name} {value}" for name in ("family", "who", "since") if (value := getattr(self, name)) is not None]
        return ", ".join([*said, "refused"] if self.refused else said)


def since(text: str) -> str:
    """Return the moment that a date, or a date and time, is; without a zone it is this machine's.

    Raises
    ------
    InputProblem
        It is no date.

    Examples
    --------
    >>> since("2026-03-01T10:00+01:00")
    '2026-03-01T09:00:00.000Z'
    """
    try:
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise InputProblem("--since", nl=texts.NO_DATE.nl, en=texts.NO_DATE.en) from error


@dataclass
class Reading:
    """Goes through lines for what is wanted, and counts what could not be read."""

    wanted: Wanted
    advance: Callable[[int], None]
    unreadable: int = 0

    def lines(self, raws: Iterable[bytes]) -> Iterator[tuple[bytes, Line]]:
        """Yield the wanted lines, as they are in the file and as what they say."""
        for raw in raws:
            line = parse(raw)
            if line is None:
                self.unreadable += 1
            elif self.wanted.fits(line):
                yield raw, line
            self.advance(len(raw))


def write_csv(lines: Iterable[tuple[bytes, Line]], to: TextIO) -> None:
    """Write a row a line; control characters are replaced, and no cell runs as a formula."""
    writer = csv.writer(to)
    writer.writerow(COLUMNS)
    for _, line in lines:
        writer.writerow([safe_cell(printable(cell)) for cell in _cells(line)])


def write_jsonl(lines: Iterable[tuple[bytes, Line]], to: TextIO) -> None:
    """Write the lines as they are in the log, hashes included."""
    for raw, _ in lines:
        to.write(raw.decode("ascii"))


def to_table(lines: Sequence[Line], language: Language, width: int | None) -> str:
    """Return a table for a terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table()
    for name, head in texts.HEADS.items():
        table.add_column(head.to(language), overflow="fold", justify="right" if name == "number" else "left")
    for line in lines:
        event = line.event
        what = texts.KINDS[line.kind].to(language) if line.kind in texts.KINDS else event.what
        done = (texts.DONE if event.allowed else texts.REFUSED).to(language)
        day, _, time = line.when.removesuffix("Z").partition("T")
        cells = [str(line.mark.number), f"{day} {time}", event.who, event.role, what, done]
        cells += [" ".join(event.families), event.which, event.where]
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    written = StringIO()
    Console(file=written, width=width or 160, no_color=True).print(table)
    return written.getvalue()


def _cells(line: Line) -> list[str]:
    event = line.event
    return [
        *(str(line.mark.number), line.when, line.kind, event.who, event.role, event.what),
        *(str(event.allowed).lower(), "; ".join(event.families), event.which, event.where),
        *(line.previous, line.mark.hash),
    ]
