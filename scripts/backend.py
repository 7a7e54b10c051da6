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


@dataclass
class Segmented:
    """What came of the clips of a project: turns by clip id, and what went wrong."""

    turns: dict[str, int] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)


def connect_backend(client: LabelStudio, project: int, settings: Settings) -> None:
    """Connect the ML backend to a project, once, so that Label Studio can ask it too."""
    with answering(f"project {project}"):
        if any(found.url.rstrip("/") == backend_url(settings) for found in client.ml.list(project=project)):
            return
        secret: dict[str, Any] = (
            {"auth_method": "BASIC_AUTH", "basic_auth_user": "vib", "basic_auth_pass": settings.ml_secret}
            if settings.ml_secret
            else {}
        )
        client.ml.create(project=project, url=backend_url(settings), title="VIB turns", **secret)


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
        config = client.projects.get(project).label_config
    for done, (clip, number) in enumerate(pending):
        watch(clip, done, len(pending))
        with answering(clip):
            task = client.tasks.get(str(number))
            given = list(client.predictions.list(task=number))
        if given:
            library.put_turns(number, str(given[0].model_version))
            continue
        try:
            found = _ask(settings, number, dict(task.data or {}), config or "")
        except InputProblem as problem:
            segmented.problems.append(InputProblem(clip, nl=problem.reason.nl, en=problem.reason.en))
            continue
        with answering(clip):
            client.projects.import_predictions(project, request=[{"task": number, **found}])
            client.projects.update(project, model_version=found["model_version"])
        library.put_turns(number, found["model_version"])
        segmented.turns[clip] = len(found["result"])
    watch("", len(pending), len(pending))
    return segmented


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


def _ask(settings: Settings, number: int, data: dict[str, Any], config: str) -> dict[str, Any]:
    """Return result, score and model version for one task."""
    login = ("vib", settings.ml_secret) if settings.ml_secret else None
    body = {"tasks": [{"id": number, "data": data}], "label_config": config, "project": "", "params": {}}
    try:
        answer = httpx.post(f"{backend_url(settings)}/predict", json=body, auth=login, timeout=SECONDS)
        content = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise InputProblem(
            "",
            nl=f"de ML-backend antwoordt niet ({error!r})",
            en=f"the ML backend does not answer ({error!r})",
        ) from error
    reason = content.get("error")
    if answer.status_code != 200:
        said = reason if isinstance(reason, dict) else {}
        raise InputProblem("", nl=said.get("nl", answer.text[:200]), en=said.get("en", answer.text[:200]))
    found = content["results"][0]
    problem = found.get("problem")
    if problem:
        raise InputProblem("", nl=problem["nl"], en=problem["en"])
    return {name: found[name] for name in ("result", "score", "model_version")}
