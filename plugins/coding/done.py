"""The page after a submit: what is done, what is left, the next clip, and what will be shown when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from projects.models import Project
from tasks.models import Annotation, Task

from plugins.host.accounts import role_of
from plugins.host.language import language_of
from plugins.host.page_registry import REGISTRY
from plugins.host.pages import page
from plugins.host.rounds import coding_address
from vib.language import Language
from vib.roles import May, Right, Role, may

from . import texts_left as texts
from .left import own_pace, portions_of
from .panels import line_of
from .portion import Portion

MOST_SHOWN = 6
"""Other rounds with something left."""


@require_safe
def after_submit(request: HttpRequest, task: int) -> HttpResponse:
    """Say that a clip was submitted, and where to go on; 404 where the task is not in sight."""
    found = Task.objects.filter(pk=task).values_list("project", "data__clip").first() if task < 2**63 else None
    if found is None:
        raise Http404
    project, clip = found
    return _page(request, project, task, str(clip or task))


@require_safe
def queue_empty(request: HttpRequest, project: int) -> HttpResponse:
    """Say that nothing of a project is waiting, and where to go on; 404 where the project is not in sight."""
    if project >= 2**63 or not Project.objects.filter(pk=project).exists():
        raise Http404
    return _page(request, project)


def _page(request: HttpRequest, project: int, task: int | None = None, clip: str = "") -> HttpResponse:
    user: Any = request.user
    role, language, pace = role_of(user), language_of(request), own_pace(user.pk)
    portions = portions_of(user.pk, project)
    here = _portion_with(portions, project, task)
    others = [one for one in portions if one is not here and one.left and not one.leads]
    line = line_of(here, role, pace, language)
    elsewhere = [line_of(one, role, pace, language) for one in others[:MOST_SHOWN]]
    to_submit = task is not None and task not in here.submitted
    context = {
        "heading": _heading(here, task, language),
        "about": _about(here, task, clip, language),
        "line": line,
        "is_round": here.round is not None,
        "to_submit": to_submit and not here.is_open,
        "next": None if to_submit else line["next"] or next((one["next"] for one in elsewhere), None),
        "again": coding_address(project, task) if task is not None else "",
        "elsewhere": elsewhere,
        "shown_when": _shown_when(here, role, language),
        "compare": _compare(here, role, user.pk, task, clip),
    }
    return page(request, "vib_coding/done.html", texts.WORDS, context)


def _portion_with(portions: Sequence[Portion], project: int, task: int | None) -> Portion:
    """Return the portion that a clip is of, else one of its project; first one in which something is left."""
    of_project = [one for one in portions if one.project == project]
    with_task = (one for one in of_project if task is not None and one.has(task))
    return next(with_task, next((one for one in of_project if one.left), of_project[0]))


def _heading(here: Portion, task: int | None, language: Language) -> str:
    if task is None:
        text = texts.SERIES_DONE if here.left else texts.QUEUE_DONE if here.done else texts.QUEUE_EMPTY
    elif task not in here.submitted:
        text = texts.NOT_DONE
    else:
        text = texts.DONE if here.left else texts.DONE_ALL
    return text.to(language).format(here.title)


def _about(here: Portion, task: int | None, clip: str, language: Language) -> str:
    if task is None:
        text = None if here.left else texts.QUEUE_DONE_ABOUT if here.done else texts.QUEUE_EMPTY_ABOUT
        return text.to(language).format(here.title) if text else ""
    if task not in here.submitted:
        return "" if here.is_open else texts.NOT_DONE_ABOUT.to(language).format(clip)
    return texts.DONE_ABOUT.to(language).format(clip)


def _shown_when(here: Portion, role: Role | None, language: Language) -> str:
    """Say when somebody sees codes of others beside their own; nothing where that never is."""
    if here.round is not None:
        return (texts.REFERENCE if here.leads else texts.OPENED if here.is_open else texts.BLIND).to(language)
    return texts.COLLEAGUES.to(language) if may(role, Right.OTHERS) is May.COLLEAGUES else ""


def _compare(here: Portion, role: Role | None, user: int, task: int | None, clip: str) -> str:
    """Return where somebody's codes of a clip lie beside those of others that they may see; nothing where none do."""
    if task is None or task not in here.submitted:
        return ""
    if not Annotation.objects.filter(task=task, was_cancelled=False).exclude(completed_by=user).exists():
        return ""
    if here.round is None:
        return REGISTRY.way("vib_agreement:project-clip", role, project=here.project, clip=clip)
    return REGISTRY.way("vib_agreement:round-clip", role, round_name=here.title, clip=clip)
