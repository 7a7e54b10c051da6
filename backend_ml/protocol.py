"""What Label Studio 1.23 and VIB Studio send to the backend, and what is answered.

It calls ``/health`` and ``/setup`` before every ``/predict``, and puts all tasks that lack a
prediction of the model version from ``/setup`` in one request. Task data may hold more
than is listed here; it is ignored.

Label Studio keeps every prediction it is given, also an empty one, and does not ask again for
a task that has one of this model version. It takes a list of predictions for a task too, so a
task whose turns are not there gets an empty list: nothing is kept, and it is asked again.
`states`, which Label Studio does not read, says why there is nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict, TypeVar, final

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, field_validator

from backend_ml.refused import Refused
from backend_ml.sources import LONGEST
from vib.interface import Region
from vib.job import State
from vib.validation import first_problem

Name = Annotated[str, Field(max_length=LONGEST)]
Number = Annotated[int, Field(ge=0, lt=2**63)]
Interface = Annotated[str, Field(max_length=2_000_000)]


class TaskData(BaseModel):
    """The media of one task, and the family in them when that is known."""

    model_config = ConfigDict(frozen=True)

    clip: str | None = None
    family: str | None = None
    video: str | None = None
    audio: str | None = None

    @field_validator("clip", "family", "video", "audio", mode="before")
    @classmethod
    def _bounded(cls, value: object) -> object:
        # One odd task must not keep the others of a request from their turns; `source_of` refuses what is too long.
        return value[: LONGEST + 1] if isinstance(value, str) else None

    def media(self, *, sight: bool) -> str | None:
        """Return the address of what to cut: the sound by itself when there is one, unless the picture counts too."""
        first, second = (self.video, self.audio) if sight else (self.audio, self.video)
        return first or second or None


class Task(BaseModel):
    """One task whose clip is to be cut."""

    model_config = ConfigDict(frozen=True)

    id: Number | None = None
    project: Number | None = None
    data: TaskData


class PredictRequest(BaseModel):
    """Body of ``/predict``."""

    model_config = ConfigDict(frozen=True)

    tasks: list[Task]
    label_config: Interface
    project: str | int | None = None
    params: dict[str, Any] | None = None


class SetupRequest(BaseModel):
    """Body of ``/setup``.

    Label Studio also sends its address and the token of the project's owner. Neither is
    read: which Label Studio to trust is a setting, never something a caller says.
    `extra_params` are those with which the backend was connected to the project.
    """

    model_config = ConfigDict(frozen=True)

    project: str | int | None = None
    label_config: Interface | None = Field(default=None, alias="schema")
    extra_params: Any = None

    @property
    def family(self) -> str | None:
        """The family whose project it is, when that is known."""
        match self.extra_params:
            case {"family": str(family)}:
                return family
        return None


class JobsRequest(BaseModel):
    """Body of ``POST /jobs``: tasks to cut without anybody waiting."""

    model_config = ConfigDict(frozen=True)

    tasks: list[Task]
    label_config: Interface


class JobsQuery(BaseModel):
    """What ``GET /jobs`` may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: Number | None = None
    clip: Name | None = None
    state: State | None = None


class RetryRequest(BaseModel):
    """Body of ``POST /jobs/retry``: what to try again; nothing named is everything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: Number | None = None
    clip: Name | None = None


class CorrectedTask(BaseModel):
    """The task that somebody coded."""

    id: Number
    data: dict[str, Any]


class Corrected(BaseModel):
    """What somebody made of the turns; `family` is that of the clip, when it is known."""

    id: Number
    result: list[dict[str, Any]] = Field(default=[], max_length=50_000)
    family: Name | None = None


class WebhookRequest(BaseModel):
    """Body of ``/webhook``, as the plugin for turns sends it; `at` is in seconds since 1970."""

    action: str = Field(max_length=100)
    at: FiniteFloat | None = None
    project: Number | None = None
    task: CorrectedTask
    annotation: Corrected


class Prediction(TypedDict):
    """The turns of one task."""

    result: list[Region]
    score: float
    model_version: str


class TaskState(TypedDict):
    """How far one task is; `reason` says in both languages what went wrong."""

    state: State
    progress: float
    position: int | None
    reason: dict[str, str] | None


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """Answer to ``/predict``: for each task a prediction or an empty list, and how far it is."""

    results: list[Prediction | list[Prediction]]
    states: list[TaskState]


_Body = TypeVar("_Body", bound=BaseModel)


def parse(model: type[_Body], body: bytes) -> _Body:
    """Read a request body.

    Raises
    ------
    Refused
        It is not JSON, or not of this shape.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "", nl="de aanvraag is geen geldige JSON", en="the request is not valid JSON") from error
    return read(model, content)


def read(model: type[_Body], content: object) -> _Body:
    """Read what was asked.

    Raises
    ------
    Refused
        It is not of this shape.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problem = first_problem(error, "")
        raise Refused(400, problem.place, nl=problem.reason.nl, en=problem.reason.en) from error
