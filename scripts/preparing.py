"""A family's recordings -> clips in the media folder, by content."""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from scripts.normalise import normalise
from scripts.offering import divided, offer
from scripts.peaks import keep_peaks
from scripts.source_file import differs, file_of, refuse_growth, still
from vib.clip_files import LOOK, clip_files
from vib.family import ClipEntry, Family, clip_name
from vib.following import are_let_go
from vib.language import Text
from vib.library import Entry, Library, contents_hash
from vib.look import look_from
from vib.media import MediaProblem, PassingProblem, ffmpeg_version, is_film
from vib.problem import InputProblem
from vib.recordings import clip_entries, left_out
from vib.unreadable import cannot_be_read, cannot_be_written


@dataclass(frozen=True)
class Aside:
    """What of a family is not to be taken, as it moved and that is told: names of files, and clips of it."""

    files: frozenset[str] = frozenset()
    clips: frozenset[str] = frozenset()


@dataclass
class Prepared:
    """What came of a family's recordings.

    `clips` has a clip's entry in family.yaml by clip id, `remarks` what is to be said of clips that were made now.
    Among the problems is also what is left out and need not be wrong.
    """

    clips: dict[str, ClipEntry] = field(default_factory=dict)
    encoded: int = 0
    problems: list[InputProblem] = field(default_factory=list)
    remarks: list[tuple[str, Text]] = field(default_factory=list)


NOTHING = Aside()

Watch = Callable[[str, float, float], None]
"""Called with clip id, seconds done and seconds in all, as a clip is made."""


def prepare(
    folder: Path,
    family: Family,
    library: Library,
    media_root: Path,
    watch: Watch,
    *,
    retry: bool = False,
    apply: bool = False,
    aside: Aside = NOTHING,
) -> Prepared:
    """Make the clips of a family that are not there yet.

    A recording is known by its size and time, else by its content. One that cannot be
    used is reported and does not stop the others; it is looked at again when it, or what
    reads recordings, is another than it was.

    Parameters
    ----------
    retry : bool
        Whether to look again at every recording that could not be used.
    apply : bool
        Whether the clip of a recording that got another name is to go on as that of the new name.
    aside : Aside
        What is not to be taken.

    Raises
    ------
    InputProblem
        The folder cannot be read.
    """
    work = _Work(folder, family.family, library, media_root, watch, retry, apply)
    seen = set()
    found = [*clip_entries(folder, family, is_film)]
    entries = [one for one in found if isinstance(one, ClipEntry) and one.file not in aside.files]
    work.prepared.problems += [one for one in found if isinstance(one, InputProblem)]
    waiting = work.offer_whole(entries) if family.clips is None else frozenset()
    for listed in entries:
        if listed.file in waiting or work.stays(listed.file):
            continue
        seen.add(work.name_of(listed))
        try:
            work.add(listed)
        except InputProblem as problem:
            work.prepared.problems.append(problem)
        except OSError as error:
            work.prepared.problems.append(cannot_be_read(folder / listed.file, error))
    work.keep_those_let_go(family)
    work.prepared.problems += work.gone(aside.clips)
    library.forget_refused(family.family, seen)
    return work.prepared


class _Work:
    """The recordings of one family, one after the other."""

    def __init__(
        self, folder: Path, family: str, library: Library, media_root: Path, watch: Watch, retry: bool, apply: bool
    ) -> None:
        self.folder = folder
        self.inside = folder.resolve()
        self.family = family
        self.library = library
        self.media_root = media_root
        self.watch = watch
        self.known = library.entries(family)
        self.standing = () if retry else {clip for clip, by in library.refused_by(family).items() if by == program()}
        self.sources = {entry.source: entry.id for entry in self.known.values() if entry.problem is None}
        self.let_go = are_let_go(library)
        self.apply = apply
        self.full = False
        self.renamed: set[str] = set()
        self.contents = {entry.sha256: entry.id for entry in self.known.values() if entry.problem is None}
        self.prepared = Prepared()

    def name_of(self, listed: ClipEntry) -> str:
        """Return the id of the clip that a recording becomes."""
        return self.sources.get(listed.file, f"{self.family}/{clip_name(listed.file)}")

    def offer_whole(self, entries: Sequence[ClipEntry]) -> frozenset[str]:
        """Offer chapters of one recording as one clip; return the files of which none is made until that is decided."""
        new = [entry for entry in entries if entry.file not in self.sources]
        groups = divided(self.folder, new)
        self.prepared.problems += [offer(self.folder, group, entries) for group in groups]
        return frozenset(chain.from_iterable(groups))

    def stays(self, file: str) -> bool:
        """Tell whether the recording of a clip that is there was thrown away on purpose."""
        clip = self.sources.get(file, "")
        return clip in self.let_go and not (self.folder / file).exists()

    def keep_those_let_go(self, family: Family) -> None:
        """Count the clips whose recordings were thrown away on purpose."""
        listed = {entry.file: entry for entry in family.clips or ()}
        for file, clip in self.sources.items():
            if self.stays(file) and _is_there(self.media_root / f"{clip}.mp4"):
                self.prepared.clips[clip] = listed.get(file) or ClipEntry(file=file)

    def gone(self, told: Collection[str]) -> list[InputProblem]:
        """Return on one line the recordings that are not there any more though there are clips of them."""
        there = self.renamed.union(self.prepared.clips, told)
        names = [
            entry.source
            for clip, entry in self.known.items()
            if entry.problem is None and clip not in there and not (self.folder / entry.source).exists()
        ]
        return [*left_out(self.folder, names, _GONE)]

    def add(self, listed: ClipEntry) -> None:
        """Make one clip, unless it is there.

        Raises
        ------
        InputProblem
            The recording cannot be used, or not yet.
        OSError
            It cannot be read.
        """
        clip = self.name_of(listed)
        source = self.folder / listed.file
        if clip in self.prepared.clips:
            raise InputProblem(
                str(source),
                nl=f"een ander bestand heet ook {clip}; geef een van beide een andere naam",
                en=f"another file is called {clip} too; rename one of them",
            )
        sources = [self.folder / file for file in listed.files]
        paths = [file_of(one, self.inside) for one in sources]
        state = still(sources, paths)
        target = self.media_root / f"{clip}.mp4"
        before = self.known.get(clip)
        stands = before is not None and (
            _is_there(target) and _sounds_as_asked(target, listed) if before.problem is None else clip in self.standing
        )
        if before is None or not stands or differs(state, before):
            entry = Entry(clip, self.family, listed.file, state.size, state.modified, contents_hash(paths))
            if before is not None and stands and before.problem is None and before.sha256 == entry.sha256:
                before = replace(before, source=listed.file, size=entry.size, modified=entry.modified)
                self.library.put(before)
            else:
                before = self._make(entry, before, source, paths, target, listed.sound)
        if before.problem is not None:
            raise MediaProblem(str(source), nl=before.problem[0], en=before.problem[1])
        self.prepared.clips[before.id] = listed
        made = self.media_root / f"{before.id}.mp4"
        with self._writing(source, made):
            keep_peaks(made, before.duration, has_audio=before.has_audio)

    def _make(
        self, entry: Entry, before: Entry | None, source: Path, paths: Sequence[Path], target: Path, sound: int | None
    ) -> Entry:
        """Make the clip of a recording with new content, or with another sound track, and note what came of it."""
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
            if (old := self.known.get(twin)) is not None and not (self.folder / old.source).exists():
                return self._renamed(entry, old, source)
            raise InputProblem(str(source), nl=f"is dezelfde opname als {twin}", en=f"is the same recording as {twin}")
        if self.full:
            raise _full(source, target)
        try:
            with self._writing(source, target):
                path, *then = paths
                made = normalise(path, target, lambda done, total: self.watch(entry.id, done, total), sound, then)
        except PassingProblem:
            raise
        except MediaProblem as problem:
            refuse_growth(source, paths, entry)
            entry = replace(entry, problem=(problem.reason.nl, problem.reason.en))
        else:
            try:
                refuse_growth(source, paths, entry)
            except InputProblem:
                for file in clip_files(self.media_root, entry.id):
                    file.unlink(missing_ok=True)
                raise
            entry = replace(entry, duration=made.duration, has_audio=made.has_audio)
            self.contents[entry.sha256] = entry.id
            self.prepared.encoded += made.encoded
            self.prepared.remarks += [(entry.id, remark) for remark in made.remarks]
        self.library.put(entry, program())
        return entry

    @contextmanager
    def _writing(self, source: Path, target: Path) -> Iterator[None]:
        """Say what it means when the clip of a recording, or what lies beside it, cannot be written."""
        try:
            yield
        except OSError as error:
            self.full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise _full(source, target) if self.full else cannot_be_written(target, error) from error

    def _renamed(self, entry: Entry, old: Entry, source: Path) -> Entry:
        """Let a clip, whose recording has another name now, go on as that of the new name, where that was asked."""
        self.renamed.add(old.id)
        if not self.apply:
            raise InputProblem(
                str(source),
                nl=f"is {old.source} met een andere naam; met --apply gaat de clip {old.id} verder als die van dit"
                " bestand, met zijn codes",
                en=f"is {old.source} by another name; with --apply the clip {old.id} goes on as that of this file, with"
                " its codes",
            )
        entry = replace(old, source=entry.source, size=entry.size, modified=entry.modified)
        self.known[old.id] = entry
        self.library.put(entry)
        return entry


_GONE = Text(nl="staat er niet meer; de clip ervan en de codes blijven", en="is gone; its clip and codes stay")


@cache
def program() -> str:
    """Return what reads recordings here, with its version: another may read what this one refuses."""
    return f"vib-studio {version('vib-studio')}, ffmpeg {ffmpeg_version()}"


def _is_there(target: Path) -> bool:
    """Tell whether a clip has its picture and its sound file: an emptied one is none."""
    return all(path.is_file() and path.stat().st_size > 0 for path in (target, target.with_suffix(".m4a")))


def _sounds_as_asked(target: Path, listed: ClipEntry) -> bool:
    """Tell whether a clip has the sound track that is asked for; one of which that is not kept has."""
    if listed.sound is None:
        return True
    try:
        look = look_from(target.with_suffix(LOOK).read_bytes())
    except FileNotFoundError:
        return True
    return look is None or look.sound_track == listed.sound


def _full(source: Path, target: Path) -> InputProblem:
    return InputProblem(
        str(source),
        nl=f"de schijf van {target.parent} is vol; maak ruimte en voer dit opnieuw uit, wat klaar is blijft",
        en=f"the disk of {target.parent} is full; make room and run this again, what is done stays",
    )
