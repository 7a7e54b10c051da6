"""Cells of a CSV that people open in a spreadsheet."""

from __future__ import annotations

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the start of a formula."""


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula; what is no text stays as it is.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("kind"), safe_cell(-1.5)
    ("'=1+1", 'kind', -1.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_START) else value
