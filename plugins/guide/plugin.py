"""Hooks of the guide plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vib.hookspecs import hookimpl


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates are found."""
    return ["plugins.guide"]


@hookimpl
def vib_urls() -> Mapping[str, str]:
    """Serve the start page at ``/vib/`` itself, and the guides below it."""
    return {"": "plugins.guide.urls"}


@hookimpl
def vib_route_rights() -> Mapping[str, Sequence[str]]:
    """The pages are for whoever has an account with a role; what is hardest is for who may see agreement."""
    pages = (
        "",
        "_search/",
        "_why/",
        "_why/<str:page>/",
        "<str:method>/",
        "<str:method>/<str:code>/",
        "static/<str:name>",
    )
    rights: dict[str, Sequence[str]] = {f"GET vib/guide/{page}": ("account",) for page in pages}
    return rights | {"GET vib/": ("account",), "GET vib/guide/<str:method>/_hardest/": ("agreement",)}
