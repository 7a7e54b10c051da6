"""Guessing takes too long: failed logins are counted by django-axes, wrong tokens here.

A login that fails is a row in the database, so that all server processes know of it. What
succeeds writes nothing here, and neither do wrong tokens: those are counted in memory, by each
process for itself, because a token is far too long to be guessed at all.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from core.current_request import get_current_request
from django.contrib import auth
from django.core.exceptions import ValidationError
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from plugins.host import errors
from plugins.host.language import language_of

from . import texts
from .limits import ADDRESS_FAILURES, TOKEN_FAILURES, WAIT, must_wait
from .proxy import address_of

REFRESH = "/api/token/refresh"
"""Where Label Studio takes a token in the body of a request."""


def authenticate(email: str, password: str) -> Any:
    """Log in for Label Studio's own form, which asks without the request that counting needs.

    Raises
    ------
    ValidationError
        Address and password do not go together, or may not be tried now.
    """
    request = get_current_request()
    user = auth.authenticate(request, email=email, password=password)
    if user is None:
        raise ValidationError(texts.WRONG.to(language_of(request)))
    return user


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the account that is being tried, in one spelling; whether it exists plays no part."""
    given = credentials or request.POST
    return str(given.get("email") or given.get("username") or "").strip().lower()[:255]


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts by account and address together, as axes does, and by address alone."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Tell whether this account may not be tried now from this address, or none may."""
        return super().is_locked(request, credentials) or must_wait(0, failures_from(address_of(request)))


def failures_from(address: str) -> int:
    """Return how many failed logins of this address count now."""
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=timezone.now() - WAIT)
    return int(recent.aggregate(found=Sum("failures_since_start"))["found"] or 0)


def wait_page(request: HttpRequest, response: HttpResponse | None, credentials: Any = None) -> HttpResponse:
    """Say that it has been tried too often, and when it may be tried again."""
    tried = AccessAttempt.objects.filter(ip_address=address_of(request), attempt_time__gte=timezone.now() - WAIT)
    account = account_of(request, credentials)
    if failures_from(address_of(request)) < ADDRESS_FAILURES:
        tried = tried.filter(username=account)
    last = tried.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    left = max(last + WAIT - timezone.now(), timedelta(seconds=1))
    minutes = math.ceil(left.total_seconds() / 60)
    answer = errors.answer(request, 429, texts.WAIT, texts.wait(minutes))
    answer["Retry-After"] = str(math.ceil(left.total_seconds()))
    return answer


class Guesses:
    """Different wrong tokens by address, the oldest forgotten.

    One wrong token that a program sends again and again is one guess: a token that was renewed
    does not shut out everybody behind the same address.
    """

    def __init__(self, most_addresses: int = 10_000) -> None:
        self._most = most_addresses
        self._found: dict[str, dict[bytes, float]] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Return for how many seconds this address may try no token; 0 when it may."""
        if address not in self._found:
            return 0
        with self._lock:
            recent = self._recent(address)
            if len(recent) < TOKEN_FAILURES:
                return 0
            return max(recent.values()) + WAIT.total_seconds() - time.monotonic()

    def note(self, address: str, token: bytes) -> None:
        """Remember that a token was wrong."""
        with self._lock:
            recent = self._recent(address)
            recent[sha256(token).digest()] = time.monotonic()
            self._found.pop(address, None)
            self._found[address] = recent
            while len(self._found) > self._most:
                del self._found[next(iter(self._found))]

    def _recent(self, address: str) -> dict[bytes, float]:
        since = time.monotonic() - WAIT.total_seconds()
        return {token: when for token, when in self._found.get(address, {}).items() if when > since}


class TokenGuesses:
    """Let an address try no more tokens when too many were wrong."""

    guesses = Guesses()

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse with 429."""
        token = _token(request)
        if token is None:
            return self.get_response(request)
        address = address_of(request)
        if left := self.guesses.wait(address):
            minutes = texts.wait(math.ceil(left / 60)).to(language_of(request))
            return JsonResponse({"detail": minutes}, status=429, headers={"Retry-After": str(math.ceil(left))})
        response = self.get_response(request)
        if response.status_code == 401:
            self.guesses.note(address, token)
        return response


def _token(request: HttpRequest) -> bytes | None:
    if "HTTP_AUTHORIZATION" in request.META:
        return str(request.META["HTTP_AUTHORIZATION"]).encode()
    if request.method == "POST" and request.path_info.rstrip("/") == REFRESH:
        return request.body
    return None
