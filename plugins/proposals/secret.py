"""Knowing the ML backend by the secret that it shares with this server."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from plugins.host.accounts import machine


def knows_secret(request: HttpRequest | Request) -> bool:
    """Tell whether a request has the shared secret; nobody has one where none is set."""
    secret = settings.VIB.ml_secret or ""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    same = hmac.compare_digest(given.encode(), secret.encode())
    return same and kind == "Bearer" and bool(secret)


class FromBackend(BaseAuthentication):
    """Takes who knows the secret for the machine's own account; sessions and tokens do not count."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return that account, or None for who does not know the secret."""
        if not knows_secret(request):
            return None
        account = machine()
        return None if account is None else (account, None)

    def authenticate_header(self, request: Request) -> str:
        """Say what is asked for, so that a refusal is a 401."""
        return "Bearer"
