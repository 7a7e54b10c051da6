"""Buttons and links of Label Studio's pages that would only be refused are not shown.

This is courtesy, not protection: what they lead to is closed by `middleware`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from plugins.access.routes import is_closed, row_of
from plugins.access.table import May, Right
from plugins.access.viewer import Viewer, viewer_of

ADDRESS = "/vib/access/style.css"

LEADS_TO: Mapping[str, tuple[str, str]] = {
    'button[aria-label="Create new project"]': ("POST", "api/projects/"),
    'button[aria-label="Project options"]': ("GET", "projects/<int:pk>/settings/"),
    'a[href^="/projects/"][href$="/settings"]': ("GET", "projects/<int:pk>/settings/"),
    '[data-testid="dm-import-button"]': ("POST", "api/projects/<int:pk>/import"),
    '[data-testid="dm-export-button"]': ("GET", "projects/<int:pk>/data/export"),
    'button[aria-label="Tasks Actions"]': ("GET", "api/dm/actions/<str:action_id>/form/"),
    'a[href="/organization"]': ("GET", "organization/"),
}
"""What is on the pages of Label Studio 1.23.2, and the route that it needs."""


def may_use(viewer: Viewer, method: str, route: str) -> bool:
    """Tell whether a route is open to a viewer, as far as that does not depend on an object."""
    if viewer.service:
        return True
    row = row_of(method, route)
    open_to_role = row.admits(viewer) if row else viewer.may(Right.MANAGE) is May.YES
    return open_to_role and not is_closed(method, route)


def hidden(viewer: Viewer) -> list[str]:
    """Return the selectors of what leads nowhere for a viewer."""
    return [selector for selector, route in LEADS_TO.items() if not may_use(viewer, *route)]


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Answer with the style sheet of who is signed in."""
    selectors = hidden(viewer_of(request.user))
    rules = f"{', '.join(selectors)} {{ display: none !important; }}\n" if selectors else ""
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def add_style(content: bytes) -> bytes:
    """Return a page with a link to the style sheet."""
    return content.replace(b"</head>", f'<link rel="stylesheet" href="{ADDRESS}"></head>'.encode(), 1)
