"""Clips for the labelling screen: by range, by seek, in constant memory, behind a login.

Label Studio's own view reads the whole file for each range; this one reads what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

TYPES = {".mp4": "video/mp4", ".m4a": "audio/mp4"}
CHUNK = 64 * 1024


@api_view(["GET", "HEAD"])
@permission_classes([IsAuthenticated])
def serve(request: Request, name: str) -> HttpResponse | StreamingHttpResponse:
    """Answer with a normalised clip or a part of it: 200, 206, 416, or 404."""
    path = confined(settings.VIB_MEDIA_ROOT, name)
    size = path.stat().st_size
    wanted = byte_range(request.headers.get("Range"), size)
    if wanted is None:
        response: HttpResponse | StreamingHttpResponse = FileResponse(path.open("rb"))
        response["Content-Length"] = str(size)
    elif not wanted:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(_read(path.open("rb"), wanted), status=206)
        response["Content-Length"] = str(len(wanted))
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response["Content-Type"] = TYPES[path.suffix]
    response["Accept-Ranges"] = "bytes"
    patch_cache_control(response, private=True, max_age=3600)
    return response


def confined(root: Path, name: str) -> Path:
    """Return the file `name` below `root`; whatever is not a clip there is a 404."""
    try:
        path = (root / name).resolve(strict=True)
    except (OSError, ValueError) as error:
        raise Http404 from error
    if not path.is_relative_to(root.resolve()) or not path.is_file() or path.suffix not in TYPES:
        raise Http404
    return path


def byte_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a Range header asks for.

    None stands for the whole file (no header, or one that is to be ignored); an empty
    range for one that cannot be satisfied (416).

    Examples
    --------
    >>> byte_range("bytes=0-99", 1000), byte_range("bytes=-10", 1000), byte_range("bytes=2000-", 1000)
    (range(0, 100), range(990, 1000), range(0, 0))
    """
    found = re.fullmatch(r"bytes=(\d{0,19})-(\d{0,19})", (header or "").strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(0)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1 if last else size)) or range(0)


def _read(file: BinaryIO, wanted: range) -> Iterator[bytes]:
    with file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
