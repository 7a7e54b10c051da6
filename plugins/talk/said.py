"""What people send: a remark, a reply. Checked at the edge."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vib.conversation import Audience
from vib.validation import written_as

LONGEST_TEXT = 4000
"""Characters."""
LONGEST_CLIP = 24 * 3600.0
"""Seconds."""

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,3})?)")
KEPT = written_as(r"[^\x00]*", nl="heeft een nul-teken", en="has a NUL character")
"""Of the characters there are, PostgreSQL keeps all but one."""


class Kind(StrEnum):
    """What a remark is."""

    REMARK = "remark"
    DOUBT = "doubt"


def seconds_of(written: Any) -> Any:
    """Return the seconds of a moment as people write it, None where nothing is written.

    Examples
    --------
    >>> seconds_of("1:04.5"), seconds_of("12,5"), seconds_of("")
    (64.5, '12.5', None)
    """
    if not isinstance(written, str):
        return written
    found = CLOCK.fullmatch(written.strip())
    if found is None:
        return written.strip().replace(",", ".") or None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


Name = Annotated[str, Field(max_length=100), KEPT]
Moment = Annotated[float, Field(ge=0, le=LONGEST_CLIP, allow_inf_nan=False)]
Second = Annotated[Moment | None, BeforeValidator(seconds_of)]


class SentReply(BaseModel):
    """A reply."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), KEPT]


class SentRemark(SentReply):
    """A remark, with what it is about; see `Remark`."""

    kind: Kind = Kind.REMARK
    audience: Audience = Audience.SUPERVISOR
    second: Second = None
    turn: Name = ""
    code: Name = ""
    about: Annotated[str, Field(max_length=200), KEPT] = ""
