"""Hooks of the rounds plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.kept import Kept
    from vib.language import Language
    from vib.page import Page
    from vib.panel import Panel


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the model of reminders, and the templates."""
    return ["plugins.rounds"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the pages under ``/vib/rounds/``."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say to a supervisor how far their rounds are, and to a trainee of which one they were reminded."""
    from .panels import panels_of

    return panels_of(user, language)


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say of which rounds somebody was reminded."""
    from .kept import kept_of

    return kept_of(user)
