"""Django's administration pages in Dutch or English: their own words by Django, ours by `Text`.

Label Studio is in English only, and so are Django's words on its pages; only below ``/admin/`` the
language of who looks holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, override

from plugins.host.language import language_of
from vib.language import Language, Text

ADDRESS = "/admin/"


class AdministrationLanguage:
    """Middleware that answers on the administration pages in the language of who looks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if not request.path.startswith(ADDRESS):
            return self.get_response(request)
        language = language_of(request)
        with override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def page_language() -> Language:
    """Return the language of the administration page that is being made."""
    return "nl" if (get_language() or "").startswith("nl") else "en"


def spoken(text: Text, **values: object) -> str:
    """Return a text in the language of the page that is being made, with its places filled."""
    said = text.to(page_language())
    return said.format(**values) if values else said


later: Callable[[Text], str] = lazy(spoken, str)
"""Stand for a text in whatever language the page turns out to be that shows it."""


def capital(text: Text) -> str:
    """Stand for a text that begins with a capital, as the label of a field does."""
    return capfirst(later(text))


def name_model(model: type[Model], one: Text, many: Text, fields: Mapping[str, Text]) -> None:
    """Give a model and its fields their names on the pages. Migrations know nothing of them."""
    about: Any = model._meta
    about.verbose_name, about.verbose_name_plural = later(one), later(many)
    for name, text in fields.items():
        about.get_field(name).verbose_name = later(text)
