"""What each person chose for all pages: the language, the colours and the time zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

if TYPE_CHECKING:
    from plugins.host.models import Preferences

ZONE = "Europe/Amsterdam"
"""The time zone of who chose none."""

PAGES = ("/vib/", "/admin/")
"""How the addresses begin of pages on which the server says times."""

AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


class Theme(StrEnum):
    """In which colours pages are; who chose none has those of the device."""

    LIGHT = "light"
    DARK = "dark"


def preferences_of(user: object) -> Preferences | None:
    """Return what an account chose; None where it never did, or where that cannot be read.

    It is asked of the database once for each request, as the account of a request keeps it.
    """
    try:
        found: Preferences | None = getattr(user, "vib_preferences", None)
    except DatabaseError:
        # The page that says so has to be made too.
        return None
    return found


def keep(user: object, **chosen: str) -> None:
    """Keep what an account chooses: fields of `Preferences`; the others stay as they are."""
    from plugins.host.models import Preferences

    found, _ = Preferences.objects.update_or_create(user=user, defaults=chosen)
    setattr(user, "vib_preferences", found)  # noqa: B010 - what the account of this request has is read again


def theme_of(user: object) -> Theme | None:
    """Return the colours that an account chose; None leaves it to the device."""
    found = preferences_of(user)
    return Theme(found.theme) if found and found.theme in set(Theme) else None


def zone_of(user: object) -> tzinfo:
    """Return the time zone in which somebody reads times."""
    found = preferences_of(user)
    try:
        return ZoneInfo(found.time_zone if found and found.time_zone else ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(ZONE)


@cache
def zones() -> Sequence[str]:
    """Return the names of the time zones that can be chosen: those of places."""
    return sorted(name for name in available_timezones() if name.startswith(AREAS))


class OwnTime:
    """Middleware that has pages say times in the time zone of who looks.

    Only pages: what programs read is in UTC, and a clip is asked in many pieces.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if not request.path.startswith(PAGES) or "text/html" not in request.headers.get("Accept", ""):
            return self.get_response(request)
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)
