"""Rows of the database as records of what is kept of somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from vib.kept import Kept, Record
from vib.language import Text

ROWS_AT_ONCE = 50
"""Rows that are in memory together; one may have the codes of a clip of three hours."""


def kept_rows(
    name: str,
    texts: Mapping[str, Text],
    rows: QuerySet[Any, Any],
    record: Callable[[Any], Record] = lambda row: row,
    *,
    words: Mapping[str, Text] | None = None,
    order: int = 50,
) -> Kept:
    """Return rows as one kind of what is kept, narrowed as the query is when somebody asks for them.

    Parameters
    ----------
    texts : Mapping of str to Text
        As `Kept.of_texts` takes them.
    rows : QuerySet
        In an order in which no two are equal.
    record : callable
        Makes a record of a row; without it a row of `values` is one.
    """

    def records(start: int, stop: int | None) -> Iterator[Record]:
        yield from map(record, rows.all()[start:stop].iterator(ROWS_AT_ONCE))

    return Kept.of_texts(name, texts, records, rows.count(), words=words, order=order)
