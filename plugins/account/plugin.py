"""Hooks of preferences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.kept import Kept
    from vib.page import Page


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates are found."""
    return ["plugins.account"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the page on which somebody chooses, and what the header sends a language to."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what somebody chose."""
    from .kept import kept_of

    return kept_of(user)
