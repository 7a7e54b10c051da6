"""What annotations say, read once a change: in memory, and in files for the next process.

Label Studio keeps an annotation as regions, of which the reading takes far longer than the query. What was read is
found by the number of the annotation, the moment of its last change and the length of its clip, and nothing of it is
reached but by these: whoever asks has them from a query that is narrowed to what they may see.

A file that cannot be read, or is not as we write it, is as if it were not there. This needs no Django.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any, NamedTuple, final

from pydantic import BaseModel, ConfigDict, ValidationError

from vib.atomic import write_text
from vib.observation import Observation, RatingValue, Timeline, shared_attributes
from vib.problem import InputProblem
from vib.submitted import read_results

FOLDER = "read-once"
"""Name of the folder below the data folder; it may be emptied at any time."""

MOST_IN_MEMORY = 256 * 2**20
"""Bytes, about, that a server process keeps in memory."""

MOST_ON_DISK = 512 * 2**20
"""Bytes that all files may have together; the oldest go first."""

LARGEST_FILE = 64 * 2**20
DAYS = 30
"""After which a file goes, whoever still asks for it."""

FETCHED = 10_000
"""Annotations that are asked for at once; who fetches them lets go of the regions of each before the next."""

OF_ONE, OF_OBSERVATION = 1_000, 300
"""Bytes, about, of what is read of an annotation, and of each of its observations."""

logger = logging.getLogger(__name__)


class Asked(NamedTuple):
    """An annotation that is to be read.

    Parameters
    ----------
    changed : str
        The moment of its last change, as text.
    duration : float
        Length of its clip in seconds.
    """

    task: int
    annotation: int
    changed: str
    duration: float


@final
@dataclass(frozen=True, slots=True)
class Said:
    """What an annotation says."""

    timeline: Timeline
    ratings: Mapping[str, RatingValue]

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return OF_ONE + OF_OBSERVATION * len(self.timeline)


Fetch = Callable[[Sequence[int]], Iterable[tuple[int, str, Any]]]
"""Returns annotations by their numbers, with the moment of the last change and the regions, as far as may be seen."""


_Row = tuple[str, str, float, float, dict[str, str | tuple[str, ...]]]
"""An observation: tier, code, start, end, attributes."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")
    changed: str
    duration: float
    rows: list[_Row]
    ratings: dict[str, int | float | str | None]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    annotations: dict[int, _Kept] = {}


@final
class ReadOnce:
    """Reads each annotation once a change.

    Parameters
    ----------
    folder : Path or None
        Where the files are, one a task; None for memory alone.
    most_in_memory, most_on_disk : int
        Bytes; what was asked longest ago goes first.
    """

    def __init__(
        self, folder: Path | None, most_in_memory: int = MOST_IN_MEMORY, most_on_disk: int = MOST_ON_DISK
    ) -> None:
        self.folder = folder
        self._most_in_memory, self._most_on_disk = most_in_memory, most_on_disk
        self._known: OrderedDict[Asked, Said] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def read(self, asked: Iterable[Asked], fetch: Fetch) -> dict[int, Said | InputProblem]:
        """Return what annotations say, or why one cannot be read, by their numbers.

        Parameters
        ----------
        asked : Iterable[Asked]
            Only what who asks may see.
        fetch : Callable
            Asked for the annotations that were not read yet, or changed since; of what it leaves out nothing is said.
        """
        found: dict[int, Said | InputProblem] = {}
        missing: defaultdict[int, list[Asked]] = defaultdict(list)
        for one in asked:
            known = self._recalled(one)
            if known is None:
                missing[one.task].append(one)
            else:
                found[one.annotation] = known
        new: defaultdict[int, dict[int, _Kept]] = defaultdict(dict)
        unread: dict[int, Asked] = {}
        for task, wanted in missing.items():
            kept = self._kept(task)
            for one in wanted:
                said = _said(kept.annotations.get(one.annotation), one)
                if said is None:
                    unread[one.annotation] = one
                else:
                    found[one.annotation] = self._remembered(one, said)
        numbers = list(unread)
        for first in range(0, len(numbers), FETCHED):
            for number, changed, regions in fetch(numbers[first : first + FETCHED]):
                one = unread[number]._replace(changed=changed)
                try:
                    said = _compact(*read_results(regions, one.duration))
                except InputProblem as problem:
                    found[number] = problem
                    continue
                found[number] = self._remembered(one, said)
                new[one.task][number] = _as_kept(one, said)
        for task, read in new.items():
            self._write(task, read)
        if new:
            self._tidy()
        return found

    def forget(self, task: int) -> None:
        """Forget what the annotations of a task say: it, or one of them, was deleted."""
        with self._lock:
            for one in [one for one in self._known if one.task == task]:
                self._size -= self._known.pop(one).size
        if self.folder is not None:
            self._path(self.folder, task).unlink(missing_ok=True)

    def _recalled(self, one: Asked) -> Said | None:
        with self._lock:
            known = self._known.get(one)
            if known is not None:
                self._known.move_to_end(one)
            return known

    def _remembered(self, one: Asked, said: Said) -> Said:
        with self._lock:
            known = self._known.setdefault(one, said)
            if known is said:
                self._size += said.size
            while self._size > self._most_in_memory and len(self._known) > 1:
                self._size -= self._known.popitem(last=False)[1].size
        return known

    def _kept(self, task: int) -> _File:
        if self.folder is None:
            return _File()
        path = self._path(self.folder, task)
        try:
            if path.stat().st_size > LARGEST_FILE:
                return _File()
            return _File.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return _File()

    def _write(self, task: int, read: dict[int, _Kept]) -> None:
        """Write what was read beside what is known of the task's other annotations, which others may have asked for."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole = _File(annotations={**self._kept(task).annotations, **read})
            write_text(self._path(self.folder, task), whole.model_dump_json(), mode=0o600)
        except OSError as error:
            # Nothing is lost: it is read again.
            logger.warning("what the annotations of task %s say is not kept: %s", task, error)

    def _tidy(self) -> None:
        """Remove what is old, and the oldest of what is too much."""
        if self.folder is None:
            return
        try:
            files = sorted(
                (
                    (status.st_mtime, status.st_size, path)
                    for path in self.folder.glob("*.json")
                    if (status := path.stat())
                ),
                reverse=True,
            )
            left, oldest = self._most_on_disk, time.time() - DAYS * 86_400
            for changed, size, path in files:
                left -= size
                if left < 0 or changed < oldest:
                    path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("what is kept of annotations cannot be tidied: %s", error)

    @staticmethod
    def _path(folder: Path, task: int) -> Path:
        return folder / f"{task:d}.json"


def _said(kept: _Kept | None, one: Asked) -> Said | None:
    if kept is None or (kept.changed, kept.duration) != (one.changed, one.duration):
        return None
    try:
        return _compact(Timeline(one.duration, (Observation(*row) for row in kept.rows)), kept.ratings)
    except InputProblem:
        return None


def _compact(timeline: Timeline, ratings: Mapping[str, RatingValue]) -> Said:
    """Keep names and attributes that are the same in many observations once in memory."""
    seen = (
        Observation(intern(o.tier), intern(o.code), o.start, o.end, shared_attributes(tuple(o.attributes.items())))
        for o in timeline
    )
    return Said(Timeline(timeline.duration, seen), ratings)


def _as_kept(one: Asked, said: Said) -> _Kept:
    rows = [(o.tier, o.code, o.start, o.end, dict(o.attributes)) for o in said.timeline]
    return _Kept.model_construct(changed=one.changed, duration=one.duration, rows=rows, ratings=dict(said.ratings))
