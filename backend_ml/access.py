"""Who may ask: the shared secret, as Label Studio sends it (HTTP basic) or as a Bearer token."""

from __future__ import annotations

import hmac

from flask import Request
from pydantic import SecretStr

USER = "vib"

OPEN = frozenset({"/health"})
"""Paths that answer anyone; they tell nothing about clips."""


def allowed(request: Request, secret: SecretStr | None) -> bool:
    """Tell whether a request may be carried out.

    Comparisons take the same time for every wrong secret.
    """
    if secret is None or request.path in OPEN:
        return True
    expected = secret.get_secret_value().encode()
    # As it stands there: werkzeug takes a token with "=" in it for parameters.
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return hmac.compare_digest(token.encode(), expected)
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    user = hmac.compare_digest((given.username or "").encode(), USER.encode())
    password = hmac.compare_digest((given.password or "").encode(), expected)
    return user and password
