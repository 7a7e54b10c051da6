"""A record as its page shows it: the fields that are its columns, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from vib.dates import written_day, written_moment
from vib.kept import Kept, Record
from vib.language import Language

from . import texts

MOST_SIGNS = 200
"""Of one value; the file has all of it."""


def cells(kept: Kept, record: Record, language: Language) -> Sequence[str]:
    """Return what a record says in each column."""
    return [_said(kept, record.get(name), language) for name in kept.columns]


def _said(kept: Kept, value: Any, language: Language) -> str:
    if value is None or value == "":
        return texts.NOTHING
    if isinstance(value, bool):
        return (texts.YES if value else texts.NO).to(language)
    if isinstance(value, datetime):
        return written_moment(timezone.localtime(value), language)
    if isinstance(value, date):
        return written_day(value, language)
    if isinstance(value, float):
        return f"{value:.1f}"
    if str(value) in kept.words:
        return kept.words[str(value)].to(language)
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return said if len(said) <= MOST_SIGNS else f"{said[:MOST_SIGNS]}…"
