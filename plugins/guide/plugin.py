"""Hooks of the guide plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.page import Page


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates are found."""
    return ["plugins.guide"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the guides."""
    from .addresses import PAGES

    return PAGES
