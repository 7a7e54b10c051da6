"""The pages: the projects with how far each is, and one project clip by clip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe
from projects.models import Project
from tasks.models import Task

from plugins.host.language import language_of
from plugins.host.pages import page
from vib.language import Language, Text

from . import texts
from .backend import NoBackend, retry
from .progress import Clip, Progress, lines, may_ask, progress_of
from .storing import ask_for


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the projects that somebody sees, with how many clips of each have turns."""
    shown = [{"line": line, "address": reverse("vib_proposals:project", args=[line.number])} for line in lines()]
    return _page(request, "index.html", {"lines": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, project: int) -> HttpResponse:
    """Show a project clip by clip; on POST, have what failed tried again and what is missing made."""
    found = _project(project)
    language = language_of(request)
    if found is None:
        return _problem(request, texts.NOT_FOUND, texts.NOT_THERE, 404)
    progress = progress_of(found)
    if request.method == "POST":
        try:
            retry(found.pk)
        except NoBackend:
            return _problem(request, texts.NOT_NOW, texts.NO_BACKEND, 503)
        ask_for(found, list(Task.objects.filter(pk__in=progress.missing).values_list("pk", "data")))
        # The page then looks again: what is asked for here reaches the backend a moment later.
        return HttpResponseRedirect(f"{request.get_full_path()}#asked")
    context = {
        "title": found.title or f"project {found.pk}",
        "number": found.pk,
        "clips": [_shown(clip, language) for clip in progress.clips],
        "progress": progress,
        "said": _said(progress, language),
        "no_backend": "" if progress.reachable else texts.NO_BACKEND.to(language),
        "button": _button(progress) if progress.reachable and may_ask(request.user) else "",
    }
    return _page(request, "project.html", context)


@require_safe
def state(request: HttpRequest, project: int) -> HttpResponse:
    """Say in one line how far a project is, for the notice on Label Studio's own page."""
    found = _project(project)
    if found is None:
        return JsonResponse({"detail": texts.NOT_THERE.to(language_of(request))}, status=404)
    progress = progress_of(found)
    language = language_of(request)
    content = {
        "busy": progress.busy,
        "failed": progress.failed,
        "done": progress.done,
        "all": len(progress.clips),
        "text": _said(progress, language),
        "arrived": texts.ARRIVED.to(language),
        "address": reverse("vib_proposals:project", args=[found.pk]),
    }
    response = JsonResponse(content)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _project(number: int) -> Project | None:
    return Project.objects.filter(pk=number).first() if number < 2**31 else None


def _button(progress: Progress) -> str:
    return "retry" if progress.failed else "ask" if progress.missing else ""


def _said(progress: Progress, language: Language) -> str:
    count = len(progress.clips)
    if progress.busy:
        said = texts.MAKING.to(language).format(progress.done, count)
    elif progress.done == count and count:
        return texts.ALL_READY.to(language).format(count)
    else:
        said = texts.SOME_READY.to(language).format(progress.done, count)
    failed = texts.SOME_FAILED.to(language).format(progress.failed) if progress.failed else ""
    return f"{said}; {failed}" if failed else said


def _shown(clip: Clip, language: Language) -> dict[str, Any]:
    """Return a clip as its row shows it."""
    facts = []
    if clip.state == "queued" and clip.position:
        facts.append(texts.PLACE.to(language).format(clip.position))
    if clip.state in ("queued", "working") and clip.attempts > 1:
        facts.append(texts.ATTEMPT.to(language).format(clip.attempts))
    if clip.state == "dead" and clip.attempts > 1:
        facts.append(texts.TRIED.to(language).format(clip.attempts))
    advice = texts.ADVICE.get(clip.state)
    return {
        "clip": clip,
        "state": texts.STATES[clip.state].to(language),
        "percent": round(100 * clip.progress),
        "facts": facts,
        "reason": clip.reason.to(language) if clip.reason else "",
        "advice": advice.to(language) if advice else "",
        "again": clip.state in ("queued", "working") and clip.found is not None,
        **_counts(clip, language),
    }


def _counts(clip: Clip, language: Language) -> dict[str, Any]:
    found = clip.found
    if found is None:
        return {"turns": "", "actors": [], "sure": ""}
    if not found.count:
        return {"turns": texts.NO_TURNS.to(language), "actors": [], "sure": ""}
    turns = texts.ONE_TURN.to(language) if found.count == 1 else texts.TURNS.to(language).format(found.count)
    actors = [
        (name, texts.ACTORS[name].to(language) if name in texts.ACTORS else name, count)
        for name, count in sorted(found.actors.items(), key=lambda pair: (pair[0] == "onbekend", pair[0]))
    ]
    sure = ""
    if found.sure is not None:
        doubt = (
            texts.DOUBTFUL.to(language).format(found.doubtful) if found.doubtful else texts.NONE_DOUBTFUL.to(language)
        )
        sure = f"{texts.SURE.to(language).format(round(100 * found.sure))}, {doubt}"
    return {"turns": turns, "actors": actors, "sure": sure}


def _problem(request: HttpRequest, heading: Text, why: Text, status: int) -> HttpResponse:
    language = language_of(request)
    return _page(request, "problem.html", {"heading": heading.to(language), "problem": why.to(language)}, status)


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return page(request, f"vib_turns/{template}", texts.WORDS, context, status=status)
