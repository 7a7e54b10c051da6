"""How this plugin's pages are made: without a login, and therefore without anything that needs one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from plugins.host import pages
from plugins.host.shell import Shell
from vib.language import in_language

from . import texts


def words_for(request: HttpRequest) -> dict[str, Any]:
    """Return what the sign-in page is given that Label Studio renders, which knows nothing of the shell."""
    shell = Shell(request)
    return {"shell": shell, "word": in_language(texts.WORDS, shell.language)}


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a page with a form in it; never kept by a browser. The policy is that of every answer here."""
    shared = {"csrf_token": get_token(request), **context}
    return pages.page(request, f"vib_signin/{template}", texts.WORDS, shared, policy=None)
