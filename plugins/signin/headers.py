"""The headers that keep a page to this server, on every answer there is."""

from __future__ import annotations

from core.middleware import HumanSignalCspMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=()"


class Headers(HumanSignalCspMiddleware):  # type: ignore[misc]  # Label Studio has no types
    """Label Studio's own content security policy middleware, enforced and put outermost."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add what an answer does not have yet."""
        response = super().process_response(request, response)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
