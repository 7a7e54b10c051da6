"""Hooks of the front door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.health import Health
    from vib.language import Language
    from vib.page import Page
    from vib.panel import Panel


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates are found."""
    return ["plugins.home"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the front door at ``/vib/`` itself."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say to an administrator who there is, and how the installation is."""
    from .managing import panels_of

    return panels_of(user, language)


@hookimpl
def vib_health() -> Sequence[Health]:
    """Say how plugins, database, disk and mail are."""
    from .condition import parts

    return parts()
