"""A family's recordings -> clips in the media folder, by content."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.library import Entry, Library, content_hash
from scripts.normalise import normalise
from vib.family import ClipEntry, Family, clip_entries, clip_name
from vib.media import MediaProblem
from vib.problem import InputProblem


@dataclass
class Prepared:
    """What came of a family's recordings. `clips` has a clip's entry in family.yaml by clip id."""

    clips: dict[str, ClipEntry] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    encoded: list[str] = field(default_factory=list)
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
    known = library.entries(family.family)
    contents = {entry.sha256: entry.id for entry in known.values() if entry.problem is None}
    prepared = Prepared()
    for listed in clip_entries(folder, family):
        try:
            if isinstance(listed, InputProblem):
                raise listed
            clip = f"{family.family}/{clip_name(listed.file)}"
            if clip in prepared.clips:
                raise InputProblem(
                    str(folder / listed.file),
                    nl=f"een ander bestand heet ook {clip}; geef een van beide een andere naam",
                    en=f"another file is called {clip} too; rename one of them",
                )
            _prepare_one(folder, listed, clip, known.get(clip), contents, library, media_root, watch, prepared)
            prepared.clips[clip] = listed
        except InputProblem as problem:
            prepared.problems.append(problem)
    return prepared


def _prepare_one(
    folder: Path,
    listed: ClipEntry,
    clip: str,
    before: Entry | None,
    contents: dict[str, str],
    library: Library,
    media_root: Path,
    watch: Watch,
    prepared: Prepared,
) -> None:
    source = folder / listed.file
    try:
        resolved = source.resolve(strict=True)
        stat = resolved.stat()
    except OSError as error:
        raise InputProblem(
            str(source),
            nl=f"staat in family.yaml maar is niet te openen ({error.strerror})",
            en=f"is in family.yaml but cannot be opened ({error.strerror})",
        ) from error
    if not resolved.is_relative_to(folder.resolve()) or not resolved.is_file():
        raise InputProblem(
            str(source),
            nl="is geen bestand in deze gezinsmap",
            en="is not a file in this family's folder",
        )
    target = media_root / f"{clip}.mp4"
    whole = before is not None and (before.problem is not None or target.exists())
    if before and whole and (before.size, before.modified) == (stat.st_size, stat.st_mtime_ns):
        return _same(source, before)
    sha256 = content_hash(resolved)
    entry = Entry(clip, clip.partition("/")[0], listed.file, stat.st_size, stat.st_mtime_ns, sha256)
    if before and whole and before.sha256 == sha256:
        library.put(replace(before, source=listed.file, size=entry.size, modified=entry.modified))
        return _same(source, before)
    if before and before.problem is None and before.sha256 != sha256:
        raise InputProblem(
            str(source),
            nl="de inhoud is anders dan toen deze clip geregistreerd werd; bewaar de nieuwe opname onder een"
            " andere naam, dan blijven de codes bij de opname waarvoor ze gemaakt zijn",
            en="its content differs from when this clip was registered; keep the new recording under another"
            " name, so that codes stay with the recording they were made for",
        )
    if contents.get(sha256, clip) != clip:
        raise InputProblem(
            str(source),
            nl=f"is dezelfde opname als {contents[sha256]}",
            en=f"is the same recording as {contents[sha256]}",
        )
    try:
        made = normalise(resolved, target, lambda done, total: watch(clip, done, total))
    except MediaProblem as problem:
        library.put(replace(entry, problem=(problem.reason.nl, problem.reason.en)))
        raise MediaProblem(str(source), nl=problem.reason.nl, en=problem.reason.en) from problem
    library.put(replace(entry, duration=made.duration, has_audio=made.has_audio))
    contents[sha256] = clip
    prepared.added.append(clip)
    if made.encoded:
        prepared.encoded.append(clip)


def _same(source: Path, entry: Entry) -> None:
    """Report again what was wrong with a recording that has not changed since."""
    if entry.problem is not None:
        raise MediaProblem(str(source), nl=entry.problem[0], en=entry.problem[1])


def is_full(error: OSError) -> bool:
    """Tell whether an error means that there is no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
