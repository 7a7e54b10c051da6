"""Turning away who pushes turns without the shared secret."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse

from plugins.host.language import language_of

from . import texts
from .secret import knows_secret

log = logging.getLogger("vib.turns")


class BackendOnly:
    """Answer 401 in place of a way to the login, which a program cannot take.

    A 401 is also what the count of wrong tokens goes by.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._address = reverse("vib_proposals:results")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse."""
        if request.path_info != self._address or knows_secret(request):
            return self.get_response(request)
        log.warning("turns were pushed without the shared secret, from %s", request.META.get("REMOTE_ADDR", ""))
        refused = JsonResponse({"detail": texts.NO_SECRET.to(language_of(request))}, status=401)
        refused["WWW-Authenticate"] = "Bearer"
        return refused
