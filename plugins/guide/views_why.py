"""The pages that say why to look at contact at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.guide import texts
from plugins.guide.views import refused, shown
from plugins.guide.why import SOURCES, why_pages
from plugins.host.language import language_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the pages."""
    language = language_of(request)
    pages = [(name, page.title.to(language), page.lead.to(language)) for name, page in why_pages().items()]
    return shown(request, "why.html", {"pages": pages})


@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one; 404 where there is none of that name."""
    language, pages = language_of(request), why_pages()
    if page not in pages:
        return refused(request, texts.NOT_FOUND, texts.NO_WHY, 404)
    found, names = pages[page], list(pages)
    named = list(dict.fromkeys(source for part in found.parts for source in part.sources))
    numbers = {source: number for number, source in enumerate(named, start=1)}
    place = names.index(page)
    context = {
        "name": page,
        "title": found.title.to(language),
        "lead": found.lead.to(language),
        "parts": [
            {
                "heading": part.heading.to(language),
                "says": [said.to(language) for said in part.says],
                "sources": [numbers[source] for source in part.sources],
            }
            for part in found.parts
        ],
        "sources": [SOURCES[source].to(language) for source in named],
        "pages": [(name, one.title.to(language)) for name, one in pages.items()],
        "before": names[place - 1] if place else "",
        "after": names[place + 1] if place + 1 < len(names) else "",
    }
    return shown(request, "why_page.html", context)
