"""The pages: a list, and the figures of a round or project; and the downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.comparing.together import NotTogether
from plugins.agreement.view.building import view_of
from plugins.agreement.view.csv import to_csv
from plugins.agreement.view.html import page as file_of
from plugins.agreement.view.json import to_json
from plugins.agreement.view.model import View
from plugins.agreement.view.pdf import to_pdf
from plugins.host.language import language_of
from vib.language import Language, Text
from vib.pluginhost import by_name
from vib.roles import May
from vib.statistic import Statistic

from . import texts
from .answers import WITH_CHARTS, Refused, clip_address, material_for, page, query, saying_no, shared
from .asked import EVERYTHING, Asked, asked_of, known_of, offered, pair_name
from .calculating import PATIENCE, Calculations
from .charts import charts
from .moments import summary
from .overview import Names, Overview
from .reading import Group, Material, extent_of, group_named, lines_of

FORMS: Mapping[str, tuple[str, Callable[[View, Language], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda view, language: to_csv(view, language).encode()),
    "json": ("application/json", lambda view, language: to_json(view).encode()),
    "html": ("text/html; charset=utf-8", lambda view, language: file_of(view, language).encode()),
    "pdf": ("application/pdf", to_pdf),
}

WITH_CLIPS = ("html", "pdf")
"""Forms that show the moments and timelines of the clips."""

OF_FIGURE = 4_000
"""Bytes that a figure of a report takes, about."""

reports: Calculations[Report] = Calculations(size=lambda report: OF_FIGURE * len(report.results))
files: Calculations[bytes] = Calculations(size=len)


@require_safe
@saying_no
def index(request: HttpRequest) -> HttpResponse:
    """List what can be compared, and say what is missing."""
    language = language_of(request)
    lines = [
        {
            "line": line,
            "address": line.group.address(),
            "missing": texts.missing(line.raters, line.clips, line.shared, line.group.kind, language),
            "done": sum(done for _, done in line.raters),
            "all": line.clips * len(line.raters),
        }
        for line in lines_of(request.user)
    ]
    empty = texts.EMPTY.get(extent_of(request.user), texts.EMPTY[May.ROUNDS]).to(language)
    return page(request, "index.html", {"lines": lines, "empty": empty})


@require_safe
@saying_no
def overview(request: HttpRequest, round_name: str | None = None, project: int | None = None) -> HttpResponse:
    """Show the figures of a round or project."""
    language = language_of(request)
    material = material_for(request, group_named(request.user, round_name, project))
    known = known_of(material.clips, material.codebook)
    names = Names.of(material.codebook, language)
    group = material.group
    of_group = shared(material, language)
    if not known.tiers or len(known.raters) < 2:
        why = texts.NOTHING_SHARED if len(known.raters) < 2 else texts.NOTHING_CODED
        return page(request, "nothing.html", {**of_group, "why": why.to(language)})
    more = offered(_statistics())
    asked = asked_of(request.GET, known, more)
    tabs = [(names.code(tier), tier == asked.tier, query(request, tier=tier, code="")) for tier in known.tiers]
    try:
        report = _report(request, material, asked, narrowed=False)
    except NotTogether as problem:
        # Another tier may well be comparable.
        return page(request, "nothing.html", {**of_group, "why": problem.message(language), "tabs": tabs})
    if isinstance(report, HttpResponse):
        return report
    addresses = {pair_name(pair): query(request, pair=pair_name(pair)) for pair in known.pairs}
    shown = Overview(report, asked, known, names, addresses)
    context = {
        **of_group,
        **shown.page(),
        "asked": asked,
        "known": known,
        "tier": names.code(asked.tier or ""),
        "tabs": tabs,
        "notes": [note.to(language) for note in (*report.noticed, *report.notes)],
        "codes": [names.code(code) for code in known.codes.get(asked.tier or "", ())],
        "pairs": [(pair_name(pair), pair, pair == asked.pair) for pair in known.pairs],
        "more": [(s.name, s.label.to(language), s.name == asked.also) for s in more.values()],
        "charts": charts(shown),
        "clips": [
            (summary(clip, shown.pairs, asked, material.data[clip.clip]), clip_address(request, group, clip.clip))
            for clip in report.clips
        ],
        "downloads": _downloads(request, group),
        "mark_written": f"{asked.mark:g}",
    }
    return page(request, "overview.html", context, policy=WITH_CHARTS)


@require_safe
@saying_no
def download(
    request: HttpRequest, form: str, round_name: str | None = None, project: int | None = None
) -> HttpResponse:
    """Answer with the figures as a file."""
    ending = form.removeprefix("agreement.")
    if ending not in FORMS or form == ending:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    language = language_of(request)
    material = material_for(request, group_named(request.user, round_name, project))
    known = known_of(material.clips, material.codebook)
    asked = asked_of(request.GET, known, offered(_statistics()), everything=True)
    report = _report(request, material, asked, narrowed=True)
    if isinstance(report, HttpResponse):
        return report
    kind, write = FORMS[ending]
    key = (*_key(request, material, asked, narrowed=True), ending, language)
    content = files.ask(
        key, lambda progress: write(_view(report, material, with_clips=ending in WITH_CLIPS), language)
    ).wait(PATIENCE)
    if content is None:
        return _waiting(request, material, 0)
    response = HttpResponse(content, content_type=kind)
    name = f"{material.group.name}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _view(report: Report, material: Material, *, with_clips: bool) -> View:
    codes = [code for tier in material.codebook.tiers for code in tier.codes] if material.codebook else []
    to_confirm = {code.id for code in codes if code.confirm_by is not None}
    title = material.group.title
    return view_of(report, labels_of(material), title=title, to_confirm=to_confirm, with_clips=with_clips)


def labels_of(material: Material) -> Mapping[str, Text]:
    """Return what tiers and codes are called."""
    return material.codebook.labels() if material.codebook else {}


def _report(request: HttpRequest, material: Material, asked: Asked, *, narrowed: bool) -> Report | HttpResponse:
    """Return the report, or a page that says how far it is."""
    clips = tuple(one for one in material.clips if asked.clip in (None, one.clip))
    choice = asked.choice(narrowed=narrowed)
    statistics = _statistics()
    key = _key(request, material, asked, narrowed=narrowed)
    calculation = reports.ask(key, lambda progress: compare(clips, statistics, choice, progress, material.codebooks))
    report = calculation.wait(PATIENCE)
    return _waiting(request, material, calculation.percent) if report is None else report


def _statistics() -> list[Statistic]:
    return list(by_name(settings.VIB_PLUGIN_HOST.hook.vib_statistics()).values())


def _key(request: HttpRequest, material: Material, asked: Asked, *, narrowed: bool) -> tuple[object, ...]:
    """Return all that a report rests on, who looks included."""
    return request.user.pk, material.stamp, asked.clip, asked.choice(narrowed=narrowed)


def _waiting(request: HttpRequest, material: Material, percent: int) -> HttpResponse:
    about = texts.WORDS["waiting_about"].to(language_of(request)).format(material.group.title)
    return page(request, "waiting.html", {"about": about, "percent": percent}, status=202)


def _downloads(request: HttpRequest, group: Group) -> list[dict[str, Any]]:
    def each(query: str) -> list[tuple[str, str]]:
        return [(form.upper(), group.address("download", f"agreement.{form}") + query) for form in FORMS]

    return [
        {"name": "shown", "files": each(query(request))},
        {"name": "all", "files": each(query(request, tier=EVERYTHING, code="", pair=""))},
    ]
