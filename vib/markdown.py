"""Text as Markdown that shows it literally."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", **{mark: f"\\{mark}" for mark in "\\`*_[]#|~"}})
_STARTS_LIST = re.compile(r"^(\d*)(?=[-+.)])")


def literal(text: str) -> str:
    """Return `text` as one line of Markdown that shows it literally, also at the start of a block.

    Examples
    --------
    >>> print(literal("1. <b>kijk</b> | *zo*"))
    1\\. &lt;b&gt;kijk&lt;/b&gt; \\| \\*zo\\*
    """
    return _STARTS_LIST.sub(r"\1\\", " ".join(text.split()).translate(_ESCAPES))


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"


def capital(text: str) -> str:
    """Return `text` with a capital letter.

    Examples
    --------
    >>> capital("beurt")
    'Beurt'
    """
    return text[:1].upper() + text[1:]
