"""Putting something into pages that are answered, ours and Label Studio's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import json_script

from plugins.host.static_files import static_address

APPLICATION = b'class="app-wrapper"'
"""What is on each page of Label Studio's application, which goes from one to another without loading a page."""


def change_page(response: HttpResponseBase, change: Callable[[bytes], bytes]) -> None:
    """Change the content of a page; what is no page, a file to be kept, or packed, stays as it is."""
    if not isinstance(response, HttpResponse) or "text/html" not in response.get("Content-Type", ""):
        return
    if "attachment" in response.get("Content-Disposition", "") or response.has_header("Content-Encoding"):
        return
    response.content = change(response.content)
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))


def add_to_head(response: HttpResponseBase, added: str) -> None:
    """Put links to style sheets or scripts at the end of a page's head."""
    change_page(response, lambda content: content.replace(b"</head>", f"{added}</head>".encode(), 1))


class IntoApplication:
    """Middleware that adds to the head of the pages of Label Studio's application, for who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if is_of_application(request, response):
            add_to_head(response, self.added(request))
        return response

    def added(self, request: HttpRequest) -> str:
        """Return what is added for who asks."""
        raise NotImplementedError


def is_of_application(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether somebody who is signed in gets a page of Label Studio's application."""
    return isinstance(response, HttpResponse) and request.user.is_authenticated and APPLICATION in response.content


def module(script: str, style: str, element: str, about: Mapping[str, object]) -> str:
    """Return the links to a script and its style sheet, and what the script is told, in an element by its id."""
    sheet = f'<link rel="stylesheet" href="{static_address(style)}">'
    return f'{sheet}{json_script(about, element)}<script type="module" src="{static_address(script)}"></script>'


def called(name: str) -> str:
    """Return the selector of what Label Studio calls by a name, in English, whichever language the page says it in.

    Examples
    --------
    >>> called("Project options")
    ':is([aria-label="Project options"], [data-english="Project options"])'
    """
    return f':is([aria-label="{name}"], [data-english="{name}"])'
