"""The pages: a list, and the figures of a round or project with how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from plugins.agreement.comparing.together import NotTogether
from plugins.agreement.view.texts import FAMILIES
from plugins.host.language import language_of
from vib.language import Language
from vib.roles import May
from vib.statistic import Statistic

from . import texts
from .answers import clip_address, material_for, page, query, saying_no, shared, statistics
from .asked import EVERYTHING, Asked, asked_of, known_of, offered, shared_clips
from .figures import figures_of, part_of, progress_of
from .names import Names
from .reading import Material, extent_of, group_named, lines_of
from .taking import downloads, waiting


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
    of_group = shared(material, language)
    if not known.tiers or len(known.raters) < 2:
        why = texts.NOTHING_SHARED if len(known.raters) < 2 else texts.NOTHING_CODED
        return page(request, "nothing.html", {**of_group, "why": why.to(language)})
    more = offered(statistics())
    asked = asked_of(request.GET, known, more)
    tabs = [(names.code(tier), tier == asked.tier, query(request, tier=tier, code="")) for tier in known.tiers]
    try:
        figures = figures_of(request, material, asked)
    except NotTogether as problem:
        # Another tier may well be comparable.
        return page(request, "nothing.html", {**of_group, "why": problem.message(language), "tabs": tabs})
    part = part_of(request, figures, material, language)
    if part is None:
        return waiting(request, material, figures.percent)
    first, second = asked.pair or (asked.one or "", "")
    context = {
        **of_group,
        # The part is written by a template that escapes what is in it.
        "part": mark_safe(part),  # noqa: S308
        "asked": asked,
        "known": known,
        "first": first,
        "second": second,
        "tabs": tabs,
        "codes": [names.code(code) for code in known.codes.get(asked.tier or "", ())],
        "more": _by_basis(more, asked, language),
        "everything": EVERYTHING,
        "all_address": query(request, also=EVERYTHING),
        "clips": _clips(request, material, asked),
        "downloads": downloads(request, material.group),
        "mark_written": f"{asked.mark:g}",
        "percent": figures.percent,
        "progress": "" if figures.complete else reverse("vib_agreement:progress", args=[figures.token]),
    }
    return page(request, "overview.html", context)


@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """Say how far a calculation is, to whose page began it."""
    response = JsonResponse(progress_of(request.user, token))
    patch_cache_control(response, private=True, no_store=True)
    return response


def _by_basis(more: Mapping[str, Statistic], asked: Asked, language: Language) -> list[tuple[str, Any]]:
    """Return the statistics that can be shown as well, by what they count."""
    found = sorted(more.values(), key=lambda statistic: list(FAMILIES).index(statistic.basis))
    return [
        (FAMILIES[basis].to(language), [(s.name, s.label.to(language), s.name == asked.also) for s in of_it])
        for basis, of_it in groupby(found, key=lambda statistic: statistic.basis)
    ]


def _clips(request: HttpRequest, material: Material, asked: Asked) -> list[dict[str, Any]]:
    raters = set(asked.pair or ())
    return [
        {
            "id": clip.clip,
            "address": clip_address(request, material.group, clip.clip),
            "situation": str(material.data[clip.clip].get("situation", "")),
            "raters": ", ".join(clip.raters),
            "many": len(clip.raters),
        }
        for clip in shared_clips(material.clips)
        if raters <= set(clip.timelines) and asked.clip in (None, clip.clip)
    ]
