"""What the labelling page sends of a work: its beginning, and changes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, model_validator

from vib.stored_codes import LONGEST_NAME, MOST_RESULTS
from vib.validation import WrongValue

MOST_CHANGES = 1_000
"""Of one request."""

MOST_OPERATIONS = MOST_RESULTS
"""Of one change: what takes all codes away is one."""


def _uuid(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise WrongValue(nl="is geen UUID", en="is not a UUID") from error


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
        # One at an end of the calendar has no place in UTC, which is what is kept.
        found.timestamp()
    except (ValueError, OverflowError) as error:
        raise WrongValue(nl="is geen moment (ISO 8601)", en="is not a moment (ISO 8601)") from error
    if found.tzinfo is None or not 1970 < found.year < 9999:
        raise WrongValue(nl="is geen moment met tijdzone", en="is not a moment with a time zone")
    return found


Identifier = Annotated[UUID, PlainValidator(_uuid)]
Moment = Annotated[datetime, PlainValidator(_moment)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Number = Annotated[int, Field(gt=0, lt=2**31, strict=True)]


class Sent(BaseModel):
    """What says which work it is about, and which tab sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: Identifier
    annotation: Annotated[int, Field(gt=0, lt=2**63, strict=True)] | None = None


class Beginning(Sent):
    """What a work begins from."""

    start: list[Any]


class Coded(Sent):
    """What is coded, before it is submitted."""

    results: list[Any]


class Operation(BaseModel):
    """A result is put, or the one with an id and a control is removed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    put: dict[str, Any] | None = None
    remove: tuple[Name, Name] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.put is None) == (self.remove is None):
            raise WrongValue(nl="moet put of remove hebben", en="must have put or remove")
        return self


class Changed(BaseModel):
    """One change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Number
    at: Moment
    operations: Annotated[list[Operation], Field(min_length=1, max_length=MOST_OPERATIONS)]


class Changes(Sent):
    """Changes in their order, each with the number after that of the one before."""

    after: Annotated[int, Field(ge=0, lt=2**31, strict=True)]
    changes: Annotated[list[Changed], Field(min_length=1, max_length=MOST_CHANGES)]

    @model_validator(mode="after")
    def _follow(self) -> Self:
        if [change.number for change in self.changes] != list(
            range(self.after + 1, self.after + 1 + len(self.changes))
        ):
            raise WrongValue(
                nl="de nummers van changes volgen niet op after", en="the numbers of changes do not follow after"
            )
        return self
