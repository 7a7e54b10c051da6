"""How much may be sent in one request, decided before any of it is read.

Reading a body costs up to thirty times its size in memory, and it is read before anybody is asked who
they are: so who is not signed in may send what a form holds, and everybody else what a route needs. Who
may not use a route at all is refused before its body is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

KILOBYTE, MEGABYTE = 1024, 1024**2

ANONYMOUS = 16 * KILOBYTE
"""Bytes from who is not signed in: a form with a name and a password."""

ORDINARY = MEGABYTE
CODES = 16 * MEGABYTE
"""Bytes of codes: an annotation, a draft, turns, a log of changes."""

IMPORT = 32 * MEGABYTE
"""Bytes of tasks that are brought to a project; those that may are few (`docs/how-to/access.md`)."""

PIECE = 16 * MEGABYTE
"""Bytes of a piece of a recording that is sent."""

LARGEST = IMPORT

MOST_FIELDS = 1000
"""Fields in one form."""

LARGER: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"/api/projects/\d+/(re)?import(/.*)?|/api/projects/\d+/tasks/bulk/?|/api/tasks/?"), IMPORT),
    (re.compile(r"/vib/intake/[^/]+/sending/.*"), PIECE),
    (re.compile(r"/api/(tasks|annotations|drafts|predictions)/.*|/vib/(coding|turns)/.*"), CODES),
)
"""Addresses for which more is needed than usual."""


def most_bytes(path: str, *, known: bool) -> int:
    """Return how many bytes the body of a request may have.

    Parameters
    ----------
    path : str
        Its address, without a query.
    known : bool
        Whether it comes with a session or a token.

    Examples
    --------
    >>> most_bytes("/api/projects/3/import", known=True) // MEGABYTE, most_bytes("/user/login/", known=False)
    (32, 16384)
    """
    if not known:
        return ANONYMOUS
    return next((most for addresses, most in LARGER if addresses.fullmatch(path)), ORDINARY)


def is_known(environ: Mapping[str, Any]) -> bool:
    """Tell whether a request has a session of ours, or a token; whether the token is right, its view says.

    Parameters
    ----------
    environ : Mapping[str, Any]
        Headers as WSGI has them: ``HTTP_COOKIE``, ``HTTP_AUTHORIZATION``, ``HTTP_X_API_KEY``.
    """
    if environ.get("HTTP_AUTHORIZATION") or environ.get("HTTP_X_API_KEY"):
        return True
    if not environ.get("HTTP_COOKIE"):
        return False
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import SESSION_KEY
    from django.http.cookie import parse_cookie

    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    # A session is a signed cookie here, so that asking costs no query.
    return bool(key) and SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)
