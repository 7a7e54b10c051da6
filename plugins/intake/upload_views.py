"""The page on which recordings of a family are sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from plugins.host import pages
from plugins.host.accounts import role_of
from plugins.host.language import language_of
from plugins.host.page_registry import REGISTRY
from vib.language import in_language
from vib.media import LONGEST
from vib.recordings import VIDEO_SUFFIXES, folder_of
from vib.sending import FOLDER, on_their_way

from . import upload_texts as texts
from .accepting import gigabytes, room_for

POLICY = f"{pages.POLICY}; media-src 'self' blob:"
"""That of every page, and a film that was chosen, to see how long it is."""

ACCEPTED = ",".join(["video/*", *sorted(VIDEO_SUFFIXES)])


@require_safe
def send(request: HttpRequest, family: str) -> HttpResponse:
    """Show what can be sent for a family, and what is on its way."""
    user: Any = request.user
    role = role_of(user)
    back = REGISTRY.way("vib_intake:index", role) or REGISTRY.way("vib_families:index", role)
    context: dict[str, Any] = {"family": family, "back": back}
    folder = folder_of(settings.VIB.families, family)
    if folder is not None:
        language = language_of(request)
        room = room_for(settings.VIB, folder, family, on_their_way(settings.VIB.data / FOLDER))
        left = gigabytes(min(room.left, room.disk), down=True)
        most = {"largest": settings.VIB.intake_largest, "hours": LONGEST // 3600, "left": left}
        about = {
            "words": in_language(texts.SCRIPT, language),
            "language": language,
            "sending": reverse("vib_intake:begin", args=[family]),
            "longest": LONGEST,
        }
        context |= {"about": about, "most": texts.MOST.filled(**most).to(language), "accepted": ACCEPTED}
    return pages.page(request, "vib_intake/sending.html", texts.WORDS, context, policy=POLICY)
