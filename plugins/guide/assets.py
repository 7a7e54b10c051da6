"""The style sheet and the script of the pages.

Label Studio serves ``/static/`` from the one folder in its own package that was filled when
it was built. Whatever another Django application has in its ``static/`` is not there, and
cannot be without writing into that package; so this plugin answers for its two files itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

FOLDER = Path(__file__).parent / "static" / "vib_guide"
TYPES: Mapping[str, str] = {
    "guide.css": "text/css; charset=utf-8",
    "guide.js": "text/javascript; charset=utf-8",
}
YEAR = 365 * 24 * 3600


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with one of the files; browsers keep it for as long as its content is the same."""
    if name not in TYPES:
        raise Http404
    response = HttpResponse(_content(name), content_type=TYPES[name])
    if request.GET.get("v") == _version(name):
        patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def address(name: str) -> str:
    """Return the address of a file, which is another one as soon as its content changes."""
    return f"{reverse('vib_guide:asset', args=[name])}?v={_version(name)}"


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _version(name: str) -> str:
    return sha256(_content(name)).hexdigest()[:12]
