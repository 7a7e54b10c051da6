"""The script of the labelling page, on Label Studio's pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import json_script

from plugins.host.inserting import APPLICATION, add_to_head
from plugins.host.language import language_of
from plugins.host.static_files import static_address
from vib.language import in_language

from .texts_screen import SCREEN


class Script:
    """Add the script, with its words and who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and request.user.is_authenticated and APPLICATION in response.content:
            add_to_head(response, _script(request))
        return response


def _script(request: HttpRequest) -> str:
    about = {
        "account": request.user.pk,
        "email": getattr(request.user, "email", ""),
        "words": in_language(SCREEN, language_of(request)),
    }
    style, script = static_address("vib_coding/coding.css"), static_address("vib_coding/main.js")
    about_page = json_script(about, "vib-coding-page")
    return f'<link rel="stylesheet" href="{style}">{about_page}<script type="module" src="{script}"></script>'
