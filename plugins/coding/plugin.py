"""Hooks of the coding plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.kept import Kept
    from vib.language import Language
    from vib.page import Page
    from vib.panel import Panel

AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the models of the log of changes and of submits, and the templates."""
    return ["plugins.coding"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let each submit count once, and put the script on Label Studio's pages.

    A submit that was answered is answered again before anybody looks whether it may be done: its draft is gone.
    """
    found = list(settings["MIDDLEWARE"])
    found.insert(found.index(AUTHENTICATION) + 1, "plugins.coding.submitting.Submitting")
    return {"MIDDLEWARE": [*found, "plugins.coding.page.Script"]}


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Answer the script, and show what is left after a submit: the log is for who codes the task."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say where somebody was, and what is left in the rounds that they code in."""
    from .panels import panels_of

    return panels_of(user, language)


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say which work of somebody is kept, every change of it, and what was answered to their submits."""
    from .kept import kept_of

    return kept_of(user)
