"""Who may ask: HTTP basic with a shared secret, as Label Studio sends it."""

from __future__ import annotations

import hmac

from flask import Request
from pydantic import SecretStr

USER = "vib"

OPEN = frozenset({"/health"})
"""Paths that answer anyone; they tell nothing about clips."""


def allowed(request: Request, secret: SecretStr | None) -> bool:
    """Tell whether a request may be carried out.

    Both comparisons always run and take the same time for every wrong password.
    """
    if secret is None or request.path in OPEN:
        return True
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    user = hmac.compare_digest((given.username or "").encode(), USER.encode())
    password = hmac.compare_digest((given.password or "").encode(), secret.get_secret_value().encode())
    return user and password
