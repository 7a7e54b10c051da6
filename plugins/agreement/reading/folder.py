"""A folder of files of any kind, whose clips are put together: who coded what may stand in several files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, final

from vib.language import Text
from vib.observation import ROUNDING, RaterSet
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read

from . import texts
from .files import is_label_studio, read_clips
from .long_csv import UNKNOWN_DURATION

ENDINGS = (".json", ".csv", ".tsv", ".txt", ".xlsx", ".xls")
"""How the names of files end that are read, or refused with a reason; others in the folder are something else."""

MOST_FILES = 2_000
"""Files in a folder and the folders in it; with more it is hardly the folder that was meant."""

Value = TypeVar("Value")


@final
@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds.

    Parameters
    ----------
    clips : tuple[RaterSet, ...]
        By name; the first has noticed which files were left out.
    left_out : tuple[InputProblem, ...]
        Why files were left out, each with the file.
    """

    clips: tuple[RaterSet, ...]
    left_out: tuple[InputProblem, ...] = ()


def read_folder(folder: Path, interface: str | None = None, fps: float | None = None) -> Folder:
    """Read every observations file, export of Label Studio and long CSV in a folder and the folders in it.

    What several files say of one clip is put together: each rater's timeline, and each of their ratings, may
    stand in one of them. A file that cannot be read, or contradicts a file before it in the order of their
    names, is left out as a whole, and the others are read. Hidden files and links are passed over.

    Parameters
    ----------
    interface, fps
        For the exports of Label Studio, as for `read_clips`.

    Raises
    ------
    InputProblem
        The folder cannot be read, has too many files or none that is read, or no file could be read; or
        `interface` or `fps` is given without an export of Label Studio.
    """
    found, left_out, exports = _Found(), [], 0
    files = sorted(_files(folder))
    for path in files:
        try:
            export = is_label_studio(path)
            exports += export
            found.take(path, read_clips(path, interface if export else None, fps if export else None))
        except InputProblem as problem:
            left_out.append(problem)
    for option, given in (("--interface", interface), ("--fps", fps)):
        if given is not None and not exports:
            raise texts.problem(option, texts.NO_EXPORT_IN_FOLDER)
    if not files:
        raise texts.problem(str(folder), texts.NOTHING_IN_FOLDER, endings=", ".join(ENDINGS[:4]))
    if not found.clips:
        raise left_out[0]
    first, *others = (found.clips[name] for name in sorted(found.clips))
    noticed = tuple(_left_out(problem) for problem in left_out)
    return Folder((replace(first, noticed=(*noticed, *first.noticed)), *others), tuple(left_out))


def _files(folder: Path) -> Iterator[Path]:
    def stop(error: OSError) -> None:
        raise cannot_be_read(Path(error.filename or folder), error) from error

    count = 0
    for inside, folders, names in os.walk(folder, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(inside, name)
            if not name.startswith(".") and path.suffix.lower() in ENDINGS and not path.is_symlink():
                count += 1
                if count > MOST_FILES:
                    raise texts.problem(str(folder), texts.FULL_FOLDER, most=MOST_FILES)
                yield path


def _left_out(problem: InputProblem) -> Text:
    said = texts.one_line(problem)
    return texts.FILE_LEFT_OUT.filled(problem=said)


@final
@dataclass(slots=True)
class _Found:
    """What the files so far say of each clip, and in which file it stands first."""

    clips: dict[str, RaterSet] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def take(self, path: Path, clips: tuple[RaterSet, ...]) -> None:
        """Take in all clips of a file, or none."""
        together: dict[str, RaterSet] = {}
        for clip in clips:
            known = self.clips.get(clip.clip)
            together[clip.clip] = clip if known is None else self._joined(path, known, clip)
        self.clips |= together
        for name in together:
            self.files.setdefault(name, path)

    def _joined(self, path: Path, known: RaterSet, more: RaterSet) -> RaterSet:
        known, more = _of_one_duration(known, more)
        where = {"clip": texts.quoted(more.clip), "file": self.files[more.clip]}
        if abs(known.duration - more.duration) > ROUNDING:
            raise texts.problem(
                str(path), texts.OTHER_DURATION_THERE, found=more.duration, known=known.duration, **where
            )
        ratings = {rater: dict(given) for rater, given in known.ratings.items()}
        twice = sorted(known.timelines.keys() & more.timelines.keys())
        for rater, given in more.ratings.items():
            mine = ratings.setdefault(rater, {})
            twice += [rater] * bool(mine.keys() & given.keys())
            mine |= given
        if twice:
            raise texts.problem(str(path), texts.RATER_TWICE, rater=texts.quoted(twice[0]), **where)
        made_with = self._agreeing(path, known.made_with, more.made_with, where)
        return replace(
            known,
            duration=max(known.duration, more.duration),
            timelines={**known.timelines, **more.timelines},
            ratings=ratings,
            made_with=made_with,
            calculated=known.calculated | more.calculated,
            noticed=(*known.noticed, *more.noticed),
        )

    def _agreeing(
        self, path: Path, known: Mapping[str, Value], more: Mapping[str, Value], where: Mapping[str, object]
    ) -> Mapping[str, Value]:
        for rater in sorted(known.keys() & more.keys()):
            if known[rater] != more[rater]:
                words = {"rater": texts.quoted(rater), "here": more[rater], "there": known[rater]}
                raise texts.problem(str(path), texts.MADE_OTHERWISE, **words, **where)
        return {**known, **more}


def _of_one_duration(known: RaterSet, more: RaterSet) -> tuple[RaterSet, RaterSet]:
    """Give a clip of which only ratings are known, and no duration, that of the other file."""
    if not more.timelines and more.duration == UNKNOWN_DURATION:
        return known, replace(more, duration=known.duration)
    if not known.timelines and known.duration == UNKNOWN_DURATION:
        return replace(known, duration=more.duration), more
    return known, more
