"""Hooks of the intake plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.health import Health
    from vib.kept import Kept
    from vib.page import Page


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the templates and scripts."""
    return ["plugins.intake"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the pages under ``/vib/intake/``."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what somebody sends."""
    from .kept import kept_of

    return kept_of(user)


@hookimpl
def vib_health() -> Sequence[Health]:
    """Say how the worker is, and what waits for it."""
    from .condition import parts

    return parts()
