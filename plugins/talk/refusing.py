"""Saying no: a page, or JSON for the script of the labelling page, that says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from plugins.host.language import language_of
from plugins.host.narrowed import NotNarrowed
from plugins.host.pages import page
from plugins.talk import texts
from vib.language import Text

View = Callable[..., HttpResponse]


@final
class Refused(Exception):
    """What was asked gets this status and text."""

    def __init__(self, status: int, heading: Text, text: Text) -> None:
        super().__init__(text.en)
        self.status, self.heading, self.text = status, heading, text


def as_json(content: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Answer a script."""
    response = JsonResponse(content, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _page(request: HttpRequest, refused: Refused) -> HttpResponse:
    language = language_of(request)
    context = {"heading": refused.heading.to(language), "problem": refused.text.to(language)}
    return page(request, "vib_talk/problem.html", texts.WORDS, context, status=refused.status)


def _json(request: HttpRequest, refused: Refused) -> HttpResponse:
    return as_json({"detail": refused.text.to(language_of(request))}, refused.status)


def _saying_no(say: Callable[[HttpRequest, Refused], HttpResponse], view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except Refused as refused:
            return say(request, refused)
        except NotNarrowed:
            return say(request, Refused(503, texts.NOT_NOW, texts.NO_RULES))

    return answer


with_page = partial(_saying_no, _page)
"""Makes a view answer what is refused with a page."""

with_json = partial(_saying_no, _json)
"""Makes a view answer what is refused with JSON."""
