"""The notice on every page of a server that runs without one of the plugins that protect it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.views.decorators.http import require_safe

from plugins.host.inserting import change_page
from plugins.host.language import language_of
from vib.chosen import without_protection
from vib.language import Language

STYLE = """\
.vib-left-out { position: fixed; top: 0; left: 57%; transform: translateX(-50%); z-index: 2147483647;
  box-sizing: border-box; margin: 0; padding: .3rem .9rem; max-width: min(44rem, 42vw); border-radius: 0 0 .5rem .5rem;
  background: #b3001b; color: #fff; font: 600 12px/1.25 system-ui, sans-serif; text-align: center;
  pointer-events: none; }
@media print { .vib-left-out { position: static; transform: none; max-width: none; color: #b3001b; background: none;
  border: 2px solid; } }
"""
"""At the top, between what headers have on either side, and no obstacle to a click: below are buttons of the editor."""

BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Answer with the style sheet of the notice; also to who is not signed in."""
    response = HttpResponse(STYLE, content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response


class Banner:
    """Put the notice on every page, ours and Label Studio's, also on those that say no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        change_page(
            response, lambda page: BODY.sub(lambda found: found[0] + self._notice(language_of(request)), page, 1)
        )
        return response

    def _notice(self, language: Language) -> bytes:
        said = escape(without_protection(settings.VIB_LEFT_OUT).to(language))
        address = escape(reverse("vib-left-out"))
        return f'<link rel="stylesheet" href="{address}"><p class="vib-left-out" role="alert">{said}</p>'.encode()
