"""Style sheets, scripts and pictures of plugins, served by WhiteNoise below an address that changes with them.

Label Studio serves ``/static/`` from the one folder in its own package that was filled when it was built. What a
plugin has in its ``static/`` is served from where it is. The version stands in the path, so that modules which name
each other by a relative address have it too, and browsers may keep them for as long as none changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import final

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from whitenoise import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware

PREFIX = "/vib/static/"
YEAR = 365 * 24 * 3600

MOVED = (
    (re.compile(rf"{PREFIX}[^/]+/(.+)"), r"\1"),
    (re.compile(r"/vib/([^/]+)/static/(?:[^/]+/)?([^/]+)"), r"vib_\1/\2"),
)
"""What addresses of files looked like that had another version or came before it, and which file each was."""


@final
class StaticFiles:
    """Middleware that answers for the files, before anything else looks at the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._served = WhiteNoise(
            None,
            max_age=YEAR,
            allow_all_origins=False,
            immutable_file_test=lambda path, url: True,
            add_headers_function=lambda headers, path, url: headers.setdefault("X-Content-Type-Options", "nosniff"),
        )
        for address, path in _files().values():
            self._served.add_file_to_dictionary(address, str(path))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if found := self._served.files.get(request.path_info):
            response: HttpResponseBase = WhiteNoiseMiddleware.serve(found, request)
            return response
        now = _address_now(request.path_info)
        return HttpResponseRedirect(now) if now else self.get_response(request)


def static_address(name: str) -> str:
    """Return the address of a file of a plugin, which is another one as soon as any file of the plugin changes.

    Parameters
    ----------
    name : str
        Below the plugin's ``static/``: ``vib_guide/guide.css``.

    Raises
    ------
    LookupError
        No plugin has such a file.
    """
    if name not in _files():
        raise LookupError(f"no plugin has a file static/{name}")
    return _files()[name][0]


def _address_now(path: str) -> str | None:
    """Return where a file is now whose address an open page, or somebody, still has from before."""
    names = (old.expand(name) for pattern, name in MOVED if (old := pattern.fullmatch(path)))
    return next((_files()[name][0] for name in names if name in _files()), None)


@cache
def _files() -> dict[str, tuple[str, Path]]:
    """Return the address and the place of each file, by name; the files of an application have one version."""
    found: dict[str, tuple[str, Path]] = {}
    for application in apps.get_app_configs():
        if application.name not in settings.VIB_APPS:
            continue
        folder = Path(application.path) / "static"
        files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        elsewhere: Mapping[str, Callable[[], Path]] = getattr(application, "static_elsewhere", {})
        files |= {name: find() for name, find in elsewhere.items()}
        content = b"".join(name.encode() + path.read_bytes() for name, path in files.items())
        version = sha256(content).hexdigest()[:12]
        found |= {name: (f"{PREFIX}{version}/{name}", path) for name, path in files.items()}
    return found
