"""Clips for the labelling screen: by range, by seek, in constant memory, behind a login.

Label Studio's own view reads the whole file for each range; this one reads what is asked. With
nginx in front (`VIB_MEDIA_ACCEL`) it only says yes or no, and nginx sends the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from plugins.host.confined import open_below
from plugins.host.consented import NO_CONSENT, may_be_seen
from plugins.host.language import language_of
from plugins.host.ranges import CHUNK, Part, byte_range, still_meant
from vib.consent import TO_LEARN, TO_SEE
from vib.peaks import OVERVIEW, PEAKS

if TYPE_CHECKING:
    from tasks.models import Task

ADDRESS = "/vib/media/"
"""How the address of a clip begins; another one is not played."""

SOUND = ".m4a"
TYPES = {".mp4": "video/mp4", SOUND: "audio/mp4", PEAKS: "audio/wav", OVERVIEW: "audio/wav"}

TO_DRAW = "lsref"
"""What the editor adds to the address of sound that it decodes to draw a waveform; to play it, it asks without.

Decoded, three hours of sound fill 2 GB of memory, and browsers give up before; their peaks are 17 MB, and look alike.
"""

HEADERS = {
    # A browser may keep what it got, but has to ask each time whether it may show it: the answer
    # is 304, or no longer yes. With a time to live, who lost access would go on seeing the clip.
    "Cache-Control": "private, no-cache",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def clip_of(task: Task) -> str:
    """Return the id of a task's clip, the task's number where it has none."""
    return str(task.data.get("clip") or task.pk)


def video_of(data: Mapping[str, Any]) -> str:
    """Return the address of the video of a task, by its data; empty when it is not one of ours."""
    found = data.get("video")
    return found if isinstance(found, str) and found.startswith(ADDRESS) and ".." not in found else ""


@api_view(["GET", "HEAD"])
@permission_classes([IsAuthenticated])
def serve(request: Request, name: str) -> HttpResponse | StreamingHttpResponse:
    """Answer with a normalised clip or a part of it: 200, 206, 304, 404, 412 or 416; 403 where its consent is over."""
    if PurePosixPath(name).suffix not in TYPES or _encoded_slash(request):
        raise Http404
    clip = str(PurePosixPath(name).with_suffix(""))
    if not (may_be_seen(clip, TO_SEE) or may_be_seen(clip, TO_LEARN)):
        raise PermissionDenied(NO_CONSENT.to(language_of(request)))
    try:
        file, name = _opened(name, to_draw=TO_DRAW in request.GET)
    except FileNotFoundError as error:
        raise Http404 from error
    answer = _answer(request, file, name)
    if not answer.streaming:
        file.close()
    if answer.status_code not in (304, 412):
        answer["Content-Type"] = TYPES[PurePosixPath(name).suffix]
    return answer


def _opened(name: str, *, to_draw: bool) -> tuple[FileIO, str]:
    """Open what is asked for, of sound to draw its peaks where they are there; return also which it is."""
    if to_draw and name.endswith(SOUND):
        peaks = name.removesuffix(SOUND) + PEAKS
        with suppress(FileNotFoundError):
            return open_below(settings.VIB_MEDIA_ROOT, peaks), peaks
    return open_below(settings.VIB_MEDIA_ROOT, name), name


def _answer(request: Request, file: FileIO, name: str) -> HttpResponse | StreamingHttpResponse:
    if settings.VIB.media_accel:
        # nginx looks at Range and conditions itself, by an ETag of its own.
        return HttpResponse(headers={**HEADERS, "X-Accel-Redirect": settings.VIB.media_accel + quote(name)})
    state = os.fstat(file.fileno())
    size, modified = state.st_size, int(state.st_mtime)
    # A clip is replaced as a whole, never written into: size and time tell versions apart.
    etag, date = f'"{state.st_mtime_ns:x}-{size:x}"', http_date(modified)
    headers = {**HEADERS, "Accept-Ranges": "bytes", "ETag": etag, "Last-Modified": date}
    whole = HttpResponse(headers={**headers, "Content-Length": str(size)})
    answer = get_conditional_response(request, etag, modified, whole) or whole
    if answer is not whole or request.method == "HEAD":
        return answer
    meant = still_meant(request.headers.get("If-Range"), etag, date)
    wanted = byte_range(request.headers.get("Range"), size) if meant else None
    if wanted is None:
        return _sending(Part(file, range(size)), 200, dict(whole.headers))
    if not wanted:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    extent = {
        "Content-Length": str(len(wanted)),
        "Content-Range": f"bytes {wanted.start}-{wanted.stop - 1}/{size}",
    }
    return _sending(Part(file, wanted), 206, {**headers, **extent})


def _sending(part: Part, status: int, headers: dict[str, str]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(part, status=status, headers=headers)
    # As FileResponse does: the server then sends the file without keeping a worker for it.
    answer.file_to_stream, answer.block_size = part, CHUNK  # type: ignore[attr-defined]  # for Django's WSGIHandler
    return answer


def _encoded_slash(request: Request) -> bool:
    """Tell whether a slash was sent as %2F; decoded, the server would take it for one.

    `RAW_URI` is gunicorn's, `REQUEST_URI` that of waitress. A clip has one address, for everybody who looks at it.
    """
    address = str(request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or "")
    return "%2f" in address.partition("?")[0].lower()
