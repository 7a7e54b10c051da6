"""A small notice on Label Studio's page of a project while its clips are being cut into turns."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from plugins.host.inserting import add_to_head
from plugins.host.static_files import static_address

PAGES = "/projects/"


class Notice:
    """Add the script that shows the notice to the pages of Label Studio that show projects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if request.path_info.startswith(PAGES) and request.user.is_authenticated:
            style, script = static_address("vib_turns/notice.css"), static_address("vib_turns/notice.js")
            add_to_head(response, f'<link rel="stylesheet" href="{style}"><script src="{script}" defer></script>')
        return response
