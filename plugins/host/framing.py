"""Label Studio's own pages within the shell: our header above them, its language said, the same colours.

Who is no administrator finds nothing there of its own home, its makers and what is not for coding.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from plugins.host.inserting import APPLICATION, change_page, is_of_application
from plugins.host.pages import fragment
from plugins.host.shell import Shell
from vib.roles import Role

MAIN = b' id="_main" tabindex="-1"'
"""What makes of the place of the application where the link above the header leads to."""


class Frame:
    """Middleware that puts the shell around the pages of Label Studio's application, for who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if is_of_application(request, response):
            shell = Shell(request)
            change_page(response, lambda page: _framed(page, shell))
            response["Content-Language"] = shell.language
        return response


def _framed(page: bytes, shell: Shell) -> bytes:
    shown = {"shell": shell, "administrator": shell.role is Role.ADMINISTRATOR}
    head, body = (fragment(f"vib/frame_{part}.html", {}, shown, shell.language).strip() for part in ("head", "body"))
    theme = f' data-theme="{shell.theme}"' if shell.theme else ""
    page = page.replace(b'<html lang="en">', f'<html lang="{shell.language}"{theme}>'.encode(), 1)
    page = page.replace(b"<head>", f"<head>{head}".encode(), 1)
    page = page.replace(b"<body>", f"<body>{body}".encode(), 1)
    return page.replace(APPLICATION, APPLICATION + MAIN, 1)
