"""Cells of a CSV that people made or saved in a spreadsheet: numbers and ratings."""

from __future__ import annotations

import math
from functools import lru_cache

from vib.spreadsheet import COMMA_NUMBER, PLAIN_NUMBER, looks_like_number, name_in

from . import texts


def number_in(cell: str, column: str, *, comma: bool) -> float | None:
    """Return the number in a cell, None for an empty cell.

    Parameters
    ----------
    column : str
        Named in the message.
    comma : bool
        Whether ``1,5`` is a number too.

    Raises
    ------
    InputProblem
        It is no finite number.
    """
    written = name_in(cell)
    if not written:
        return None
    if comma:
        written = written.replace(",", ".", 1)
    elif COMMA_NUMBER.fullmatch(written):
        raise texts.problem("", texts.COMMA, column=column, found=texts.quoted(written))
    number = float(written) if PLAIN_NUMBER.fullmatch(written) else math.nan
    if not math.isfinite(number):
        raise texts.problem("", texts.NO_NUMBER, column=column, found=texts.quoted(name_in(cell)))
    return number


@lru_cache(maxsize=4096)
def rating_in(cell: str, *, comma: bool) -> float | str | None:
    """Return what a cell says of a rating: a number, else text, None for an empty cell.

    Raises
    ------
    InputProblem
        It looks like a number and is none: ``nan``, ``inf``, ``1e999``, or ``1,5`` where
        commas separate the cells.

    Examples
    --------
    >>> rating_in("3", comma=False), rating_in("1,5", comma=True), rating_in("high", comma=False)
    (3.0, 1.5, 'high')
    """
    written = name_in(cell)
    return number_in(cell, "value", comma=comma) if looks_like_number(written) else written or None
