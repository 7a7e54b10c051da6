"""Which route belongs to which right. A route that is in no row is the administrators' only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from plugins.access.viewer import Viewer
from plugins.host.page_registry import REGISTRY
from vib.page import Page
from vib.roles import May, Right, admits

KNOWN = Path(__file__).parent / "known_routes.txt"
"""The routes that were there when this table was made, so that new ones stand out."""

READ = frozenset({"GET", "HEAD"})


class Check(Enum):
    """What has to be looked at before a view may run."""

    NONE = "none"
    CLIP = "clip"
    SELF = "self"
    ACTION = "action"
    TASK = "task"
    ANNOTATION = "annotation"
    DRAFT = "draft"
    IMPORT = "import"
    CODING = "coding"
    SEEING = "seeing"
    FAMILY = "family"


WRITING = frozenset({Check.TASK, Check.ANNOTATION, Check.DRAFT, Check.IMPORT})
"""Saving codes or tasks: Label Studio counts and numbers meanwhile, for which it has to see everything."""


@dataclass(frozen=True, slots=True)
class Route:
    """A row: these methods of this route are for whoever has one of these rights."""

    path: str
    methods: frozenset[str]
    rights: tuple[Right, ...]
    check: Check = Check.NONE

    def admits(self, viewer: Viewer) -> bool:
        """Tell whether the viewer has one of the rights; own results have pages of their own."""
        return admits(viewer.role, self.rights)


def _rows(paths: str, methods: str, *rights: Right, check: Check = Check.NONE) -> Iterator[Route]:
    verbs = frozenset(methods.split())
    for path in paths.split():
        yield Route("" if path == "-" else path, verbs | READ if "GET" in verbs else verbs, rights, check)


PUBLIC = frozenset(
    """user/login/ user/signup/ logout/? health/ sw.js sw-fallback.js favicon.ico static/<path>
    label-studio-frontend/<path> dm/<path> react-app/<path> static/fonts/roboto/roboto.css vib/left-out.css""".split()
)
"""What needs no account."""

ROWS: tuple[Route, ...] = (
    *_rows(
        """- projects/ user/account/ user/account/<sub_path> api/users/
        api/current-user/whoami api/current-user/token version/ api/session-policy/ api/jwt/settings
        feature-flags/ heidi-tips/""",
        "GET",
        Right.ACCOUNT,
    ),
    *_rows("user/account/", "POST", Right.ACCOUNT),
    *_rows("api/current-user/reset-token/ api/token/blacklist/ api/token/rotate/", "POST", Right.ACCOUNT),
    *_rows("api/token/", "GET POST", Right.ACCOUNT),
    *_rows("api/current-user/product-tour api/current-user/hotkeys/", "GET PUT PATCH", Right.ACCOUNT),
    *_rows("api/users/<pk>/", "GET PATCH", Right.ACCOUNT, check=Check.SELF),
    *_rows("api/users/<pk>/avatar/", "POST DELETE", Right.ACCOUNT, check=Check.SELF),
    *_rows(
        """projects/<int:pk>/ projects/<int:pk>/data/ api/projects/ api/projects/<int:pk>/ api/projects/counts/
        api/dm/project/ api/dm/columns/ api/dm/actions/ api/tasks/
        api/tasks/<int:pk>/ api/tasks/<int:pk>/annotations/ api/tasks/<int:pk>/drafts
        api/tasks/<int:pk>/annotations/<int:annotation_id>/drafts api/annotations/<int:pk>/ api/drafts/<int:pk>/
        api/predictions/ api/predictions/<pk>/ api/projects/<int:pk>/label-stream-history/ api/ml/ api/label_links/""",
        "GET",
        Right.SEE,
        Right.CODE,
    ),
    *_rows("api/dm/views/", "GET POST", Right.SEE, Right.CODE),
    *_rows("api/dm/views/<pk>/", "GET PUT PATCH DELETE", Right.SEE, Right.CODE),
    *_rows("api/dm/views/order/", "POST", Right.SEE, Right.CODE),
    *_rows("vib/media/<path:name>", "GET", Right.SEE, Right.CODE, check=Check.CLIP),
    *_rows("api/projects/<int:pk>/next/", "GET", Right.CODE),
    *_rows("api/dm/actions/", "POST", Right.CODE, check=Check.ACTION),
    *_rows("api/tasks/<int:pk>/annotations/ api/tasks/<int:pk>/drafts", "POST", Right.CODE, check=Check.TASK),
    *_rows(
        "api/tasks/<int:pk>/annotations/<int:annotation_id>/drafts api/annotations/<int:pk>/convert-to-draft",
        "POST",
        Right.CODE,
        check=Check.ANNOTATION,
    ),
    *_rows("api/annotations/<int:pk>/", "PUT PATCH DELETE", Right.CODE, check=Check.ANNOTATION),
    *_rows("api/drafts/<int:pk>/", "PUT PATCH DELETE", Right.CODE, check=Check.DRAFT),
    *_rows("api/projects/<int:pk>/import", "POST", Right.MANAGE, check=Check.IMPORT),
    *_rows(
        """api/projects/<int:pk>/export api/projects/<int:pk>/export/formats api/projects/<int:pk>/export/files
        projects/<int:pk>/data/export""",
        "GET",
        Right.SEE,
        Right.AGREEMENT,
    ),
)

CLOSED = re.compile(
    r"""
    api/webhooks/ | api/storages | api/projects/<int:pk>/(exports|summary|annotators|tasks/bulk)
    | api/auth/export | api/fsm/ | api/tasks/<int:pk>/agreement | tasks/<int | storage-data/ | data/upload
    | api/dm/actions/<str | admin/(authtoken|tasks|core|ml_models|ml_model_providers|django_rq) | django-rq/
    | metrics/ | trigger500/ | api-auth/ | organization/webhooks
    """,
    re.VERBOSE,
)
"""What would carry codes or tokens out, or past the table: only the machine's own account may.

It matches how a route begins.
"""

CLOSED_ADDRESSES = frozenset({"/version/"})
"""It shows every setting, and the routes of Label Studio that are not anchored match it elsewhere too."""

CLOSED_METHODS = frozenset(
    {
        ("DELETE", "api/projects/<int:pk>/"),
        ("DELETE", "api/projects/<int:pk>/tasks/"),
        ("DELETE", "api/tasks/<int:pk>/"),
        ("DELETE", "api/users/<pk>/"),
    }
)
"""What would take codes away: an account that leaves is closed, not deleted."""


CODED_TASK = "<int:task>"
"""The parameter of a plugin's route by which it is known which task is coded, or looked at."""

OF_FAMILY = "<str:family>"
"""The parameter of a plugin's route by which it is known which family it is about."""


@cache
def _table() -> dict[tuple[str, str], Route]:
    rows = [row for one in REGISTRY.pages if not one.page.machine for row in _row_of_page(one.page)]
    return {(method, row.path): row for row in (*rows, *ROWS) for method in row.methods}


def _row_of_page(page: Page) -> Iterator[Route]:
    """Yield the row of a page of a plugin."""
    check = Check.NONE
    if CODED_TASK in page.path:
        check = Check.CODING if page.rights == (Right.CODE,) else Check.SEEING
    elif OF_FAMILY in page.path:
        check = Check.FAMILY
    return _rows(page.path, " ".join(page.methods), *page.rights, check=check)


def row_of(method: str, path: str) -> Route | None:
    """Return the row of a method and a route, or None."""
    return _table().get((method, path))


def is_closed(method: str, path: str, address: str = "") -> bool:
    """Tell whether nobody but the machine's own account may use a route, at this address."""
    return CLOSED.match(path) is not None or (method, path) in CLOSED_METHODS or address in CLOSED_ADDRESSES


def may_use(viewer: Viewer, method: str, path: str, address: str = "") -> bool:
    """Tell whether a route is open to a viewer, as far as that does not depend on an object."""
    if viewer.service:
        return True
    if is_closed(method, path, address):
        return False
    row = row_of(method, path)
    return viewer.may(Right.MANAGE) is May.YES if row is None else row.admits(viewer)


def plain(route: str) -> str:
    """Write a route of Django's as one writes it in a table.

    Examples
    --------
    >>> plain("^api/dm/^views/(?P<pk>[^/.]+)/$")
    'api/dm/views/<pk>/'
    """
    named = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()\[\]])*\)", r"<\1>", route)
    return re.sub(r"[\^$\\]", "", named)


def all_routes(patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Yield every route of the server."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_routes(pattern.url_patterns, route)
        else:
            yield plain(route)


def new_routes() -> list[str]:
    """Return the routes that were not there when the table was made."""
    return sorted(set(all_routes()) - set(KNOWN.read_text(encoding="utf-8").splitlines()))
