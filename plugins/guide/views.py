"""What the pages of this plugin share. None of them asks the database for anything but who is logged in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from plugins.guide import texts
from plugins.guide.entries import unconfirmed
from plugins.host.language import language_of
from plugins.host.pages import page
from vib.codebook import Codebook
from vib.language import Language, Text
from vib.problem import InputProblem
from vib.wording import written_tiers


@dataclass(frozen=True)
class Method:
    """One method in a list."""

    name: str
    title: str
    facts: str = ""
    owner: str = ""
    problem: str = ""


def is_administrator(request: HttpRequest) -> bool:
    """Tell whether somebody manages the server."""
    return bool(getattr(request.user, "is_superuser", False))


def method_of(name: str, book: Codebook | InputProblem, language: Language) -> Method:
    """Return how a method is listed."""
    if isinstance(book, InputProblem):
        return Method(name, name, problem=book.message(language))
    codes = [code for tier in written_tiers(book) for code in tier.codes]
    open_ = unconfirmed(codes)
    facts = texts.METHOD_FACTS.to(language).format(len(codes), open_ or texts.NONE.to(language))
    return Method(name, book.title.to(language), facts, book.owner)


def refused(request: HttpRequest, heading: Text, why: Text, status: int, detail: str = "") -> HttpResponse:
    """Answer with a page that says what is wrong."""
    language = language_of(request)
    context = {"heading": heading.to(language), "problem": why.to(language), "detail": detail}
    return shown(request, "problem.html", context, status=status)


def shown(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200, *, kept_by_browser: bool = True
) -> HttpResponse:
    """Render one of our templates."""
    return page(request, f"vib_guide/{template}", texts.WORDS, context, status=status, kept=kept_by_browser)
