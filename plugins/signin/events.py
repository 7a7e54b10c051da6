"""Tells the log of access who came in, who did not, and who was invited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from plugins.host.accounts import account
from vib import actor
from vib.access_event import AccessEvent
from vib.counted import Counted

from .throttling import account_of

FAILURES = Counted(60, 60.0)
"""Failed logins a minute that are recorded one by one, of an address."""


def record(event: AccessEvent) -> None:
    """Give an event to every plugin that keeps a log; what one raises stops what was to happen."""
    settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)


def listen() -> None:
    """Hear of every login, on whichever page."""
    user_logged_in.connect(_logged_in, dispatch_uid="vib_signin")
    user_login_failed.connect(_failed, dispatch_uid="vib_signin")


def _logged_in(sender: object, request: HttpRequest | None, user: Any, **_: object) -> None:
    where = request.META.get("REMOTE_ADDR", "") if request else ""
    record(account(user, where).event("login"))


def _failed(sender: object, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    if request is None:
        return
    where = request.META.get("REMOTE_ADDR", "")
    counted = FAILURES.take(where)
    if counted is None:
        return
    tried = account_of(request, credentials)
    # Whoever types a password into the wrong field is not to find it in a log.
    known = get_user_model().objects.filter(email=tried).exists()
    which = f"account {tried}" if known else "unknown account"
    which += f" (and {counted} more)" if counted else ""
    record(actor.nobody(where).event("login", allowed=False, which=which))
