"""Buttons and links of Label Studio's pages that would only be refused are not shown.

This is courtesy, not protection: what they lead to is closed by `middleware`. What is allowed, but of no
use to who codes, is hidden by `plugins.host.framing`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from plugins.access.routes import may_use
from plugins.access.viewer import Viewer, viewer_of
from plugins.host.inserting import called
from plugins.host.language import language_of
from vib.invocation import VIB
from vib.language import Text
from vib.roles import May, Right

ADDRESS = "/vib/access/style.css"
LINK = f'<link rel="stylesheet" href="{ADDRESS}">'

LEADS_TO: Mapping[str, tuple[str, ...] | None] = {
    f"button{called('Create new project')}": ("POST", "api/projects/"),
    f"button{called('Invite new member')}": None,
    f"button{called('Project options')}": ("GET", "projects/<int:pk>/settings/"),
    'a[href^="/projects/"][href$="/settings"]': ("GET", "projects/<int:pk>/settings/"),
    '[data-testid="dm-import-button"]': ("POST", "api/projects/<int:pk>/import"),
    '[data-testid="dm-connect-source-storage-button"]': ("GET", "projects/<int:pk>/settings/"),
    '[data-testid="dm-export-button"]': ("GET", "projects/<int:pk>/data/export"),
    f"button{called('Tasks Actions')}": ("GET", "api/dm/actions/<str:action_id>/form/"),
    'a[href="/organization"]': ("GET", "organization/"),
    'a[href="/user/account/membership-info"]': ("GET", "api/organizations/<int:pk>/memberships/<int:user_pk>/"),
    'a[href="/version"]': ("GET", "version/", "/version/"),
}
"""What is on the pages of Label Studio 1.23.2, and the method, route and address that it needs.

None is what leads nowhere for anybody: people are invited with `vib invite`.
"""

REFUSED_TO_ALL = ('[data-testid="select-option-regex"]',)
"""What `plugins.host` refuses whoever asks: filters by a pattern."""

NOTHING_YET = Text(
    nl="Aan jou is nog niets toegewezen. Vraag het aan de beheerder.",
    en="Nothing has been assigned to you yet. Ask the administrator.",
)
NOTHING_YET_MANAGER = Text(
    nl="Je ziet gezinnen zodra ze aan jou zijn toegewezen: in /admin/ onder Toewijzingen, "
    f"of met {VIB} access grant ADRES GEZIN.",
    en="You see families once they are assigned to you: in /admin/ under Assignments, "
    f"or with {VIB} access grant ADDRESS FAMILY.",
)
EMPTY_LIST = ".lsf-empty-projects-page"
"""What Label Studio shows instead of a list without projects."""


def hidden(viewer: Viewer) -> list[str]:
    """Return the selectors of what leads nowhere for a viewer."""
    return [
        selector
        for selector, route in LEADS_TO.items()
        if not (viewer.service if route is None else may_use(viewer, *route))
    ]


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Answer with the style sheet of who is signed in."""
    viewer = viewer_of(request.user)
    # A rule each: a browser that does not know one selector leaves out the whole rule.
    rules = [f"{selector} {{ display: none !important; }}\n" for selector in (*hidden(viewer), *REFUSED_TO_ALL)]
    if not viewer.service:
        text = NOTHING_YET_MANAGER if viewer.may(Right.MANAGE) is May.YES else NOTHING_YET
        content = json.dumps(text.to(language_of(request)), ensure_ascii=False)
        rules += [
            f"{EMPTY_LIST} > h1, {EMPTY_LIST} > p {{ display: none; }}\n",
            f"{EMPTY_LIST}::after {{ content: {content}; max-width: 32rem; margin-top: 1rem; text-align: center; }}\n",
        ]
    response = HttpResponse("".join(rules), content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response
