"""An application for `plugins.host.serving` that sends a clip, and counts what it was sent: without Django."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

from plugins.host.ranges import Part

CLIP = "SLOW_APPLICATION_CLIP"
"""Environment variable that names the clip."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer."""
    clip = Path(os.environ[CLIP])
    if environ["PATH_INFO"] == "/clip":
        size = clip.stat().st_size
        start_response("200 OK", [("Content-Length", str(size))])
        return environ["wsgi.file_wrapper"](Part(FileIO(clip), range(size)), 65536)
    sent = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(sent).encode()]
