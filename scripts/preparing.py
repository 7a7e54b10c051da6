"""A family's recordings -> clips in the media folder, by content."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.normalise import normalise
from vib.family import ClipEntry, Family, clip_entries, clip_name
from vib.library import Entry, Library, content_hash
from vib.media import MediaProblem, PassingProblem
from vib.problem import InputProblem


@dataclass
class Prepared:
    """What came of a family's recordings. `clips` has a clip's entry in family.yaml by clip id."""

    clips: dict[str, ClipEntry] = field(default_factory=dict)
    encoded: int = 0
    problems: list[InputProblem] = field(default_factory=list)


Watch = Callable[[str, float, float], None]
"""Called with clip id, seconds done and seconds in all, as a clip is made."""


def prepare(folder: Path, family: Family, library: Library, media_root: Path, watch: Watch) -> Prepared:
    """Make the clips of a family that are not there yet.

    A recording is known by its size and time, else by its content. One that cannot be
    used is reported and does not stop the others.

    Raises
    ------
    OSError
        The disk is full or the media folder cannot be written.
    """
    work = _Work(folder, family.family, library, media_root, watch)
    seen = set()
    for listed in clip_entries(folder, family):
        try:
            if isinstance(listed, InputProblem):
                raise listed
            seen.add(work.name_of(listed))
            work.add(listed)
        except InputProblem as problem:
            work.prepared.problems.append(problem)
    library.forget_refused(family.family, seen)
    return work.prepared


class _Work:
    """The recordings of one family, one after the other."""

    def __init__(self, folder: Path, family: str, library: Library, media_root: Path, watch: Watch) -> None:
        self.folder = folder
        self.inside = folder.resolve()
        self.family = family
        self.library = library
        self.media_root = media_root
        self.watch = watch
        self.known = library.entries(family)
        self.contents = {entry.sha256: entry.id for entry in self.known.values() if entry.problem is None}
        self.prepared = Prepared()

    def name_of(self, listed: ClipEntry) -> str:
        """Return the id of the clip that a recording becomes."""
        return f"{self.family}/{clip_name(listed.file)}"

    def add(self, listed: ClipEntry) -> None:
        """Make one clip, unless it is there.

        Raises
        ------
        InputProblem
            The recording cannot be used.
        """
        clip = self.name_of(listed)
        source = self.folder / listed.file
        if clip in self.prepared.clips:
            raise InputProblem(
                str(source),
                nl=f"een ander bestand heet ook {clip}; geef een van beide een andere naam",
                en=f"another file is called {clip} too; rename one of them",
            )
        path = self._inside(source)
        stat = path.stat()
        target = self.media_root / f"{clip}.mp4"
        before = self.known.get(clip)
        done = before is not None and (before.problem is not None or target.exists())
        if before is None or not done or (before.size, before.modified) != (stat.st_size, stat.st_mtime_ns):
            entry = Entry(clip, self.family, listed.file, stat.st_size, stat.st_mtime_ns, content_hash(path))
            if before is not None and done and before.sha256 == entry.sha256:
                before = replace(before, source=listed.file, size=entry.size, modified=entry.modified)
                self.library.put(before)
            else:
                before = self._make(entry, before, source, path, target)
        if before.problem is not None:
            raise MediaProblem(str(source), nl=before.problem[0], en=before.problem[1])
        self.prepared.clips[clip] = listed

    def _inside(self, source: Path) -> Path:
        """Return the file that a name stands for, which must lie in the family's folder."""
        try:
            path = source.resolve(strict=True)
        except OSError as error:
            raise InputProblem(
                str(source),
                nl=f"staat in family.yaml maar is niet te openen ({error.strerror})",
                en=f"is in family.yaml but cannot be opened ({error.strerror})",
            ) from error
        if not path.is_relative_to(self.inside) or not path.is_file():
            raise InputProblem(
                str(source), nl="is geen bestand in deze gezinsmap", en="is not a file in this family's folder"
            )
        return path

    def _make(self, entry: Entry, before: Entry | None, source: Path, path: Path, target: Path) -> Entry:
        """Make the clip of a recording with new content, and note what came of it."""
        if before is not None and before.problem is None and before.sha256 != entry.sha256:
            raise InputProblem(
                str(source),
                nl="de inhoud is anders dan toen deze clip geregistreerd werd; bewaar de nieuwe opname onder een"
                " andere naam, dan blijven de codes bij de opname waarvoor ze gemaakt zijn",
                en="its content differs from when this clip was registered; keep the new recording under another"
                " name, so that codes stay with the recording they were made for",
            )
        twin = self.contents.get(entry.sha256, entry.id)
        if twin != entry.id:
            raise InputProblem(str(source), nl=f"is dezelfde opname als {twin}", en=f"is the same recording as {twin}")
        try:
            made = normalise(path, target, lambda done, total: self.watch(entry.id, done, total))
        except PassingProblem:
            raise
        except MediaProblem as problem:
            entry = replace(entry, problem=(problem.reason.nl, problem.reason.en))
        else:
            entry = replace(entry, duration=made.duration, has_audio=made.has_audio)
            self.contents[entry.sha256] = entry.id
            self.prepared.encoded += made.encoded
        self.library.put(entry)
        return entry


def is_full(error: OSError) -> bool:
    """Tell whether an error means that there is no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
