"""Turns that were pushed -> the prediction that Label Studio shows.

The project shows the version that came last, and Label Studio starts codes from no other: so when the
version changes, the clips with older turns are cut again. Older turns are not shown any more (`newest`), but
stay when codes were made from them, and for a week in any case: who had them open names them with each
draft, and could not save codes made from turns that are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, final

from django.db import transaction
from django.utils.timezone import now
from projects.models import Project
from tasks.models import Prediction, Task

from vib.language import Text
from vib.project_key import key_of

from . import texts
from .outbox import outbox
from .pushed import Pushed

OWN_REGION = "turn"
"""How the ids of regions begin that the backend makes."""

BATCH = 200
"""Tasks that are asked for at once."""

KEPT = timedelta(days=7)
"""How long turns stay that are not shown any more."""

MEDIA = ("clip", "audio", "video")
"""What the backend reads of a task's data."""

LONGEST = 4096
"""Characters of each that it takes; of what is longer it says so."""


@final
class Unfit(Exception):
    """These turns cannot be stored: status and reason."""

    def __init__(self, status: int, why: Text) -> None:
        super().__init__(why.en)
        self.status, self.why = status, why


def store(pushed: Pushed) -> None:
    """Make the turns those of their task. Doing it again changes nothing.

    Raises
    ------
    Unfit
        There is no such task in the project (404), or its interface has no place for these turns (409).
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().filter(pk=pushed.project).first()
        task = Task.objects.filter(pk=pushed.task, project=pushed.project).first()
        if project is None or task is None:
            raise Unfit(404, texts.NO_TASK)
        if not fits(pushed, project):
            raise Unfit(409, texts.NO_PLACE)
        stored = _put(pushed, task)
        if project.model_version != pushed.model_version:
            shown = Prediction.objects.filter(project=project, model_version=project.model_version)
            # Their week begins when they are no longer shown.
            shown.update(updated_at=now())
            Project.objects.filter(pk=project.pk).update(model_version=pushed.model_version)
            transaction.on_commit(lambda: cut_again(project, pushed.model_version), robust=True)
        _prune(task, stored)


def _prune(task: Task, stored: Prediction) -> None:
    """Delete the turns of a task that were not shown in the last week, and of which no codes were made."""
    before = now() - KEPT
    found = Prediction.objects.filter(task=task, child_annotations=None, created_at__lt=before).order_by("pk")
    # The last of these may have been shown until now.
    for older in [one for one in found if is_turns(one.result)][:-1]:
        if older.pk != stored.pk and older.updated_at < before:
            older.delete()


def _put(pushed: Pushed, task: Task) -> Prediction:
    content: dict[str, Any] = pushed.model_dump(mode="json", include={"result", "score"}, exclude_none=True)
    content.setdefault("score", None)
    found = Prediction.objects.filter(task=task, model_version=pushed.model_version).order_by("-pk").first()
    if found is None:
        return Prediction.objects.create(
            task=task, project_id=pushed.project, model_version=pushed.model_version, **content
        )
    if {name: getattr(found, name) for name in content} != content:
        found.result, found.score = content["result"], content["score"]
        found.save()
    return found


def fits(pushed: Pushed, project: Project) -> bool:
    """Tell whether a project's labelling interface has the controls and codes of these turns."""
    controls = project.get_parsed_config()
    places = {(turn.from_name, turn.to_name, *turn.value.labels) for turn in pushed.result}
    return all(
        (control := controls.get(name)) is not None
        and control["type"].lower() == "labels"
        and media in control["to_name"]
        and code in control["labels"]
        for name, media, code in places
    )


def is_turns(result: Any) -> bool:
    """Tell whether the result of a prediction is what the backend makes.

    Examples
    --------
    >>> is_turns([{"id": "turn00000", "type": "labels"}]), is_turns([]), is_turns([{"id": "x1", "type": "labels"}])
    (True, True, False)
    """
    return isinstance(result, list) and all(
        isinstance(region, dict) and str(region.get("id", "")).startswith(OWN_REGION) for region in result
    )


def cut_again(project: Project, version: str) -> None:
    """Ask for the turns of the clips that have some of an older version only."""
    older = Task.objects.filter(project=project, predictions__isnull=False).exclude(predictions__model_version=version)
    ask_for(project, list(older.distinct().values_list("pk", "data")))


def ask_for(project: Project, tasks: list[tuple[int, dict[str, Any]]]) -> None:
    """Ask the backend for the turns of these tasks, without waiting.

    All of a project as clips of its family, or all as of none: it shows one version, and a family may have its own.
    """
    key = key_of(project.description)
    family = {"family": key.family} if key is not None and key.family is not None else {}
    wanted = [{"id": pk, "project": project.pk, "data": _media(data) | family} for pk, data in tasks]
    for first in range(0, len(wanted), BATCH):
        outbox.send("/jobs", {"tasks": wanted[first : first + BATCH], "label_config": project.label_config})


def _media(data: Mapping[str, Any]) -> dict[str, str]:
    """Leave out what the backend does not read, so that one odd task makes no request too large."""
    found = {name: data.get(name) for name in MEDIA}
    return {name: value[: LONGEST + 1] for name, value in found.items() if isinstance(value, str)}
