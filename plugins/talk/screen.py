"""The script of conversations, on Label Studio's pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import json_script

from plugins.host.inserting import APPLICATION, add_to_head
from plugins.host.language import language_of
from plugins.host.static_files import static_address
from plugins.talk.texts import AUDIENCES, KINDS, SCREEN
from vib.language import in_language


class Script:
    """Add the script, with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and request.user.is_authenticated and APPLICATION in response.content:
            add_to_head(response, _script(request))
        return response


def _script(request: HttpRequest) -> str:
    language = language_of(request)
    about = {
        "words": in_language(SCREEN, language),
        "kinds": in_language(KINDS, language),
        "audiences": in_language(AUDIENCES, language),
    }
    style, script = static_address("vib_talk/screen.css"), static_address("vib_talk/screen.js")
    about_page = json_script(about, "vib-talk-page")
    return f'<link rel="stylesheet" href="{style}">{about_page}<script type="module" src="{script}"></script>'
