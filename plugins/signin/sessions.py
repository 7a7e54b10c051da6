"""When a login ends: at most so long, and not longer than so long without activity.

Label Studio keeps a session in a signed cookie, and leaves it to the browser to forget it when
nothing was done for some time. Here the server itself looks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from .settings import IDLE_MINUTES, SESSION_MINUTES

THEIRS = (8 * 24 * 60, 3 * 24 * 60)
"""What Label Studio 1.23.2 gives an organization: eight days at most, three without activity."""

SEEN = "vib_seen"
POLLS = (("interaction", "timer"),)
"""Queries by which an open page asks again and again without anybody being there."""


def set_policy(sender: Any, instance: Any, **_: object) -> None:
    """Give an organization that gets its session policy ours, unless it was given another."""
    given = (instance.max_session_age, instance.max_time_between_activity)
    if instance._state.adding and given == THEIRS:
        instance.max_session_age, instance.max_time_between_activity = SESSION_MINUTES, IDLE_MINUTES


def check_defaults(policy: Any) -> None:
    """Stop the server when Label Studio's own policy is no longer what we replace.

    Raises
    ------
    RuntimeError
        It is not.
    """
    names = ("max_session_age", "max_time_between_activity")
    if tuple(policy._meta.get_field(name).default for name in names) != THEIRS:
        raise RuntimeError("Label Studio has another session policy by default: see plugins/signin/sessions.py")


class Inactivity:
    """Log out who did nothing for longer than the organization's session policy allows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(SEEN, now) > _most_idle(request):
                logout(request)
            elif SEEN not in request.session or not is_poll(request):
                request.session[SEEN] = now
        return self.get_response(request)


def is_poll(request: HttpRequest) -> bool:
    """Tell whether the page asks by itself."""
    return any(request.GET.get(name) == value for name, value in POLLS)


def _most_idle(request: HttpRequest) -> float:
    organization = getattr(request.user, "active_organization", None)
    if organization is None:
        return float(settings.MAX_TIME_BETWEEN_ACTIVITY)
    return float(organization.session_timeout_policy.max_time_between_activity * 60)
