"""What the labelling page asks while somebody codes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView


class Alive(APIView):
    """Tells whether somebody is still signed in."""

    schema = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer 204; who is not signed in gets 401."""
        return HttpResponse(status=204)


alive = Alive.as_view()
