"""The work itself: from the address of a clip to turns in the cache."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import final

from backend_ml.cache import (
    KnownContents,
    TurnsCache,
    fingerprint_of_address,
    fingerprint_of_file,
    key_of_content,
    sha256_of,
)
from backend_ml.config import Config
from backend_ml.fetch import fetched
from backend_ml.jobs.outcome import Cut
from backend_ml.sources import LocalFile, RemoteFile, source_of
from vib.media import MediaProblem, PassingProblem
from vib.segmenting import Segmenter, Watch, at_version
from vib.unreadable import system_reason


@final
class Cutter:
    """Cuts clips with one segmenter, each content once."""

    def __init__(self, segmenter: Segmenter, config: Config) -> None:
        self._segmenter = segmenter
        self._config = config
        self._cache = TurnsCache(config.cache)
        self._contents = KnownContents(config.cache)

    def cut(self, address: str, version: str, watch: Watch | None = None) -> Cut:
        """Put the turns of a clip in the cache.

        Parameters
        ----------
        version : str
            Of the model that is asked; when that is not in use any more, the clip gets turns of the one that is.

        Raises
        ------
        Refused
            The address leads to no file that may be read.
        PassingProblem
            The file could not be used this time.
        MediaProblem
            The file cannot be used.
        """
        before, segmenter = time.monotonic(), at_version(self._segmenter, version)
        source = source_of(address, self._config.media_root, self._config.label_studio_url)
        with ExitStack() as stack:
            if isinstance(source, LocalFile):
                path, fingerprint = source.path, _fingerprint(source.path)
                content = self._contents.get(fingerprint) or _content(path)
            else:
                fingerprint = fingerprint_of_address(source.url)
                path, content = self._fetched(stack, source)
            key = key_of_content(content, segmenter.version)
            found = self._cache.get(key)
            if found is None:
                found = segmenter.segment(path, watch)
                key = key_of_content(content, found.model_version)
            if isinstance(source, LocalFile) and _fingerprint(path) != fingerprint:
                raise PassingProblem(
                    "", nl="het bestand veranderde onder het werk", en="the file changed while it was worked on"
                )
        # Last of all, so that a content that is known has its turns.
        self._cache.put(key, found)
        self._contents.put(fingerprint, content)
        return Cut(key, found.duration, time.monotonic() - before)

    def _fetched(self, stack: ExitStack, source: RemoteFile) -> tuple[Path, str]:
        try:
            return stack.enter_context(fetched(source, self._config))
        except MediaProblem as problem:
            # What Label Studio does not give now, it may give later.
            raise PassingProblem("", nl=problem.reason.nl, en=problem.reason.en) from problem


def _fingerprint(path: Path) -> str:
    try:
        return fingerprint_of_file(path)
    except OSError as error:
        raise _unreadable(error) from error


def _content(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> PassingProblem:
    why = system_reason(error)
    return PassingProblem("", nl=f"het bestand is niet te lezen ({why.nl})", en=f"the file cannot be read ({why.en})")
