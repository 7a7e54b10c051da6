"""Which recordings lie with another family than that of their clip, and which family has another pseudonym.

By content: what is where it was, of the same size and time, is not read again, and only files of the same size as a
recording that is not where it was are read at all.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vib.family import FILE, read_family
from vib.following import are_let_go, folders
from vib.library import Entry, Library, content_hash
from vib.problem import InputProblem
from vib.project_key import ProjectKey


@dataclass(frozen=True, slots=True)
class Lying:
    """A folder with a ``family.yaml``; `family` is None where that cannot be read, or has the pseudonym of another."""

    folder: Path
    family: str | None


@dataclass(frozen=True, slots=True)
class Strayed:
    """A clip whose recording is not with its family, and the files elsewhere that are that recording."""

    entry: Entry
    files: tuple[tuple[Lying, Path], ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A family whose folder says another pseudonym, which is not known yet."""

    family: str
    lying: Lying
    clips: tuple[Strayed, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was found. `renamed` has all clips of a family, also those without a recording."""

    strayed: tuple[Strayed, ...] = ()
    renamed: tuple[Renamed, ...] = ()

    def clips(self) -> Iterator[Strayed]:
        """Yield every clip that is elsewhere."""
        yield from self.strayed
        for family in self.renamed:
            yield from family.clips


class Places:
    """Where recordings lie: in the folders of this run, and in those where families lay before."""

    def __init__(self, library: Library, lying: Sequence[Lying]) -> None:
        self._lying = lying
        self._entries = [entry for entry in library.all_entries() if entry.problem is None]
        self._let_go = are_let_go(library)
        self._recorded = folders(library)
        keys = map(ProjectKey.parse, library.projects())
        self._known = {key.family for key in keys if key is not None} | {entry.family for entry in self._entries}
        self._homes: dict[str, Path | None] = {one.family: one.folder for one in lying if one.family is not None}
        self._hashes: dict[Path, str] = {}
        self._listed: dict[Path, dict[int, list[Path]]] = {}

    def elsewhere(self) -> Elsewhere:
        """Find what is elsewhere."""
        renamed = dict(self._by_folder())
        strayed = [found for entry in self._entries if (found := self._strayed(entry)) is not None]
        renamed |= self._by_content([one for one in strayed if one.entry.family not in renamed])
        by_clip = {one.entry.id: one for one in strayed}
        return Elsewhere(
            tuple(one for one in strayed if one.entry.family not in renamed),
            tuple(
                Renamed(
                    family,
                    lying,
                    tuple(
                        by_clip.get(entry.id, Strayed(entry, ())) for entry in self._entries if entry.family == family
                    ),
                )
                for family, lying in sorted(renamed.items())
            ),
        )

    def is_home(self, clip: str) -> bool:
        """Tell whether the recording of a clip lies with its family."""
        return any(entry.id == clip and self._at_home(entry) for entry in self._entries)

    def _by_folder(self) -> Iterator[tuple[str, Lying]]:
        """Yield families whose folder has another pseudonym now that is not known yet."""
        here = {one.folder.resolve(): one for one in self._lying}
        taken: set[str] = set()
        for family in sorted({entry.family for entry in self._entries}):
            lying = here.get(self._recorded.get(family, Path()))
            if lying is not None and self._home(family) is None and self._is_new(lying) and lying.family not in taken:
                taken.add(lying.family or "")
                yield family, lying

    def _by_content(self, strayed: Iterable[Strayed]) -> dict[str, Lying]:
        """Return families without a folder of which all that is somewhere is in one of an unknown pseudonym."""
        found: dict[str, set[Lying]] = defaultdict(set)
        for one in strayed:
            if self._home(one.entry.family) is None:
                found[one.entry.family] |= {lying for lying, _ in one.files}
        single = {family: next(iter(lying)) for family, lying in found.items() if len(lying) == 1}
        goals = list(single.values())
        return {family: lying for family, lying in single.items() if self._is_new(lying) and goals.count(lying) == 1}

    def _is_new(self, lying: Lying) -> bool:
        return lying.family is not None and lying.family not in self._known

    def _home(self, family: str) -> Path | None:
        """Return the folder of a family, also one that is not of this run; None where there is none any more."""
        if family not in self._homes:
            path = self._recorded.get(family)
            here = {one.folder.resolve() for one in self._lying}
            self._homes[family] = path if path is not None and path not in here and says(path, family) else None
        return self._homes[family]

    def _strayed(self, entry: Entry) -> Strayed | None:
        candidates = [(one, path) for one, path in self._by_size.get(entry.size, ()) if one.family != entry.family]
        if not candidates or self._where_it_was(entry):
            return None
        files = tuple((one, path) for one, path in candidates if self._is(path, entry))
        return Strayed(entry, files) if files and not self._at_home(entry) else None

    def _at_home(self, entry: Entry) -> bool:
        home = self._home(entry.family)
        if home is None:
            return False
        if entry.id in self._let_go:
            return True
        return self._where_it_was(entry) or any(self._is(path, entry) for path in self._files(home).get(entry.size, ()))

    def _where_it_was(self, entry: Entry) -> bool:
        home = self._home(entry.family)
        try:
            found = None if home is None else (home / entry.source).stat()
        except OSError:
            return False
        return found is not None and (found.st_size, found.st_mtime_ns) == (entry.size, entry.modified)

    def _is(self, path: Path, entry: Entry) -> bool:
        """Tell whether a file has the content of a recording; one that cannot be read has not."""
        if path.name == entry.source and self._recorded.get(entry.family) == path.parent.resolve():
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) == (entry.size, entry.modified):
                return True
        if path not in self._hashes:
            try:
                self._hashes[path] = content_hash(path)
            except OSError:
                self._hashes[path] = ""
        return self._hashes[path] == entry.sha256

    @cached_property
    def _by_size(self) -> Mapping[int, list[tuple[Lying, Path]]]:
        found: dict[int, list[tuple[Lying, Path]]] = defaultdict(list)
        for lying in self._lying:
            for size, paths in self._files(lying.folder).items():
                found[size] += [(lying, path) for path in paths]
        return found

    def _files(self, folder: Path) -> Mapping[int, list[Path]]:
        """Return the files of a folder by size, without the empty ones; none of a folder that cannot be read."""
        if folder not in self._listed:
            by_size: dict[int, list[Path]] = defaultdict(list)
            self._listed[folder] = by_size
            for path in _files_of(folder):
                try:
                    state = path.stat()
                except OSError:
                    continue
                if stat.S_ISREG(state.st_mode) and state.st_size:
                    by_size[state.st_size].append(path)
        return self._listed[folder]


def _files_of(folder: Path) -> list[Path]:
    try:
        return [Path(found) for found in sorted(os.scandir(folder), key=lambda found: found.name)]
    except OSError:
        return []


def says(folder: Path, family: str) -> bool:
    """Tell whether a folder is there and is that of a family, as far as that can be read."""
    try:
        return read_family(folder).family == family
    except InputProblem:
        return (folder / FILE).exists()
