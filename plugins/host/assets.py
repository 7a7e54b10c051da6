"""Style sheets and scripts of plugins.

Label Studio serves ``/static/`` from the one folder in its own package that was filled when
it was built. Whatever another Django application has in its ``static/`` is not there, and
cannot be without writing into that package; so a plugin answers for its files itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control

TYPES: Mapping[str, str] = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
YEAR = 365 * 24 * 3600


@final
class Assets:
    """The files of one plugin, which browsers keep for as long as their content is the same.

    Parameters
    ----------
    view : str
        Name of the route that leads to `serve`.
    folder : Path
        Where the files are.
    names : tuple[str, ...]
        Which of them are served.
    elsewhere : Mapping[str, Callable[[], Path]]
        Files that are not in the folder, and what finds them when they are asked for.
    """

    def __init__(
        self,
        view: str,
        folder: Path,
        names: tuple[str, ...],
        elsewhere: Mapping[str, Callable[[], Path]] | None = None,
    ) -> None:
        self.view = view
        self.folder = folder
        self._elsewhere = elsewhere or {}
        self._names = frozenset((*names, *self._elsewhere))
        self._read: dict[str, tuple[bytes, str]] = {}

    def serve(self, request: HttpRequest, name: str) -> HttpResponse:
        """Answer with one of the files."""
        if name not in self._names:
            raise Http404
        content, version = self._content(name)
        whole = HttpResponse(content, content_type=TYPES[Path(name).suffix], headers={"ETag": f'"{version}"'})
        response = get_conditional_response(request, whole["ETag"], None, whole) or whole
        if request.GET.get("v") == version:
            patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def address(self, name: str) -> str:
        """Return the address of a file, which is another one as soon as its content changes."""
        return f"{reverse(self.view, args=[name])}?v={self._content(name)[1]}"

    def _content(self, name: str) -> tuple[bytes, str]:
        if name not in self._read:
            path = self._elsewhere[name]() if name in self._elsewhere else self.folder / name
            content = path.read_bytes()
            self._read[name] = content, sha256(content).hexdigest()[:12]
        return self._read[name]
