"""Cells of a CSV that people open, make or save in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

from vib.problem import InputProblem

LONG_CSV = ("clip", "duration", "rater", "tier", "code", "start", "end", "rating", "value")
"""Columns of the CSV with one row an observation or a rating, which is exported and read."""

MADE_WITH = ("method", "version", "level")
"""Columns of that CSV that say with what a rater coded; they are there where that is known of anybody."""

CALCULATED = "calculated"
"""Column of that CSV in which ``yes`` says that nobody coded this row; it is there where something was calculated."""

RECORDING = ("recording", "recording_start", "recording_end")
"""Columns of that CSV that say when it was on the clock of the recording itself; they are there where that is asked."""

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the start of a formula."""

LONGEST = 200
"""Characters of a name in a cell, as in an observations file."""

PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
COMMA_NUMBER = re.compile(r"[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_PREFIXED = re.compile(r"'+[=+\-@\t\r\n]")


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula; what is no text stays as it is.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("kind"), safe_cell(-1.5)
    ("'=1+1", 'kind', -1.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_START) else value


def cell_of(name: str) -> str:
    """Return the cell that `name_in` reads as this name, and that no spreadsheet runs.

    Raises
    ------
    InputProblem
        There is none: the name is empty or too long, has white space around it, or a NUL.

    Examples
    --------
    >>> cell_of("anna"), cell_of("=1+1"), cell_of("'=1+1")
    ('anna', "'=1+1", "''=1+1")
    """
    if name != name.strip() or not 0 < len(name) <= LONGEST or "\0" in name:
        found = repr(name[:40])
        raise InputProblem(
            "CSV",
            nl=f"past niet in een CSV: {found} is leeg, te lang, of heeft witruimte aan een kant of een nul-teken",
            en=f"does not fit in a CSV: {found} is empty, too long, or has white space at an end or a NUL character",
        )
    return f"'{name}" if _PREFIXED.match(name) else str(safe_cell(name))


def tidy(name: str) -> str:
    """Return a name as it is kept: without white space around it, and a letter with its accent as one sign (NFC).

    Examples
    --------
    >>> tidy(" cafe\u0301 ") == "caf\u00e9"
    True
    """
    return unicodedata.normalize("NFC", name.strip())


def name_in(cell: str) -> str:
    """Return the text of a cell: without white space around it, and without the ``'`` of a safe cell.

    Raises
    ------
    InputProblem
        It is longer than 200 characters.

    Examples
    --------
    >>> name_in(" anna "), name_in("'=1+1"), name_in("'s ochtends")
    ('anna', '=1+1', "'s ochtends")
    """
    name = tidy(cell)
    if _PREFIXED.match(name):
        name = name[1:]
    if len(name) > LONGEST:
        raise InputProblem(
            "",
            nl=f"een cel heeft {len(name)} tekens; hoogstens {LONGEST} mag",
            en=f"a cell has {len(name)} characters; at most {LONGEST} may be",
        )
    return name


def looks_like_number(text: str) -> bool:
    """Return whether a text would not be taken for the name of a category.

    Examples
    --------
    >>> [looks_like_number(text) for text in ("3", "1,5", "nan", "hoog")]
    [True, True, True, False]
    """
    return any(shape.fullmatch(text) for shape in (PLAIN_NUMBER, COMMA_NUMBER, _NOT_FINITE))
