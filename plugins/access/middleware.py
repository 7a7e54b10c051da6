"""Default deny: each request is looked up in the role table before its view runs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from plugins.access import texts
from plugins.access.checks import EXPORT, Refused, Touched, families_of, look, look_at_filters
from plugins.access.hiding import LINK
from plugins.access.lens import COUNTS, LENSES, PROJECT_FIELDS
from plugins.access.narrowing import look_as
from plugins.access.routes import PUBLIC, READ, WRITING, Check, may_use, new_routes, plain, row_of
from plugins.access.viewer import Viewer, viewer_of
from plugins.host import errors
from plugins.host.inserting import add_to_head
from plugins.host.language import language_of
from vib import actor
from vib.counted import Counted
from vib.roles import Right

log = logging.getLogger("vib.access")

NOBODY = Viewer(id=0, email="")
PROJECTS = frozenset({"api/projects/", "api/projects/counts/", "api/projects/<int:pk>/"})

MOST_REFUSALS = 60
"""Refusals a minute that are recorded one by one: of who is signed in for each route, of an address for all."""

WATCHING_SECONDS = 600
"""A browser asks for a clip in many pieces, keeps codes by the change and sends a recording in pieces: that is one
look, one coding, one sending."""

LASTING = frozenset({Check.CLIP, Check.CODING, Check.FAMILY})
"""What goes on for a while, in many requests."""


class AccessMiddleware:
    """Decides about each request, sees to it that its queries and answer are narrowed, and records it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._watched: dict[tuple[int, str], float] = {}
        self._refusals = Counted(MOST_REFUSALS, 60.0)
        _report_new_routes()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request. Who looks stays set until the answer has been sent, also when it is streamed."""
        look_as(None)
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif hasattr(request, "vib"):
            add_to_head(response, LINK)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse, or let the view run with the viewer's eyes."""
        assert request.resolver_match is not None
        path = plain(request.resolver_match.route)
        if path in PUBLIC or (request.method == "POST" and path == "api/token/refresh/"):
            look_as(NOBODY)
            return None
        viewer = NOBODY
        try:
            viewer = _viewer(request, view)
            request.vib = (viewer, path)  # type: ignore[attr-defined]  # ours, for what comes after the view
            touched = self._decide(request, path, named, viewer)
            look_at_filters(request, view)
        except Refused as refused:
            with_families = families_of(path, named) if viewer.id else ()
            return self._refuse(request, path, viewer, refused, with_families)
        except APIException as error:
            return self._refuse(request, path, viewer, Refused(error.status_code, texts.SIGN_IN), ())
        return self._record(request, path, viewer, touched)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Leave in the answer what the viewer may know."""
        viewer, path = getattr(request, "vib", (NOBODY, ""))
        if viewer.service or not hasattr(response, "data"):
            return response
        if response.status_code >= 500:
            response.data = {"detail": texts.FAILED.to(language_of(request))}
        lens = LENSES.get(("GET" if request.method == "HEAD" else _method(request), path))
        if lens is not None and response.status_code == 200:
            look_as(viewer)
            response.data = lens(viewer, response.data)
        return response

    def _decide(self, request: HttpRequest, path: str, named: dict[str, Any], viewer: Viewer) -> Touched:
        look_as(viewer)
        if viewer.service:
            return Touched(_which(named))
        if viewer.role is None:
            raise Refused(403, texts.NO_ROLE)
        if not may_use(viewer, _method(request), path, request.path_info):
            raise Refused(403, texts.NOT_ALLOWED)
        row = row_of(_method(request), path)
        viewer.managing = row is None or row.rights == (Right.MANAGE,)
        touched = look(request, path, row, named, viewer)
        if row is not None and row.check in WRITING:
            look_as(None)
        _ask_less(request, path)
        return touched if touched.which else Touched(_which(named), touched.families)

    def _record(
        self, request: HttpRequest, path: str, viewer: Viewer, touched: Touched, allowed: bool = True
    ) -> HttpResponseBase | None:
        row = row_of(_method(request), path)
        if allowed and request.method in READ and not touched.families and path != EXPORT:
            return None
        lasts = allowed and row is not None and row.check in LASTING
        if lasts and self._watched_lately(viewer, f"{request.method} {touched.which}"):
            return None
        by = actor.account(viewer.email, viewer.role_name, request.META.get("REMOTE_ADDR", ""))
        what = f"{request.method} {path}"
        which = touched.which
        if not allowed:
            counted = self._refusals.take((by.who, by.where, what if by.who else ""))
            if counted is None:
                return None
            which += f" (and {counted} more)" if counted else ""
        event = by.event(what, allowed=allowed, families=touched.families, which=which.strip())
        try:
            settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)
        except OSError:
            log.exception("the audit log cannot be written")
            return errors.answer(request, 503, errors.FAILED, texts.NO_LOG)
        return None

    def _watched_lately(self, viewer: Viewer, which: str) -> bool:
        now, key = time.monotonic(), (viewer.id, which)
        if now - self._watched.get(key, -WATCHING_SECONDS) < WATCHING_SECONDS:
            return True
        if len(self._watched) > 10_000:
            self._watched.clear()
        self._watched[key] = now
        return False

    def _refuse(
        self, request: HttpRequest, path: str, viewer: Viewer, refused: Refused, families: tuple[str, ...]
    ) -> HttpResponseBase:
        look_as(NOBODY)
        if refused.status == 401 and not _is_for_programs(request):
            return redirect_to_login(request.get_full_path())
        which = _which(request.resolver_match.kwargs if request.resolver_match else {})
        broken = self._record(request, path, viewer, Touched(which, families), allowed=False)
        if broken is not None:
            return broken
        heading = errors.NOT_HERE if refused.status == 404 else errors.NOT_ALLOWED
        return errors.answer(request, refused.status, heading, refused.text)


def _viewer(request: HttpRequest, view: Callable[..., Any]) -> Viewer:
    """Return who asks: by token where the view takes one, else by session.

    Raises
    ------
    Refused
        Nobody is signed in.
    rest_framework.exceptions.APIException
        The token is wrong.
    """
    user = request.user
    classes = getattr(getattr(view, "cls", None), "authentication_classes", None)
    if classes:
        user = Request(request, authenticators=[kind() for kind in classes]).user
        # The view is not to find somebody else than was checked.
        request._force_auth_user = user if user.is_authenticated else None  # type: ignore[attr-defined]  # DRF's
    if not user.is_authenticated:
        raise Refused(401, texts.SIGN_IN)
    return viewer_of(user)


def _ask_less(request: HttpRequest, path: str) -> None:
    """Keep Label Studio from choosing, sorting or counting by everybody's codes."""
    asked = request.GET.copy()
    if path == EXPORT:
        asked["download_all_tasks"] = "true"
    elif path in PROJECTS:
        wanted = set(filter(None, asked.get("include", "").split(","))) or PROJECT_FIELDS
        asked["include"] = ",".join(sorted({"id", *wanted} - set(COUNTS)))
        for name in ("ordering", "omit"):
            asked.pop(name, None)
    elif (_method(request), path) in LENSES and ("include" in asked or "omit" in asked):
        # What is counted again, is counted by number.
        asked.pop("omit", None)
        if "include" in asked:
            asked["include"] = f"{asked['include']},id"
    else:
        return
    request.GET = asked  # type: ignore[assignment]  # read like one that cannot be changed


def _method(request: HttpRequest) -> str:
    return request.method or ""


def _which(named: Mapping[str, Any]) -> str:
    return " ".join(f"{name} {value}" for name, value in named.items())[:200]


def _is_for_programs(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return request.path.startswith(("/api/", "/vib/media/")) or hasattr(view, "cls")


def _report_new_routes() -> None:
    for route in new_routes():
        log.warning("new route, closed to all but administrators: %s", route)
