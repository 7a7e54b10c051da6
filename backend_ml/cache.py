"""Finished turns, in memory and on disk, so that asking again costs nothing.

An entry holds times and actors only. Neither its name nor its content says which clip or
family it belongs to, so nothing of a family stays behind that could be read as theirs.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import final

from pydantic import TypeAdapter, ValidationError

from vib.atomic import write_text
from vib.segmenting import Segmentation

IN_MEMORY = 256
"""How many clips stay in memory; a clip of ten minutes takes some 20 kB."""

log = logging.getLogger(__name__)

_SEGMENTATION = TypeAdapter(Segmentation)


def key_of_file(path: Path, model_version: str) -> str:
    """Return the key of a file as it is now: another size or time is another key."""
    stat = path.stat()
    return _digest(str(path), str(stat.st_size), str(stat.st_mtime_ns), model_version)


def key_of_content(sha256: str, model_version: str) -> str:
    """Return the key of a fetched file, whose name and time say nothing."""
    return _digest(sha256, model_version)


@final
class TurnsCache:
    """Segmentations by key. Threads of one process, and processes, may share a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recent: OrderedDict[str, Segmentation] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Segmentation | None:
        """Return what was kept under a key; a damaged entry counts as none."""
        with self._lock:
            if key in self._recent:
                self._recent.move_to_end(key)
                return self._recent[key]
        try:
            kept = _SEGMENTATION.validate_json(self._file(key).read_bytes())
        except (OSError, ValidationError):
            return None
        self._remember(key, kept)
        return kept

    def put(self, key: str, segmentation: Segmentation) -> None:
        """Keep a segmentation, without the name of its clip.

        A full or missing disk costs the next process the work again, not this one its answer.
        """
        nameless = replace(segmentation, clip="")
        self._remember(key, nameless)
        try:
            write_text(self._file(key), json.dumps(nameless.content()), mode=0o600)
        except OSError as error:
            log.warning("turns cannot be kept on disk: %s", error.strerror)

    def _remember(self, key: str, segmentation: Segmentation) -> None:
        with self._lock:
            self._recent[key] = segmentation
            self._recent.move_to_end(key)
            while len(self._recent) > IN_MEMORY:
                self._recent.popitem(last=False)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
