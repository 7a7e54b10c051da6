"""The scripts and the style of the labelling page, under one version for all of them.

A module names the others by a relative address. So the version stands in the path: they all have it then, and
browsers may keep them for as long as none changes.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from plugins.host.assets import YEAR, Assets

VIEW = "vib_coding:asset"
FOLDER = Path(__file__).parent / "static" / "vib_coding"
NAMES = tuple(sorted(path.name for path in FOLDER.iterdir()))
ASSETS = Assets(VIEW, FOLDER, NAMES)


@cache
def version() -> str:
    """Return a version that is another one as soon as any of the files changes."""
    content = b"".join(name.encode() + (FOLDER / name).read_bytes() for name in NAMES)
    return sha256(content).hexdigest()[:12]


def address(name: str) -> str:
    """Return the address of a file."""
    return reverse(VIEW, args=[version(), name])


@require_safe
def serve(request: HttpRequest, of: str, name: str) -> HttpResponse:
    """Answer with one of the files; of another version, after an upgrade, with what there is now."""
    response = ASSETS.serve(request, name)
    if of == version():
        del response["Cache-Control"]
        patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    return response
