"""Recordings that lie with another family than that of their clip: nobody sees it there, and where asked it follows."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from scripts.family_syncing import Run, project_of
from scripts.finding_moved import Elsewhere, Lying, Places, Renamed, Strayed
from scripts.preparing import Aside
from scripts.registering import media_of
from scripts.server import ask
from scripts.telling_moved import AWAY, ON_THE_WAY, TWIN, UNLISTED, UNREADABLE, several, would_follow, would_rename
from vib import moves
from vib.clip_files import clip_files
from vib.family import Family, clip_name, family_of
from vib.following import Move, begin, begun, drop, end, tasks_of
from vib.library import Library
from vib.problem import InputProblem
from vib.project_key import ProjectKey


@dataclass(frozen=True)
class Followed:
    """What a sync is to leave alone after what moved was looked at: `waiting` are families by pseudonym."""

    waiting: frozenset[str] = frozenset()
    files: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    clips: frozenset[str] = frozenset()

    def aside(self, folder: Path) -> Aside:
        """Return what of a family's folder is not to be taken."""
        return Aside(self.files.get(folder, frozenset()), self.clips)


def follow(run: Run, families: Mapping[str, tuple[Path, Family]], lying: Sequence[Lying]) -> Followed:
    """Withhold the clips of recordings that lie with another family, follow them where that is asked, and say it.

    Parameters
    ----------
    families : Mapping[str, tuple[Path, Family]]
        Those of this run by pseudonym, each with its folder.
    lying : sequence of Lying
        Every folder of this run with a ``family.yaml``.
    """
    places = Places(run.library, lying)
    found = places.elsewhere()
    pending = {one.entry.id for one in found.clips()} | {move.clip for move in begun(run.library)}
    withheld = _see(run, pending)
    if run.asked.apply:
        _plan(run, families, found)
    became = _go_on(run, families)
    left = _without(found, became)
    lifted = {clip for clip in withheld - pending if places.is_home(clip)} | {*became.values()}
    if lifted & {*withheld, *became.values()}:
        withheld = _see(run, (), lifted)
    for problem in _told(run, families, left):
        run.summary.note(problem)
    here = {clip for clip in withheld - pending if family_of(clip) in families}
    for clip in sorted(here):
        run.summary.note(AWAY.of(clip))
    files: dict[Path, frozenset[str]] = defaultdict(frozenset)
    for one in left.clips():
        for place, path in one.files:
            files[place.folder] |= {path.name}
    waiting = frozenset(one.lying.family or "" for one in left.renamed)
    return Followed(waiting, files, frozenset(pending | here))


def _see(run: Run, withhold: Iterable[str], lift: Iterable[str] = ()) -> set[str]:
    """Have clips withheld and others seen again; return all that are withheld then."""
    clips = [moves.OfClip(clip=clip, tasks=tuple(tasks_of(run.library, clip).values())) for clip in sorted(withhold)]
    asked = moves.Sight(withhold=tuple(clips), lift=tuple(sorted(lift)))
    return set(ask(run.settings, "access/sight", asked)["withheld"])


def _without(found: Elsewhere, became: Mapping[str, str]) -> Elsewhere:
    """Return what is elsewhere still, after some clips went on as others."""
    return Elsewhere(
        tuple(one for one in found.strayed if one.entry.id not in became),
        tuple(one for one in found.renamed if not any(clip.entry.id in became for clip in one.clips)),
    )


def _told(run: Run, families: Mapping[str, tuple[Path, Family]], left: Elsewhere) -> Iterator[InputProblem]:
    """Yield what is elsewhere and what would be done, one line for each clip, and for a family with another name."""
    on_the_way = {move.clip: move for move in begun(run.library)}
    for renamed in left.renamed:
        yield would_rename(renamed)
    for one in left.strayed:
        move = on_the_way.get(one.entry.id) or _goal(run.library, families, one, ())
        if isinstance(move, InputProblem):
            yield move
        elif not run.asked.apply:
            yield would_follow(one, move.becomes)
    for move in on_the_way.values():
        if family_of(move.becomes) not in families:
            yield ON_THE_WAY.of(move.clip, family=family_of(move.becomes))


def _plan(run: Run, families: Mapping[str, tuple[Path, Family]], found: Elsewhere) -> None:
    """Note which moves are to be done, of those that can be."""
    planned: dict[str, list[Move]] = defaultdict(list)
    noted = {move.clip for move in begun(run.library)}
    for one in found.strayed:
        taken = [move.becomes for move in chain.from_iterable(planned.values())]
        move = _goal(run.library, families, one, taken)
        if isinstance(move, Move) and move.clip not in noted:
            planned[family_of(move.becomes)].append(move)
    for renamed in found.renamed:
        planned[renamed.lying.family or ""] += [_renaming(renamed, one) for one in renamed.clips]
    for family, group in planned.items():
        with run.summary.collecting():
            project_of(run, *families[family])
            begin(run.library, group)


def _goal(
    library: Library, families: Mapping[str, tuple[Path, Family]], one: Strayed, taken: Sequence[str]
) -> Move | InputProblem:
    """Return as what a clip would go on, or why that cannot be said."""
    (place, path), *more = one.files
    if more:
        return several(one)
    if place.family is None or place.family not in families:
        return UNREADABLE.of(str(path), clip=one.entry.id, folder=str(place.folder))
    entries = library.entries(place.family)
    twin = next((entry.id for entry in entries.values() if entry.sha256 == one.entry.sha256), None)
    if twin is not None:
        return TWIN.of(str(path), clip=one.entry.id, twin=twin)
    listed = families[place.family][1].clips
    if listed is not None and path.name not in {entry.file for entry in listed}:
        return UNLISTED.of(str(path), clip=one.entry.id)
    name = f"{place.family}/{clip_name(path.name)}"
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    becomes = next(name for name in names if name not in taken and _is_free(library, name))
    state = path.stat()
    return Move(one.entry.id, becomes, path.name, state.st_size, state.st_mtime_ns)


def _is_free(library: Library, clip: str) -> bool:
    """Tell whether no usable clip has a name; what could not be used is looked at again."""
    entry = library.entry(clip)
    return entry is None or entry.problem is not None


def _renaming(renamed: Renamed, one: Strayed) -> Move:
    """Return as what a clip goes on whose family got another pseudonym."""
    entry = one.entry
    becomes = f"{renamed.lying.family}/{entry.id.partition('/')[2]}"
    path = next((path for place, path in one.files if place == renamed.lying), None)
    if path is None:
        return Move(entry.id, becomes, entry.source, entry.size, entry.modified, renamed=True)
    state = path.stat()
    return Move(entry.id, becomes, path.name, state.st_size, state.st_mtime_ns, renamed=True)


def _go_on(run: Run, families: Mapping[str, tuple[Path, Family]]) -> dict[str, str]:
    """Do the moves that are noted, also those of a run that was stopped; return old and new ids of what is done."""
    became: dict[str, str] = {}
    groups: dict[str, list[Move]] = defaultdict(list)
    for move in begun(run.library):
        groups[family_of(move.becomes)].append(move)
    for family, group in groups.items():
        if family not in families:
            continue
        with run.summary.collecting():
            project = project_of(run, *families[family])
            if group[0].renamed:
                became |= _rename(run, group)
            else:
                number = run.projects.ensure(project)
                for move in group:
                    became |= _move(run, move, number)
    return became


def _move(run: Run, move: Move, project: int) -> dict[str, str]:
    """Let a clip go on as another, in another project."""
    tasks = tasks_of(run.library, move.clip)
    own = tasks.get(ProjectKey("family", family_of(move.clip)))
    asked = moves.Moved(**_moved(run, move), own=own, project=project)
    answer = _asked(run, "access/moved", asked, [move])
    end(run.library, [move], turns=answer["turns"])
    return {move.clip: move.becomes}


def _rename(run: Run, group: Sequence[Move]) -> dict[str, str]:
    """Let all clips of a family go on by another pseudonym."""
    before, after = family_of(group[0].clip), family_of(group[0].becomes)
    number = run.library.project(ProjectKey("family", before))
    clips = tuple(moves.Moved(**_moved(run, move)) for move in group)
    asked = moves.Renamed(family=before, becomes=after, project=number, clips=clips)
    _asked(run, "access/renamed", asked, group)
    end(run.library, group)
    if number is not None:
        run.projects.look_again(number)
    return {move.clip: move.becomes for move in group}


def _moved(run: Run, move: Move) -> dict[str, Any]:
    tasks = tuple(tasks_of(run.library, move.clip).values())
    return {"clip": move.clip, "becomes": move.becomes, "tasks": tasks, "media": media_of(move.becomes)}


def _asked(run: Run, path: str, content: moves.Moved | moves.Renamed, group: Sequence[Move]) -> dict[str, Any]:
    """Have the server follow, with the files of the clips at their new place; back again where it does not.

    The files go first: as long as tasks are of the old name, nobody sees them.
    """
    for move in group:
        _carry(run.settings.media_root, move.clip, move.becomes)
    try:
        return ask(run.settings, path, content)
    except InputProblem as problem:
        for move in group:
            _carry(run.settings.media_root, move.becomes, move.clip)
        drop(run.library, group)
        raise problem.at(group[0].clip) from problem


def _carry(media_root: Path, clip: str, becomes: str) -> None:
    """Give the files of a clip another name, as far as they are there."""
    for source, target in zip(clip_files(media_root, clip), clip_files(media_root, becomes), strict=True):
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.replace(source, target)
