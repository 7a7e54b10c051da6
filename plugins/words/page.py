"""The script that puts Label Studio's words into Dutch, on the pages of who reads Dutch: it knows English alone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from plugins.host.inserting import APPLICATION, add_to_head
from plugins.host.language import language_of
from plugins.host.static_files import static_address


class Words:
    """Add the script."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and APPLICATION in response.content and language_of(request) == "nl":
            # Nothing is drawn in English first.
            script = f'<script type="module" blocking="render" src="{static_address("vib_words/main.js")}"></script>'
            add_to_head(response, script)
        return response
