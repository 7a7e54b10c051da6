"""Hooks of the front door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.page import Page


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates are found."""
    return ["plugins.home"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the front door at ``/vib/`` itself."""
    from .addresses import PAGES

    return PAGES
