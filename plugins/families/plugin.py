"""Hooks of the families plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.language import Language
    from vib.page import Page
    from vib.panel import Panel


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the templates."""
    return ["plugins.families"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the pages under ``/vib/families/``."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say how far the newest clips of somebody's families are, and which recordings could not be used."""
    from .panels import panels_of

    return panels_of(user, language)
