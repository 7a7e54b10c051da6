"""Having it recorded that something of families is shown to somebody."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.http import HttpRequest

from plugins.host.accounts import actor_of

LONGEST = 200
"""Characters that are kept of what was shown."""


def record(request: HttpRequest, families: Collection[str], which: str) -> None:
    """Have it recorded who was shown something of these families, before it is shown.

    Raises
    ------
    OSError
        It cannot be recorded: then it is not to be shown.
    """
    match = request.resolver_match
    what = f"{request.method} {match.route if match else ''}"
    event = actor_of(request).event(what, families=sorted(families), which=which[:LONGEST])
    settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)
