"""Refusing what is too large before it is read; how much is, `body_limits` says.

A body that is a piece of a file is set aside for its view, which reads it block by block: Label Studio's
middleware would hold all of it in memory, and read it as JSON and as text.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from vib.language import Text

from .body_limits import ANONYMOUS, is_known, most_bytes
from .errors import NOT_CLEAR, answer

TOO_LARGE = Text(nl="Dit is te groot", en="This is too large")
HOW_LARGE = Text(
    nl="Dit is te groot: {sent} kB, hoogstens {most} kB. Stuur het in delen, of log eerst in.",
    en="This is too large: {sent} kB, at most {most} kB. Send it in parts, or sign in first.",
)
NO_LENGTH = Text(nl="Zeg hoe lang dit is (Content-Length).", en="Say how long this is (Content-Length).")
PACKED = Text(nl="Stuur dit zonder Content-Encoding.", en="Send this without Content-Encoding.")


ASIDE = "application/offset+octet-stream"
"""The type of a piece of a file."""


def set_aside(request: HttpRequest) -> Any:
    """Return the piece of a file that was sent, to be read once; what was sent in another form is no such piece."""
    return getattr(request, "vib_piece", BytesIO())


class Bodies:
    """Answer 413, 411 or 415 in place of reading a body that is too large, endless or packed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse."""
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if request.META.get("HTTP_TRANSFER_ENCODING") and not length:
            return _refused(request, 411, NOT_CLEAR, NO_LENGTH)
        if request.META.get("HTTP_CONTENT_ENCODING", "identity").lower() not in ("", "identity"):
            return _refused(request, 415, NOT_CLEAR, PACKED)
        sent = int(length) if length.isdecimal() and len(length) < 20 else 0
        if sent > ANONYMOUS and sent > (most := most_bytes(request.path_info, known=is_known(request.META))):
            return _refused(request, 413, TOO_LARGE, HOW_LARGE.filled(sent=sent // 1024, most=most // 1024))
        if request.content_type == ASIDE:
            request.vib_piece = request._stream  # type: ignore[attr-defined]  # ours, for `set_aside`
            request._stream = BytesIO()
        return self.get_response(request)


def _refused(request: HttpRequest, status: int, heading: Text, why: Text) -> HttpResponse:
    response = answer(request, status, heading, why)
    # What was sent is not read: nothing after it on this connection would be understood.
    response["Connection"] = "close"
    return response
