"""Asking the ML backend for turns and giving them to Label Studio as predictions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from scripts.library import Library
from scripts.server import answering, backend_url
from vib.problem import InputProblem
from vib.settings import Settings

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

SECONDS = 3600.0
"""How long the backend may take for one clip."""


class BackendProblem(InputProblem):
    """One clip that the backend cannot cut; the others go on."""


@dataclass
class Segmented:
    """What came of the clips of a project: turns by clip id, and what went wrong."""

    turns: dict[str, int] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)


TITLE = "VIB turns"
"""What the backend is called in Label Studio."""


def connect_backend(client: LabelStudio, project: int, settings: Settings) -> None:
    """Connect the ML backend to a project, so that Label Studio can ask it too."""
    address = backend_url(settings)
    with answering(f"project {project}"):
        found = next((known for known in client.ml.list(project=project) if known.title == TITLE), None)
        if found is None:
            secret: dict[str, Any] = (
                {"auth_method": "BASIC_AUTH", "basic_auth_user": "vib", "basic_auth_pass": settings.ml_secret}
                if settings.ml_secret
                else {}
            )
            client.ml.create(project=project, url=address, title=TITLE, **secret)
        elif found.url.rstrip("/") != address:
            client.ml.update(found.id, project=project, url=address, title=TITLE)


def segment_project(
    client: LabelStudio,
    library: Library,
    project: int,
    settings: Settings,
    watch: Callable[[str, int, int], None],
) -> Segmented:
    """Give every task of a project that has none the turns that the backend finds.

    Parameters
    ----------
    watch : Callable[[str, int, int], None]
        Called with clip id, number of clips done, and number in all.

    Raises
    ------
    InputProblem
        The backend does not answer.
    """
    pending = library.without_turns(project)
    segmented = Segmented()
    if not pending:
        return segmented
    reachable(settings)
    connect_backend(client, project, settings)
    with answering(f"project {project}"):
        shown = client.projects.get(project)
    for done, (clip, number) in enumerate(pending):
        watch(clip, done, len(pending))
        try:
            version, turns = _turns(client, project, clip, number, settings, shown.label_config or "")
        except BackendProblem as problem:
            segmented.problems.append(problem)
            continue
        if shown.model_version != version:
            # Connecting made Label Studio ask the backend at each opening; stored turns come at once.
            with answering(f"project {project}"):
                shown = client.projects.update(project, model_version=version)
        library.put_turns(number, version)
        segmented.turns[clip] = turns
    watch("", len(pending), len(pending))
    return segmented


def _turns(
    client: LabelStudio, project: int, clip: str, number: int, settings: Settings, config: str
) -> tuple[str, int]:
    """Give a task its turns unless it has them; return the model's version and how many there are."""
    with answering(clip):
        task = client.tasks.get(str(number))
        given = list(client.predictions.list(task=number))
    if given:
        return str(given[0].model_version), len(given[0].result or [])
    found = _ask(settings, clip, number, dict(task.data or {}), config)
    with answering(clip):
        client.projects.import_predictions(project, request=[{"task": number, **found}])
    return found["model_version"], len(found["result"])


def reachable(settings: Settings) -> None:
    """Check that the backend answers.

    Raises
    ------
    InputProblem
        It does not.
    """
    try:
        httpx.get(f"{backend_url(settings)}/health", timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        raise InputProblem(
            backend_url(settings),
            nl="de ML-backend antwoordt niet; start hem met scripts/up, of zet VIB_ML_URL",
            en="the ML backend does not answer; start it with scripts/up, or set VIB_ML_URL",
        ) from error


def _ask(settings: Settings, clip: str, number: int, data: dict[str, Any], config: str) -> dict[str, Any]:
    """Return result, score and model version for one task."""
    login = ("vib", settings.ml_secret) if settings.ml_secret else None
    body = {"tasks": [{"id": number, "data": data}], "label_config": config, "project": "", "params": {}}
    try:
        answer = httpx.post(f"{backend_url(settings)}/predict", json=body, auth=login, timeout=SECONDS)
        content = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise BackendProblem(
            clip, nl=f"de ML-backend antwoordt niet ({error!r})", en=f"the ML backend does not answer ({error!r})"
        ) from error
    found = content["results"][0] if answer.status_code == 200 else {"problem": content.get("error")}
    if found.get("problem"):
        raise BackendProblem(clip, **found["problem"])
    return {name: found[name] for name in ("result", "score", "model_version")}
