"""What the form of a moment sends."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vib.validation import WrongValue, written_as

LONGEST_NOTE = 2000
"""Characters."""

KEPT = written_as(r"[^\x00]*", nl="heeft een nul-teken", en="has a NUL character")
"""Of the characters there are, PostgreSQL keeps all but one."""

Second = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Sent(BaseModel):
    """That a moment is settled, or open again."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    tier: Annotated[str, Field(min_length=1, max_length=200), KEPT]
    attribute: Annotated[str, Field(max_length=200), KEPT] = ""
    start: Second
    end: Second
    settled: bool
    note: Annotated[str, Field(max_length=LONGEST_NOTE), KEPT] = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Sent:
        if self.end < self.start:
            raise WrongValue(nl="eindigt voor het begint", en="ends before it starts")
        return self
