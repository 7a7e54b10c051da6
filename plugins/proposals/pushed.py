"""What the ML backend pushes: the turns of one task."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vib.validation import WrongValue

MOST_TURNS = 20_000

Name = Annotated[str, Field(min_length=1, max_length=200)]
Second = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[int, Field(gt=0, lt=2**63, strict=True)]


class Stretch(BaseModel):
    """From when to when a turn lasts, in seconds, and who acts."""

    model_config = ConfigDict(frozen=True)

    start: Second
    end: Second
    channel: int = Field(0, ge=0, le=64)
    labels: Annotated[list[Name], Field(min_length=1, max_length=1)]

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end < self.start:
            raise WrongValue(nl="eindigt voor het begint", en="ends before it starts")
        return self


class Remark(BaseModel):
    """What is said of a turn, for who codes."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=10)]


class Turn(BaseModel):
    """A turn as a region of Label Studio; fields that are not named here are left out."""

    model_config = ConfigDict(frozen=True)

    id: Name
    from_name: Name
    to_name: Name
    type: Literal["labels"]
    original_length: Second
    score: Share | None = None
    value: Stretch
    meta: Remark | None = None


class Pushed(BaseModel):
    """The turns of a task, and what found them."""

    model_config = ConfigDict(frozen=True)

    task: Number
    project: Number
    model_version: Name
    result: Annotated[list[Turn], Field(max_length=MOST_TURNS)]
    score: Share | None = None
