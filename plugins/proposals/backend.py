"""Asking the ML backend how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, final

import httpx
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vib.job import Job, Jobs, State

SECONDS = 4.0
"""How long a page waits for the backend."""

GLANCE = 1.0
"""How long one waits that has more to say than what the backend knows."""

MOST_BYTES = 32 * 1024**2


@final
class NoBackend(Exception):
    """The backend does not answer, or not as it should."""


@final
class BackendHealth(BaseModel):
    """What the backend says of itself: its version, the clips in each state, and how many workers cut them."""

    model_config = ConfigDict(frozen=True)

    version: Annotated[str, Field(max_length=40)]
    queue: dict[State, int]
    workers: int


def address() -> str:
    """Return where the backend is."""
    return str(settings.VIB.ml_url or f"http://127.0.0.1:{settings.VIB.ml_port}").rstrip("/")


def headers() -> dict[str, str]:
    """Return how this server makes itself known."""
    return {"Authorization": f"Bearer {settings.VIB.ml_secret}"} if settings.VIB.ml_secret else {}


@cache
def client() -> httpx.Client:
    """Return what asks; made once, as it reads every certificate that this machine trusts.

    It keeps no connection, so that processes that branch off share none.
    """
    return httpx.Client(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


def jobs_of(project: int, seconds: float = SECONDS) -> dict[int, Job]:
    """Return the jobs of a project by task.

    Parameters
    ----------
    seconds : float
        How long the backend is waited for.

    Raises
    ------
    NoBackend
        It does not answer, or not as it should.
    """
    content = _ask("GET", "/jobs", params={"project": project}, timeout=seconds)
    try:
        found = Jobs.model_validate_json(content).jobs
    except ValidationError as error:
        raise NoBackend("its answer is not understood") from error
    return {job.task: job for job in found if job.task is not None}


def health() -> BackendHealth:
    """Return how the backend is.

    Raises
    ------
    NoBackend
        It does not answer, or not as it should, or cannot reach its queue.
    """
    try:
        return BackendHealth.model_validate_json(_ask("GET", "/health", timeout=GLANCE))
    except ValidationError as error:
        raise NoBackend("its answer is not understood") from error


def retry(project: int) -> None:
    """Have the clips of a project tried again that failed.

    Raises
    ------
    NoBackend
        It does not answer.
    """
    _ask("POST", "/jobs/retry", json={"project": project})


def _ask(method: str, path: str, **options: Any) -> bytes:
    found: Mapping[str, Any] = {"headers": headers(), "timeout": SECONDS, **options}
    try:
        with client().stream(method, f"{address()}{path}", **found) as answer:
            content = b""
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    raise NoBackend("its answer is too long")
    except httpx.HTTPError as error:
        raise NoBackend(repr(error)) from error
    if not answer.is_success:
        raise NoBackend(f"it answered {answer.status_code}")
    return content
