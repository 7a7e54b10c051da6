"""The pages: somebody's families, and one family clip by clip."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.host.accounts import role_of
from plugins.host.consented import consent_of
from plugins.host.language import language_of
from plugins.host.page_registry import REGISTRY
from plugins.host.pages import page
from vib.consent_state import states_of

from . import texts
from .panels import RENEW
from .reading import clips_of, families_of, newest_first, refused_of
from .shown import clip_line, consent_line, line_of, refusals

FAMILIES_A_PAGE = 20
CLIPS_A_PAGE = 50
MOST_REFUSED = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List somebody's families."""
    user: Any = request.user
    language, role = language_of(request), role_of(user)
    shown = Paginator(families_of(user.pk), FAMILIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [line_of(one, role, language) for one in shown],
        "shown": shown,
        "make": REGISTRY.way("vib_intake:index", role),
    }
    return _page(request, "index.html", context)


@require_safe
def family(request: HttpRequest, project: int) -> HttpResponse:
    """Show the clips of a family, the newest first, what it agreed to, and its recordings that could not be used."""
    user: Any = request.user
    language = language_of(request)
    found = [one for one in families_of(user.pk) if one.project == project]
    if not found:
        return _page(request, "not_found.html", {}, 404)
    [one] = found
    shown = Paginator(newest_first(one), CLIPS_A_PAGE).get_page(request.GET.get("page"))
    role, consent = role_of(user), consent_of(one.name)
    context = {
        "line": line_of(one, role, language),
        "clips": [clip_line(clip, language) for clip in clips_of(list(shown.object_list), user.pk, role)],
        "shown": shown,
        "consent": [consent_line(state, language) for state in states_of(consent, date.today())] if consent else [],
        "renew": REGISTRY.way(RENEW, role, family=one.name),
        "refused": refusals(refused_of({one.name})[:MOST_REFUSED], language),
        "change": REGISTRY.way("vib_intake:members", role, family=one.name),
        "turns": REGISTRY.way("vib_proposals:project", role, project=project),
        "compare": REGISTRY.way("vib_agreement:project", role, project=project) if one.submitted else "",
    }
    return _page(request, "family.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return page(request, f"vib_families/{template}", texts.WORDS, context, status=status)
