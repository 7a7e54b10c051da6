"""What a job of the ML backend is to those who ask about it: a clip to cut, and how far that is."""

from __future__ import annotations

from typing import Annotated, Literal, final, get_args

from pydantic import BaseModel, ConfigDict, Field, field_serializer

from vib.language import Text

State = Literal["queued", "working", "done", "failed", "dead"]
"""`failed` is bad media, or a refusal of Label Studio; `dead` is given up after too many attempts."""

STATES: tuple[State, ...] = get_args(State)

GAVE_UP: frozenset[State] = frozenset({"failed", "dead"})
"""Nothing more happens by itself."""

ENDED: tuple[State, ...] = tuple(state for state in STATES if state == "done" or state in GAVE_UP)


@final
class Job(BaseModel):
    """How far a clip is, for one task or for nobody in particular; `done` is when Label Studio has the turns.

    Parameters
    ----------
    progress : float
        Part done, from 0 to 1.
    reason : Text or None
        What went wrong, if anything did.
    position : int or None
        Place in the queue, from 1, of what is queued.
    """

    model_config = ConfigDict(frozen=True)

    clip: str
    project: int | None = None
    task: int | None = None
    state: State
    progress: Annotated[float, Field(ge=0, le=1)] = 0.0
    reason: Text | None = None
    attempts: int = 0
    position: int | None = None

    @field_serializer("progress")
    def _rounded(self, progress: float) -> float:
        return round(progress, 3)

    @property
    def gave_up(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in GAVE_UP


@final
class Jobs(BaseModel):
    """The answer of the ML backend about jobs: each of them, and how many are in each state."""

    jobs: tuple[Job, ...] = ()
    counts: dict[State, int] = {}
