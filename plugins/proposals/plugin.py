"""Hooks of the turns plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.health import Health
    from vib.job import Job
    from vib.page import Page


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the templates, and what hears of submitted codes."""
    return ["plugins.proposals"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn away who pushes without the secret, put the notice on Label Studio's pages, show the newest turns."""
    ours = tuple(f"plugins.proposals.{name}" for name in ("door.BackendOnly", "notice.Notice", "newest.Newest"))
    return {"MIDDLEWARE": [*settings["MIDDLEWARE"], *ours]}


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the pages, and the address to which turns are pushed, under ``/vib/turns/``."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_jobs(project: int) -> Sequence[Job] | None:
    """Ask the ML backend how far it is."""
    from .backend import GLANCE, NoBackend, jobs_of

    try:
        return list(jobs_of(project, GLANCE).values())
    except NoBackend:
        return None


@hookimpl
def vib_health() -> Sequence[Health]:
    """Say whether the ML backend answers, and how its queue is."""
    from .condition import parts

    return parts()
