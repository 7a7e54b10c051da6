"""Hooks of the words plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vib.hookspecs import hookimpl


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Have the script served."""
    return ["plugins.words"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the script on Label Studio's pages."""
    return {"MIDDLEWARE": [*settings["MIDDLEWARE"], "plugins.words.page.Words"]}
