"""In which language to answer a request, and to write to somebody."""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from plugins.host.preferences import preferences_of
from vib.language import LANGUAGES, Language
from vib.language import language_of as locale_language


def language_of(request: HttpRequest | None) -> Language:
    """Choose the language: of the address (``?lang=nl``), else of the account, the browser or the installation."""
    if request is None:
        return _first()
    # What answers before it is known who asks, has no account.
    kept = _kept(getattr(request, "user", None))
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return _first(request.GET.get("lang"), kept, *(name.split("-")[0] for name, _ in accepted))


def language_for(user: object) -> Language:
    """Choose the language in which to write to somebody: of their account, else of the installation."""
    return _first(_kept(user))


def _kept(user: object) -> str | None:
    found = preferences_of(user)
    return found.language if found else None


def _first(*asked: str | None) -> Language:
    found = (language for name in asked for language in LANGUAGES if language == name)
    return next(found, locale_language(os.environ))
