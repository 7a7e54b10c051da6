"""Hooks of the turns plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.language import Language
    from vib.start_link import StartLink


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
def vib_urls() -> Mapping[str, str]:
    """Serve the pages, and the address to which turns are pushed, under ``/vib/turns/``."""
    return {"turns/": "plugins.proposals.urls"}


@hookimpl
def vib_route_rights() -> Mapping[str, Sequence[str]]:
    """The pages are for who sees or codes clips; queries leave out what is not theirs.

    Where turns are pushed is in no row: no account of a person may go there.
    """
    pages = ("", "<int:project>/", "<int:project>/state", "static/<str:name>")
    return {f"GET vib/turns/{page}": ("see", "code") for page in pages} | {"POST vib/turns/<int:project>/": ("see",)}


@hookimpl
def vib_start_links(user: int, language: Language) -> Sequence[StartLink]:
    """Lead to the pages from the start page, for who has projects there."""
    from .progress import start_link

    found = start_link(language)
    return [] if found is None else [found]
