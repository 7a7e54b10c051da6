"""The guides: which methods there are, one method, one code, and search over all of them.

Only moments of the demo are asked of the database.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.guide import texts
from plugins.guide.code_page import CodePage
from plugins.guide.moments import playable, shown_moments
from plugins.guide.outline import Outline
from plugins.guide.search import MOST_FOUND, search
from plugins.guide.shelf import SHELF
from plugins.guide.views import is_administrator, method_of, refused, shown
from plugins.guide.views_hardest import leads_rounds
from plugins.host.language import language_of
from vib.codebook import Codebook
from vib.problem import InputProblem
from vib.wording import described_names

LONGEST_QUESTION = 100
"""Letters of what is searched for."""


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """List the methods, what they are for together."""
    language = language_of(request)
    books = SHELF.all()
    groups = [
        {
            "heading": heading.to(language),
            "about": about.to(language),
            "methods": [
                method_of(name, book, language)
                for name, book in books.items()
                if isinstance(book, Codebook) and book.category == category
            ],
        }
        for category, (heading, about) in texts.CATEGORIES.items()
    ]
    broken = [method_of(name, book, language) for name, book in books.items() if isinstance(book, InputProblem)]
    context = {"groups": groups, "broken": broken, "administrator": is_administrator(request)}
    return shown(request, "methods.html", context)


@require_safe
def guide(request: HttpRequest, method: str) -> HttpResponse:
    """Show the coding guide of a method; 404 when it is not installed."""
    book = _book(request, method)
    if isinstance(book, HttpResponse):
        return book
    context = {
        "guide": Outline(book, language_of(request)),
        "playable": playable(request.user),
        "leads_rounds": leads_rounds(request.user),
    }
    return shown(request, "guide.html", context)


@require_safe
def code(request: HttpRequest, method: str, code: str) -> HttpResponse:
    """Show one code of a method; 404 when it has none of that id."""
    book = _book(request, method)
    if isinstance(book, HttpResponse):
        return book
    names = described_names(book)
    if code not in names:
        return refused(request, texts.NOT_FOUND, texts.NO_CODE, 404)
    place = names.index(code)
    context = {
        "page": CodePage(book, code, language_of(request)),
        "moments": shown_moments(request.user, code),
        "before": names[place - 1] if place else "",
        "after": names[place + 1] if place + 1 < len(names) else "",
    }
    return shown(request, "code.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search all codes of all methods."""
    language = language_of(request)
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    found = search(SHELF.readable(), asked, language, texts.RATINGS)
    more = texts.SEARCHED_MORE.to(language).format(MOST_FOUND) if len(found) > MOST_FOUND else ""
    context = {
        "asked": asked,
        "said": texts.SEARCHED.to(language).format(len(found), asked) if asked else "",
        "found": found[:MOST_FOUND],
        "more": more,
    }
    return shown(request, "search.html", context)


def _book(request: HttpRequest, method: str) -> Codebook | HttpResponse:
    """Return the codebook of a method, or a page that says why there is none."""
    book = SHELF.all().get(method)
    if book is None:
        return refused(request, texts.NOT_FOUND, texts.NO_METHOD, 404)
    if isinstance(book, InputProblem):
        detail = book.message(language_of(request)) if is_administrator(request) else ""
        return refused(request, texts.NOT_READABLE, texts.UNREADABLE, 500, detail)
    return book
