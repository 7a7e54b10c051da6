"""Hooks of the coding plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.page import Page

AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the models of the log of changes and of submits."""
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
    """Answer the script: the log is for who codes the task, the rest for whoever has an account with a role."""
    from .addresses import PAGES

    return PAGES
