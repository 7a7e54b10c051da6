"""Reaching the ML backend: its shared secret, its queue of clips, and connecting it to projects."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, final

import httpx
from pydantic import ValidationError

from scripts.console import NotRunning
from scripts.server import answering, backend_url
from vib.atomic import write_text
from vib.job import Job, Jobs
from vib.problem import InputProblem
from vib.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from label_studio_sdk.client import LabelStudio

CONNECTING = 5
"""How often connecting is tried."""

PAUSE = 2.0
"""Seconds between two tries."""

SECONDS = 30.0
"""How long the backend may take for an answer; it only looks into its queue."""

BATCH = 500
"""Tasks in one request."""

UNAVAILABLE = 503
"""What the backend answers while it has no queue."""

TITLE = "VIB turns"
"""What the backend is called in Label Studio."""


@final
class Backend:
    """The ML backend of a data folder."""

    def __init__(self, settings: Settings) -> None:
        self.address = backend_url(settings)
        self.secret = backend_secret(settings)
        self._client = httpx.Client(
            base_url=self.address,
            headers={"Authorization": f"Bearer {self.secret}"} if self.secret else {},
            timeout=SECONDS,
            trust_env=False,
        )

    def workers(self) -> int:
        """Return how many workers gave a sign of life.

        Raises
        ------
        NotRunning
            It does not answer, or has no queue.
        InputProblem
            Its answer is not understood.
        """
        found = self._ask("GET", "/health").get("workers")
        if not isinstance(found, int):
            raise self._unclear(TypeError("workers"))
        return found

    def version_for(self, family: str | None) -> str:
        """Return the version of its model for a family, or for clips of several.

        Raises
        ------
        NotRunning
            It does not answer, or has no queue.
        InputProblem
            It does not know the secret, or its answer is not understood.
        """
        return str(self._ask("POST", "/setup", json={"extra_params": {"family": family}}).get("model_version", ""))

    def jobs(self, project: int | None = None) -> list[Job]:
        """Return how far it is with the clips of a project, or with all.

        Raises
        ------
        NotRunning
            It does not answer, or has no queue.
        InputProblem
            It does not know the secret, or its answer is not understood.
        """
        content = self._ask("GET", "/jobs", params={} if project is None else {"project": project})
        try:
            return list(Jobs.model_validate(content).jobs)
        except ValidationError as error:
            raise self._unclear(error) from error

    def ask_for(self, tasks: Sequence[dict[str, Any]], label_config: str) -> None:
        """Have tasks cut into turns, without waiting. Asking again does no harm.

        Raises
        ------
        NotRunning
            It does not answer, or has no queue.
        InputProblem
            It does not know the secret, or its answer is not understood.
        """
        for first in range(0, len(tasks), BATCH):
            self._ask("POST", "/jobs", json={"tasks": tasks[first : first + BATCH], "label_config": label_config})

    def retry(self, project: int | None = None) -> int:
        """Have what failed tried again, and return how many clips that are.

        Raises
        ------
        NotRunning
            It does not answer, or has no queue.
        InputProblem
            It does not know the secret, or its answer is not understood.
        """
        content = self._ask("POST", "/jobs/retry", json={} if project is None else {"project": project})
        return int(content.get("retried", 0))

    def _ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, **options)
            content = answer.json()
        except httpx.HTTPError as error:
            raise NotRunning(
                self.address,
                nl="de ML-backend antwoordt niet; start hem met docker compose up -d of scripts/up, of zet VIB_ML_URL",
                en="the ML backend does not answer; start it with docker compose up -d or scripts/up,"
                " or set VIB_ML_URL",
            ) from error
        except ValueError as error:
            raise self._unclear(error) from error
        if answer.status_code == 401:
            raise InputProblem(
                self.address,
                nl="de ML-backend kent dit geheim niet; zet VIB_ML_SECRET",
                en="the ML backend does not know this secret; set VIB_ML_SECRET",
            )
        if not answer.is_success or not isinstance(content, dict):
            said = content.get("error") if isinstance(content, dict) else None
            reason = said if isinstance(said, dict) else {}
            other = f"status {answer.status_code}"
            kind = NotRunning if answer.status_code == UNAVAILABLE else InputProblem
            raise kind(self.address, nl=str(reason.get("nl", other)), en=str(reason.get("en", other)))
        return content

    def _unclear(self, error: Exception) -> InputProblem:
        return InputProblem(
            self.address,
            nl=f"het antwoord van de ML-backend is onduidelijk ({type(error).__name__})",
            en=f"the answer of the ML backend is not understood ({type(error).__name__})",
        )


def backend_secret(settings: Settings) -> str | None:
    """Return the shared secret: that of the settings, else the one that `scripts/up` keeps with the data."""
    if settings.ml_secret is None and secret_file(settings).exists():
        return secret_file(settings).read_text(encoding="utf-8").strip() or None
    return settings.ml_secret


def kept_secret(settings: Settings) -> str:
    """Return the shared secret, made and kept for the owner of the data folder when there was none."""
    found = backend_secret(settings)
    if found is None:
        found = secrets.token_hex(32)
        write_text(secret_file(settings), f"{found}\n", mode=0o600)
    return found


def secret_file(settings: Settings) -> Path:
    """Return where `scripts/up` keeps the secret."""
    return settings.data / "ml.secret"


def connect_backend(client: LabelStudio, project: int, backend: Backend, family: str | None = None) -> None:
    """Connect the ML backend to a project, so that Label Studio can ask it too.

    Label Studio gives the backend a second to answer, which a busy machine can miss, so it is tried again.

    Parameters
    ----------
    family : str or None
        Whose project it is; Label Studio names it when it asks for the version of the model.

    Raises
    ------
    InputProblem
        Label Studio does not take it.
    """
    for left in reversed(range(CONNECTING)):
        try:
            return _connect(client, project, backend, family)
        except InputProblem:
            if not left:
                raise
            time.sleep(PAUSE)


def _connect(client: LabelStudio, project: int, backend: Backend, family: str | None) -> None:
    said: dict[str, Any] = {"url": backend.address, "title": TITLE, "extra_params": {"family": family}}
    if backend.secret:
        said |= {"auth_method": "BASIC_AUTH", "basic_auth_user": "vib", "basic_auth_pass": backend.secret}
    with answering(f"project {project}"):
        found = next((known for known in client.ml.list(project=project) if known.title == TITLE), None)
        if found is None:
            client.ml.create(project=project, **said)
        else:
            # Always, as Label Studio does not tell whether the secret that it has is still this one.
            client.ml.update(found.id, project=project, **said)
