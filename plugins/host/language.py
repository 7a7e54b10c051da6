"""In which language to answer a request."""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from vib.language import LANGUAGES, Language
from vib.language import language_of as locale_language


def language_of(request: HttpRequest | None) -> Language:
    """Choose the language: of the address (``?lang=nl``), else of the browser, else of the installation."""
    asked: list[str | None] = []
    if request is not None:
        accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
        asked = [request.GET.get("lang"), *(name.split("-")[0] for name, _ in accepted)]
    found = (language for name in asked for language in LANGUAGES if language == name)
    return next(found, locale_language(os.environ))
