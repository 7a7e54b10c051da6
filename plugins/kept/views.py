"""The pages: what is kept of who looks, one kind of it, and all of it as a file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from plugins.host import pages
from plugins.host.accounts import actor_of
from plugins.host.language import language_of
from plugins.host.recording import record
from vib.kept import Kept
from vib.language import Text

from . import texts
from .archive import write_archive
from .shown import cells

HOOK = "vib_kept"

RECORDS_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Say of each kind what it is, why and how long it is kept, and how much of it there is."""
    kinds, failed = _kinds(request)
    language = language_of(request)
    shown = [
        {
            "name": kept.name,
            "heading": kept.heading.to(language),
            "about": kept.about.to(language),
            "how_long": kept.how_long.to(language),
            "count": kept.count,
        }
        for kept in kinds
    ]
    there = [one for one in shown if one["count"] != 0]
    absent = [one for one in shown if one["count"] == 0]
    return _page(request, "index.html", {"kinds": there, "absent": absent, "failed": failed})


@require_safe
def one(request: HttpRequest, name: str) -> HttpResponse:
    """Show the records of one kind, the newest first, a page at a time."""
    kinds, _ = _kinds(request)
    kept = next((kept for kept in kinds if kept.name == name), None)
    if kept is None:
        return _problem(request, texts.NOT_FOUND, texts.NOT_THERE, 404)
    language = language_of(request)
    asked = request.GET.get("page", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    start = (number - 1) * RECORDS_A_PAGE
    # One more than is shown, to know whether there are others: a kind that is not counted says it no other way.
    found = list(kept.records(start, start + RECORDS_A_PAGE + 1))
    context = {
        "kept": kept,
        "heading": kept.heading.to(language),
        "about": kept.about.to(language),
        "how_long": kept.how_long.to(language),
        "columns": [heading.to(language) for heading in kept.columns.values()],
        "rows": [cells(kept, record, language) for record in found[:RECORDS_A_PAGE]],
        "before": number - 1,
        "after": number + 1 if len(found) > RECORDS_A_PAGE else 0,
        "number": number,
    }
    return _page(request, "one.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Answer with all of it as one file, once that is in the log."""
    kinds, failed = _kinds(request)
    with ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        families = write_archive(file, kinds, failed, actor_of(request).who, timezone.now(), language_of(request))
        try:
            record(request, families, "own records")
        except OSError:
            return _problem(request, texts.NOT_NOW, texts.NO_RECORD, 503)
        # From here on it is the answer that closes the file.
        stack.pop_all()
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"vib-{timezone.localdate()}.zip")
    response["Cache-Control"] = "private, no-store"
    return response


def _kinds(request: HttpRequest) -> tuple[list[Kept], list[str]]:
    """Return what every plugin keeps of who asks, and the plugins that could not say it."""
    answers = list(settings.VIB_PLUGIN_HOST.answers(HOOK, user=request.user.pk))
    found = [kept for _, kinds in answers for kept in kinds or ()]
    return sorted(found, key=lambda kept: kept.order), [plugin for plugin, kinds in answers if kinds is None]


def _problem(request: HttpRequest, heading: Text, problem: Text, status: int) -> HttpResponse:
    language = language_of(request)
    context = {"heading": heading.to(language), "problem": problem.to(language)}
    return _page(request, "problem.html", context, status)


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return pages.page(request, f"vib_kept/{template}", texts.WORDS, context, status=status)
