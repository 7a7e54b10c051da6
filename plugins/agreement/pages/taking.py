"""The figures as files to take along, and the page while they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from plugins.agreement.comparing.report import Progress
from plugins.agreement.view.csv import to_csv
from plugins.agreement.view.html import page as file_of
from plugins.agreement.view.json import to_json
from plugins.agreement.view.model import View
from plugins.agreement.view.pdf import NoPango, to_pdf
from plugins.host.accounts import rater_names
from plugins.host.language import language_of
from vib.language import Language

from . import texts
from .answers import Refused, material_for, page, query, saying_no, statistics
from .asked import EVERYTHING, asked_of, known_of, offered, shared_clips
from .calculating import PATIENCE, Calculations
from .figures import complete_report, view_for
from .listing import moments_csv
from .reading import Group, Material, group_named
from .settled import settlings_in

FORMS: Mapping[str, tuple[str, Callable[[View, Language], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda view, language: to_csv(view, language).encode()),
    "json": ("application/json", lambda view, language: to_json(view).encode()),
    "html": ("text/html; charset=utf-8", lambda view, language: file_of(view, language).encode()),
    "pdf": ("application/pdf", to_pdf),
}

MOMENTS = "moments.csv"

WITH_CLIPS = ("html", "pdf")
"""Forms that show the moments and timelines of the clips."""

files: Calculations[bytes] = Calculations(size=len)


@require_safe
@saying_no
def download(
    request: HttpRequest, form: str, round_name: str | None = None, project: int | None = None
) -> HttpResponse:
    """Answer with the figures as a file."""
    ending = form.removeprefix("agreement.")
    if form == MOMENTS:
        return _moments(request, group_named(request.user, round_name, project))
    if ending not in FORMS or form == ending:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    language = language_of(request)
    material = material_for(request, group_named(request.user, round_name, project))
    known = known_of(material.clips, material.codebook)
    asked = asked_of(request.GET, known, offered(statistics()), everything=True)
    figures = complete_report(request, material, asked)
    report = figures.report
    if report is None:
        return waiting(request, material, figures.percent)
    kind, write = FORMS[ending]
    key = (figures.key, ending, language)

    def written(progress: Progress) -> bytes:
        return write(view_for(report, material, with_clips=ending in WITH_CLIPS), language)

    try:
        content = files.ask(key, written).wait(PATIENCE)
    except NoPango as missing:
        raise Refused(503, texts.NOT_NOW, missing.reason) from missing
    if content is None:
        return waiting(request, material, 0)
    return _file(content, kind, f"{material.group.name}.{ending}")


def _moments(request: HttpRequest, group: Group | None) -> HttpResponse:
    """Answer with the moments, and what was settled of each."""
    material = material_for(request, group)
    known = known_of(material.clips, material.codebook)
    asked = asked_of(request.GET, known, offered(statistics()), everything=True)
    clips = [clip for clip in shared_clips(material.clips) if asked.clip in (None, clip.clip)]
    settlings = settlings_in(material.group.project, material.group.round_name, [clip.clip for clip in clips])
    last = tuple(one.pk for found in settlings.values() for one in found)
    people = rater_names()
    key = (request.user.pk, material.stamp, asked, last)

    def written(progress: Progress) -> bytes:
        return moments_csv(clips, asked, known, settlings, people)

    content = files.ask(key, written).wait(PATIENCE)
    if content is None:
        return waiting(request, material, 0)
    return _file(content, FORMS["csv"][0], f"{material.group.name}-{MOMENTS}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def downloads(request: HttpRequest, group: Group) -> list[dict[str, Any]]:
    """Return which files of a group there are: of what is shown, and of everything."""

    def each(query: str) -> list[tuple[str, str]]:
        return [(form.upper(), group.address("download", f"agreement.{form}") + query) for form in FORMS]

    everything = query(request, tier=EVERYTHING, code="", pair="", one="", **{"with": ""})
    found = {
        "download_shown": each(query(request)),
        "download_all": each(everything),
        "download_moments": [("CSV", group.address("download", MOMENTS) + query(request))],
    }
    language = language_of(request)
    return [{"what": texts.WORDS[name].to(language), "files": of_it} for name, of_it in found.items()]


def waiting(request: HttpRequest, material: Material, percent: int) -> HttpResponse:
    """Say how far a calculation is; the page asks again by itself."""
    about = texts.WORDS["waiting_about"].to(language_of(request)).format(material.group.title)
    return page(request, "waiting.html", {"about": about, "percent": percent}, status=202)
