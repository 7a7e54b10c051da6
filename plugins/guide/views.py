"""The pages. None of them asks the database for anything but who is logged in; links of other plugins may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.guide import texts
from plugins.guide.assets import address
from plugins.guide.outline import Outline, unconfirmed
from plugins.host.language import language_of
from plugins.host.pages import page
from vib.failures import kept
from vib.language import Language
from vib.methods import method_names, read_method
from vib.problem import InputProblem
from vib.start_link import StartLink


@dataclass(frozen=True)
class Method:
    """One line of the card with guides."""

    name: str
    title: str
    facts: str = ""
    problem: str = ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Greet, and show the way: to the clips, to the guides, and to what matters."""
    language = language_of(request)
    administrator = is_administrator(request)
    context = {
        "first_name": getattr(request.user, "first_name", ""),
        "methods": [_method(name, language) for name in method_names()],
        "administrator": administrator,
        "links": _links(request.user.pk, language),
        "plugins": settings.VIB_PLUGIN_HOST.found_with(kept(settings.VIB.failed)) if administrator else (),
    }
    return _page(request, "start.html", context)


@require_safe
def guide(request: HttpRequest, method: str) -> HttpResponse:
    """Show the coding guide of a method; 404 when it is not installed."""
    language = language_of(request)
    if method not in method_names():
        context = {"heading": texts.NOT_FOUND.to(language), "problem": texts.NO_METHOD.to(language)}
        return _page(request, "problem.html", context, status=404)
    try:
        outline = Outline(read_method(method), language)
    except InputProblem as problem:
        context = {"heading": texts.NOT_READABLE.to(language), "problem": texts.UNREADABLE.to(language)}
        if is_administrator(request):
            context["detail"] = problem.message(language)
        return _page(request, "problem.html", context, status=500)
    return _page(request, "guide.html", {"guide": outline})


def is_administrator(request: HttpRequest) -> bool:
    """Tell whether somebody manages the server."""
    return bool(getattr(request.user, "is_superuser", False))


def _links(user: int | None, language: Language) -> list[StartLink]:
    """Return where other plugins lead an account."""
    if user is None:
        return []
    offered = settings.VIB_PLUGIN_HOST.hook.vib_start_links(user=user, language=language)
    return [link for links in offered for link in links if link.address.startswith("/")]


def _method(name: str, language: Language) -> Method:
    try:
        codebook = read_method(name)
    except InputProblem as problem:
        return Method(name, name, problem=problem.message(language))
    codes = [code for tier in codebook.tiers for code in tier.codes]
    facts = texts.METHOD_FACTS.to(language).format(len(codes), unconfirmed(codes))
    return Method(name, codebook.title.to(language), facts)


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    shared = {"stylesheet": address("guide.css"), "script": address("guide.js"), **context}
    return page(request, f"vib_guide/{template}", texts.WORDS, shared, status=status, kept=True)
