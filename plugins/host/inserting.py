"""Putting something into pages that are answered, ours and Label Studio's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase

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


def called(name: str) -> str:
    """Return the selector of what Label Studio calls by a name, in English, whichever language the page says it in.

    Examples
    --------
    >>> called("Project options")
    ':is([aria-label="Project options"], [data-english="Project options"])'
    """
    return f':is([aria-label="{name}"], [data-english="{name}"])'
