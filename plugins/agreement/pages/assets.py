"""The style sheet and the scripts of the pages, Plotly's among them.

Label Studio serves ``/static/`` from its own package only, so this plugin answers for its
files itself. Plotly's script is the one in the installed package `plotly`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

FOLDER = Path(__file__).parent / "static"
PLOTLY = "plotly.min.js"
TYPES: Mapping[str, str] = {
    "agreement.css": "text/css; charset=utf-8",
    "overview.js": "text/javascript; charset=utf-8",
    "clip.js": "text/javascript; charset=utf-8",
    PLOTLY: "text/javascript; charset=utf-8",
}
YEAR = 365 * 24 * 3600


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with one of the files; browsers keep it for as long as its content is the same."""
    if name not in TYPES:
        raise Http404
    whole = HttpResponse(_content(name), content_type=TYPES[name], headers={"ETag": f'"{_version(name)}"'})
    response: HttpResponse = get_conditional_response(request, whole["ETag"], None, whole)
    if request.GET.get("v") == _version(name):
        patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def address(name: str) -> str:
    """Return the address of a file, which is another one as soon as its content changes."""
    return f"{reverse('vib_agreement:asset', args=[name])}?v={_version(name)}"


@cache
def _content(name: str) -> bytes:
    return (_plotly() if name == PLOTLY else FOLDER / name).read_bytes()


@cache
def _version(name: str) -> str:
    return sha256(_content(name)).hexdigest()[:12]


def _plotly() -> Path:
    # Without importing it: the package itself takes long to load, and only its script is wanted.
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(found.origin).parent / "package_data" / PLOTLY
