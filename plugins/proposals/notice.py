"""A small notice on Label Studio's page of a project while its clips are being cut into turns."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from .assets import address

PAGES = "/projects/"


class Notice:
    """Add the script that shows the notice to the pages of Label Studio that show projects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        shows = request.path_info.startswith(PAGES) and request.user.is_authenticated
        if shows and not response.streaming and "text/html" in response.get("Content-Type", ""):
            added = (
                f'<link rel="stylesheet" href="{address("notice.css")}">'
                f'<script src="{address("notice.js")}" defer></script></head>'
            )
            response.content = response.content.replace(b"</head>", added.encode(), 1)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response
