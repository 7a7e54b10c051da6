"""How the pages of plugins are made: in the language of who looks, with nothing from another host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers

from plugins.host.shell import Shell
from vib.language import Language, Text, in_language

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
"""Nothing from another host, and no script or style within the page itself."""


def page(
    request: HttpRequest,
    template: str,
    words: Mapping[str, Text],
    context: Mapping[str, Any],
    *,
    status: int = 200,
    policy: str | None = POLICY,
    kept: bool = False,
) -> HttpResponse:
    """Render a template of a plugin.

    Parameters
    ----------
    words : Mapping of str to Text
        What the template says, as ``word``.
    context : Mapping
        What else it is given, beside ``shell``, ``language`` and ``keep_language``.
    policy : str or None
        The content security policy; None leaves it to who else sets one.
    kept : bool
        Whether a browser may keep the page, to ask each time whether it is still so.
    """
    shell = Shell(request)
    language = shell.language
    shared = {
        "shell": shell,
        "language": language,
        "keep_language": shell.keep_language,
        "word": in_language(words, language),
    }
    # Rendered without the request: Label Studio's context processors are for its own pages.
    response = HttpResponse(render_to_string(template, {**shared, **context}), status=status)
    response["Content-Language"] = language
    response["X-Content-Type-Options"] = "nosniff"
    if policy is not None:
        response["Content-Security-Policy"] = policy
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    patch_cache_control(response, private=True, **({"no_cache": True} if kept else {"no_store": True}))
    return response


def fragment(template: str, words: Mapping[str, Text], context: Mapping[str, Any], language: Language) -> str:
    """Render a part of a page, as a panel of the front door is.

    Parameters
    ----------
    words : Mapping of str to Text
        What the template says, as ``word``.
    context : Mapping
        What else it is given, beside ``language``.
    """
    return render_to_string(template, {"language": language, "word": in_language(words, language), **context})
