"""What is looked at before a view runs: whether the object is in sight, and whether it may be changed."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from projects.models import Project
from tasks.models import Annotation, AnnotationDraft, Prediction, Task

from plugins.access import texts
from plugins.access.consenting import is_consented
from plugins.access.models import Family
from plugins.access.narrowing import everything
from plugins.access.routes import Check, Route
from plugins.access.viewer import Viewer
from plugins.access.visible import has_family, may_code, may_watch
from plugins.host.consented import NO_CONSENT
from plugins.host.filters import NO_PATTERNS, is_pattern
from vib.family import family_of
from vib.language import Text
from vib.roles import May, Right


class Refused(Exception):
    """Somebody may not do this."""

    def __init__(self, status: int, text: Text, *values: object) -> None:
        super().__init__(text.en)
        self.status = status
        self.text = text.filled(*values)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a request is about: for the log."""

    which: str = ""
    families: tuple[str, ...] = ()


CODE_FIELDS = frozenset(
    """result lead_time draft_id draft was_cancelled was_postponed started_at parent_prediction
    parent_annotation ground_truth id task project annotation user created_at created_ago last_action""".split()
)
"""What may come with codes. Anything else could make them somebody else's."""

EXPORT = "api/projects/<int:pk>/export"
FAMILY = "data__family"
OBJECTS: Mapping[str, tuple[Any, str]] = {
    "api/tasks/": (Task, FAMILY),
    "api/annotations/": (Annotation, f"task__{FAMILY}"),
    "api/drafts/": (AnnotationDraft, f"task__{FAMILY}"),
    "api/predictions/": (Prediction, f"task__{FAMILY}"),
    "api/projects/": (Project, "vib__family"),
    "projects/": (Project, "vib__family"),
    "api/dm/": (Project, "vib__family"),
}
"""Model and family of what a route's number stands for, by how the route begins."""


def look(request: HttpRequest, path: str, row: Route | None, arguments: Mapping[str, Any], viewer: Viewer) -> Touched:
    """Check what a request is about, and say what that is.

    Raises
    ------
    Refused
        It is out of the viewer's sight, or not theirs to change.
    """
    check = row.check if row else Check.NONE
    if check is Check.CLIP:
        return _clip(str(arguments["name"]), viewer)
    if check is Check.SELF:
        if str(arguments["pk"]) != str(viewer.id) and viewer.may(Right.MANAGE) is not May.YES:
            raise Refused(404, texts.NOT_THERE)
        return Touched(f"user {arguments['pk']}")
    if check is Check.CODING:
        return _coded(viewer, int(arguments["task"]))
    if check is Check.SEEING:
        return _seen(int(arguments["task"]))
    if check is Check.FAMILY:
        return _family(str(arguments["family"]), viewer)
    touched = _object(request, path, arguments)
    if check is Check.ACTION and request.GET.get("id") != "next_task":
        raise Refused(403, texts.NOT_ALLOWED)
    if check is Check.TASK:
        _writing(request, viewer, int(arguments["pk"]))
    elif check is Check.ANNOTATION:
        _own(request, viewer, Annotation, int(arguments.get("annotation_id", arguments["pk"])), arguments)
    elif check is Check.DRAFT:
        _own(request, viewer, AnnotationDraft, int(arguments["pk"]), arguments)
    return touched


def _clip(name: str, viewer: Viewer) -> Touched:
    clip = str(PurePosixPath(name).with_suffix("")) if name.strip("/.") else name
    touched = Touched(f"clip {clip}", (family_of(clip),))
    if not may_watch(viewer, clip):
        raise Refused(404, texts.NOT_THERE)
    if not is_consented(viewer, clip):
        raise Refused(403, NO_CONSENT)
    return touched


def _family(pseudonym: str, viewer: Viewer) -> Touched:
    if not has_family(viewer, pseudonym):
        raise Refused(404, texts.NOT_THERE)
    return Touched(f"family {pseudonym}", (pseudonym,))


def _coded(viewer: Viewer, task: int) -> Touched:
    touched = _seen(task)
    if not may_code(viewer, task):
        raise Refused(404, texts.NOT_THERE)
    return touched


def _seen(task: int) -> Touched:
    row = Task.objects.filter(pk=task).values_list(FAMILY, flat=True) if task < 2**63 else ()
    families = tuple(row)
    if not families:
        raise Refused(404, texts.NOT_THERE)
    return Touched(f"task {task}", tuple(str(family) for family in families if family))


def _object(request: HttpRequest, path: str, arguments: Mapping[str, Any]) -> Touched:
    start = next((start for start in OBJECTS if path.startswith(start)), None)
    if start is None:
        return Touched()
    model, family = OBJECTS[start]
    number = request.GET.get("project") if start == "api/dm/" or path == "api/tasks/" else arguments.get("pk")
    if path == "api/tasks/":
        model, family = OBJECTS["api/projects/"]
    if number is None or not str(number).isdecimal() or len(str(number)) > 18:
        return Touched()
    which = f"{model.__name__.lower()} {number}"
    rows = list(model.objects.filter(pk=int(number)).order_by().values_list(family, flat=True))
    if not rows:
        raise Refused(404, texts.NOT_THERE)
    found = rows[0]
    if path == EXPORT and not found:
        tasks = Task.objects.filter(project=int(number)).order_by()
        return Touched(which, tuple(sorted(map(str, set(tasks.values_list(FAMILY, flat=True))))))
    return Touched(which, (str(found),) if found else ())


def look_at_filters(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Check that a list of Django's administration is not filtered by a pattern, or by others' codes.

    Raises
    ------
    Refused
        It is.
    """
    admin = getattr(view, "model_admin", None)
    if admin is None:
        return
    for name in request.GET:
        if is_pattern(name):
            raise Refused(400, NO_PATTERNS)
        try:
            field = admin.model._meta.get_field(name.partition("__")[0])
        except FieldDoesNotExist:
            continue
        if field.auto_created and not field.concrete:
            raise Refused(403, texts.COLUMN)


def families_of(path: str, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the families of an object that the viewer was refused: for the log only."""
    if "name" in arguments or "family" in arguments:
        family = str(arguments["family"]) if "family" in arguments else family_of(str(arguments["name"]))
        return (family,) if Family.objects.filter(pk=family).exists() else ()
    start = next((start for start in OBJECTS if path.startswith(start)), None)
    number = str(arguments.get("pk", ""))
    if start is None or not number.isdecimal() or len(number) > 18:
        return ()
    model, family = OBJECTS[start]
    with everything():
        found = model.objects.filter(pk=int(number)).values_list(family, flat=True).first()
    return (str(found),) if found else ()


def _own(request: HttpRequest, viewer: Viewer, model: type[Any], number: int, arguments: Mapping[str, Any]) -> None:
    found = model.objects.filter(pk=number).first()
    if found is None or ("annotation_id" in arguments and found.task_id != arguments["pk"]):
        raise Refused(404, texts.NOT_THERE)
    if viewer.id != (found.completed_by_id if model is Annotation else found.user_id):
        raise Refused(403, texts.NOT_YOURS)
    _writing(request, viewer, found.task_id)


def _writing(request: HttpRequest, viewer: Viewer, task: int) -> None:
    """Check that the viewer may write codes of a task, and that what they send is theirs."""
    if not may_code(viewer, task):
        raise Refused(403, texts.OPENED)
    if request.method == "DELETE":
        return
    # In another encoding the view would read something else than is looked at here.
    if request.content_type != "application/json" or codecs.lookup(request.encoding or "utf-8").name != "utf-8":
        raise Refused(415, texts.JSON_ONLY)
    try:
        sent = json.loads(request.body.decode() or "{}")
    except (ValueError, RecursionError) as error:
        raise Refused(400, texts.JSON_ONLY) from error
    if not isinstance(sent, dict):
        raise Refused(400, texts.JSON_ONLY)
    for name in sorted(set(sent) - CODE_FIELDS):
        raise Refused(400, texts.FIELD, name[:40])
    project = Task.objects.values_list("project_id", flat=True).get(pk=task)
    for name, own in (("task", task), ("project", project), ("user", viewer.id)):
        if sent.get(name) not in (None, own, str(own)):
            raise Refused(400, texts.FIELD, name)
    if sent.get("ground_truth") and viewer.may(Right.CODE) is not May.ROUNDS:
        raise Refused(403, texts.FIELD, "ground_truth")
    for name, model in (
        ("draft_id", AnnotationDraft),
        ("annotation", Annotation),
        ("parent_annotation", Annotation),
        ("parent_prediction", Prediction),
    ):
        number = sent.get(name)
        if number and not (str(number).isdecimal() and model.objects.filter(pk=int(number), task=task).exists()):
            raise Refused(404, texts.NOT_THERE)
