"""Rows of a CSV with a header, one at a time, numbered as a spreadsheet numbers them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from vib.problem import InputProblem
from vib.unreadable import cannot_be_read

from . import texts
from .opening import check_file

SEPARATORS = (",", ";", "\t")

LONGEST_LINE = 65_536
"""Characters; nine cells of the greatest length are far shorter."""


Row = tuple[int, list[str]]
"""The number of a row, and its cells: the header is 1, blank rows count."""


class Table(NamedTuple):
    """A CSV file whose header has been read."""

    separator: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, known: Sequence[str]) -> Iterator[Table]:
    """Open a CSV file: UTF-8, with or without a byte order mark, split by comma, semicolon or tab.

    Parameters
    ----------
    known : Sequence[str]
        Columns that there can be; the separator is the one by which most of them are found.

    Raises
    ------
    InputProblem
        Now or while its rows are read, with the file and where it can be the row: the file
        cannot be read, is empty or no UTF-8 text, the header or a row is wrong.
    """
    check_file(path)
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield _table(path, file, known)
    except OSError as error:
        raise cannot_be_read(path, error) from error


def at_row(path: Path, number: int, problem: InputProblem) -> InputProblem:
    """Return a problem as one of a row of a file."""
    return texts.problem(str(path), texts.ROW, number=number, reason=texts.one_line(problem))


def _table(path: Path, file: TextIO, known: Sequence[str]) -> Table:
    lines, blank = _lines(file), 0
    try:
        for header in lines:
            if header.strip():
                break
            blank += 1
        else:
            raise texts.problem(str(path), texts.EMPTY_FILE)
        separator, columns = _header(header, known)
    except InputProblem as problem:
        raise problem if problem.place else at_row(path, blank + 1, problem) from None
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t", strict=True)
    return Table(separator, columns, _rows(path, reader, blank + 1, len(columns)))


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise texts.problem("", texts.LONG_LINE)
        if not line.isascii():
            try:
                line.encode()
            except UnicodeEncodeError as error:
                raise texts.problem("", texts.NOT_UTF8) from error
        if "\0" in line:
            raise texts.problem("", texts.NUL)
        yield line


def _header(line: str, known: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    best: tuple[int, str, tuple[str, ...]] = (0, "", ())
    for separator in SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
        columns = tuple(cell.strip().lower() for cell in cells)
        found = len(set(columns) & set(known))
        if found > best[0]:
            best = (found, separator, columns)
    _, separator, columns = best
    if not columns:
        raise texts.problem("", texts.NO_HEADER, known=", ".join(known))
    for number, column in enumerate(columns, 1):
        if column not in known:
            found_name = texts.quoted(column)
            raise texts.problem("", texts.UNKNOWN_COLUMN, number=number, found=found_name, known=", ".join(known))
        if column in columns[: number - 1]:
            raise texts.problem("", texts.DOUBLE_COLUMN, found=column)
    return separator, columns


def _rows(path: Path, reader: Iterator[list[str]], number: int, width: int) -> Iterator[Row]:
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise at_row(path, number, texts.problem("", texts.NO_CSV, reason=error)) from error
        except InputProblem as problem:
            raise at_row(path, number, problem) from problem
        if len(cells) == width:
            yield number, cells
        elif any(cell.strip() for cell in cells):
            raise at_row(path, number, texts.problem("", texts.WRONG_WIDTH, found=len(cells), wanted=width))
