"""Hooks of the coding plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vib.hookspecs import hookimpl

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
def vib_urls() -> Mapping[str, str]:
    """Serve the log of changes and the script of the labelling page."""
    return {"coding/": "plugins.coding.urls"}


@hookimpl
def vib_route_rights() -> Mapping[str, Sequence[str]]:
    """The log is for who codes the task; the rest for whoever has an account with a role."""
    own = ("GET work", "GET guide", "POST work", "POST changes", "POST take", "POST check")
    rows: dict[str, Sequence[str]] = {
        f"{method} vib/coding/tasks/<int:task>/{page}": ("code",) for method, page in map(str.split, own)
    }
    return rows | {f"GET vib/coding/{page}": ("account",) for page in ("alive", "static/<str:of>/<str:name>")}
