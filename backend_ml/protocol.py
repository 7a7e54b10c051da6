"""What Label Studio 1.23 sends to an ML backend and what it reads from the answer.

It calls ``/health`` and ``/setup`` before every ``/predict``, and puts all tasks that lack a
prediction of the model version from ``/setup`` in one request. Task data may hold more
than is listed here; it is ignored.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend_ml.refused import Refused
from vib.interface import Region
from vib.problem import first_problem

Name = Annotated[str, Field(max_length=4096)]


class TaskData(BaseModel):
    """The media of one task."""

    model_config = ConfigDict(frozen=True)

    clip: Name | None = None
    video: Name | None = None
    audio: Name | None = None

    @property
    def media(self) -> str | None:
        """Address of what to listen to: the sound track by itself when there is one."""
        return self.audio or self.video or None


class Task(BaseModel):
    """One task to predict."""

    model_config = ConfigDict(frozen=True)

    data: TaskData


class PredictRequest(BaseModel):
    """Body of ``/predict``."""

    model_config = ConfigDict(frozen=True)

    tasks: list[Task]
    label_config: str = Field(max_length=2_000_000)
    project: str | int | None = None
    params: dict[str, Any] | None = None


class SetupRequest(BaseModel):
    """Body of ``/setup``.

    Label Studio also sends its address and the token of the project's owner. Neither is
    read: which Label Studio to trust is a setting, never something a caller says.
    """

    model_config = ConfigDict(frozen=True)

    project: str | int | None = None
    label_config: str | None = Field(default=None, alias="schema", max_length=2_000_000)


class Prediction(TypedDict, total=False):
    """Answer to one task; `problem` says in both languages why there are no turns."""

    result: list[Region]
    score: float
    model_version: str
    problem: dict[str, str]


_Body = TypeVar("_Body", bound=BaseModel)


def parse(model: type[_Body], body: bytes) -> _Body:
    """Read a request body.

    Raises
    ------
    Refused
        It is not JSON, or not of this shape.
    """
    try:
        return model.model_validate(json.loads(body))
    except ValidationError as error:
        problem = first_problem(error, "")
        raise Refused(400, problem.place, nl=problem.reason.nl, en=problem.reason.en) from error
    except (ValueError, RecursionError) as error:
        raise Refused(400, "", nl="de aanvraag is geen geldige JSON", en="the request is not valid JSON") from error
