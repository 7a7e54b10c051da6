"""How this plugin's pages are made: without a login, and therefore without anything that needs one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from plugins.host import pages
from plugins.host.language import language_of
from vib.language import LANGUAGE_NAMES, LANGUAGES, Language, Text, in_language

from . import texts


def words_for(request: HttpRequest) -> dict[str, Any]:
    """Return what every template of this plugin needs to know."""
    language = language_of(request)
    return {"language": language, "languages": _languages(request), "word": in_language(texts.WORDS, language)}


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Render one of our templates; never kept by a browser. The policy is that of every answer here."""
    shared = {"languages": _languages(request), **context}
    return pages.page(request, f"vib_signin/{template}", texts.WORDS, shared, status=status, policy=None)


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a page with a form in it."""
    return page(request, template, {"csrf_token": get_token(request), **context})


def refusal(request: HttpRequest, heading: Text, why: Text, status: int) -> HttpResponse:
    """Say no, in the language of who asks: a page for people, JSON for programs."""
    language = language_of(request)
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": why.to(language)}, status=status)
    context = {"heading": heading.to(language), "why": why.to(language)}
    return page(request, "refusal.html", context, status=status)


def _languages(request: HttpRequest) -> list[tuple[Language, str, str]]:
    return [(name, LANGUAGE_NAMES[name], _in(request, name)) for name in LANGUAGES]


def _in(request: HttpRequest, language: Language) -> str:
    query = request.GET.copy()
    query["lang"] = language
    return f"?{query.urlencode()}"
