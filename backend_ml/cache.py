"""Finished turns, in memory and on disk, so that asking again costs nothing.

Turns are kept by the content of a clip. To know the content of a large file without reading
it at each request, it is remembered of which content a file of that name, size and time was.

An entry holds times and actors only. Neither its name nor its content says which clip or
family it belongs to, so nothing of a family stays behind that could be read as theirs.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import time
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
_SHA256 = re.compile(r"[0-9a-f]{64}")


REMOTE_SECONDS = 86_400.0
"""How long the content behind an address of Label Studio is taken to be the same."""

PART_BYTES = 1024 * 1024


def fingerprint_of_file(path: Path) -> str:
    """Return a name for a file as it is now: another size or time is another name."""
    stat = path.stat()
    return _digest("file", str(path), str(stat.st_size), str(stat.st_mtime_ns))


def fingerprint_of_address(address: str) -> str:
    """Return a name for what an address leads to."""
    return _digest("address", address)


def key_of_content(sha256: str, model_version: str) -> str:
    """Return the key of the turns that a model found in a content."""
    return _digest(sha256, model_version)


def key_of_job(fingerprint: str, model_version: str) -> str:
    """Return the key of the work on a file as it is now."""
    return _digest("job", fingerprint, model_version)


def sha256_of(path: Path) -> str:
    """Read a file and return the SHA-256 of its content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(PART_BYTES):
            digest.update(part)
    return digest.hexdigest()


@final
class KnownContents:
    """The SHA-256 of contents by fingerprint, a small file each, so that processes share them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, fingerprint: str, *, within: float | None = None) -> str | None:
        """Return what the content was; with `within`, only when that was noted at most so many seconds ago."""
        file = self._file(fingerprint)
        try:
            if within is not None and time.time() - file.stat().st_mtime > within:
                return None
            known = file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return None
        return known if _SHA256.fullmatch(known) else None

    def put(self, fingerprint: str, sha256: str) -> None:
        """Remember a content; a full disk costs reading the file again."""
        try:
            write_text(self._file(fingerprint), sha256, mode=0o600)
        except OSError as error:
            log.warning("the content of a clip cannot be noted: %s", error.strerror)

    def _file(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}.sha256"


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
