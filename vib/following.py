"""Where families lie, and which clips are on their way to another name: what `vib.library` keeps of it.

A move is noted before anything of it is done, and until all of it is done: whatever stops it, the next run ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vib.family import family_of
from vib.library import Library
from vib.project_key import ProjectKey


@dataclass(frozen=True, slots=True)
class Move:
    """A clip that goes on as another.

    Parameters
    ----------
    clip, becomes : str
        Its id until now and from then on.
    source : str
        Name of its recording in the folder of the family to which it goes.
    size, modified : int
        Of that file, in bytes and in ns since 1970.
    renamed : bool
        Whether all of the family goes on by another pseudonym.
    """

    clip: str
    becomes: str
    source: str
    size: int
    modified: int
    renamed: bool = False


def folders(library: Library) -> dict[str, Path]:
    """Return where each family lay when it was synchronised last, by pseudonym."""
    return {family: Path(path) for family, path in library.rows("SELECT family, path FROM folder")}


def put_folder(library: Library, family: str, folder: Path) -> None:
    """Remember where a family lies."""
    with library.changing() as database:
        database.execute("REPLACE INTO folder VALUES (?, ?)", (family, str(folder.resolve())))


def let_go(library: Library, clip: str) -> None:
    """Note that the recording of a clip is thrown away on purpose: it is not missed, and did not move."""
    with library.changing() as database:
        database.execute("INSERT OR IGNORE INTO let_go VALUES (?)", (clip,))


def are_let_go(library: Library) -> frozenset[str]:
    """Return the clips whose recording was thrown away on purpose."""
    return frozenset(clip for (clip,) in library.rows("SELECT clip FROM let_go"))


def tasks_of(library: Library, clip: str) -> Mapping[ProjectKey, int]:
    """Return the tasks of a clip by project."""
    rows = library.rows("SELECT project, number FROM task WHERE clip = ?", clip)
    return {key: number for text, number in rows if (key := ProjectKey.parse(text)) is not None}


def begin(library: Library, moves: Iterable[Move]) -> None:
    """Note moves that are to be done."""
    rows = [(one.clip, one.becomes, one.source, one.size, one.modified, one.renamed) for one in moves]
    with library.changing() as database:
        database.executemany("REPLACE INTO move VALUES (?, ?, ?, ?, ?, ?)", rows)


def begun(library: Library) -> list[Move]:
    """Return the moves that are noted and not done."""
    rows = library.rows("SELECT clip, becomes, source, size, modified, renamed FROM move ORDER BY clip")
    return [
        Move(clip, becomes, source, size, modified, bool(renamed))
        for clip, becomes, source, size, modified, renamed in rows
    ]


def drop(library: Library, moves: Iterable[Move]) -> None:
    """Forget moves that cannot be done."""
    with library.changing() as database:
        database.executemany("DELETE FROM move WHERE clip = ?", [(move.clip,) for move in moves])


def end(library: Library, moves: Iterable[Move], *, turns: bool = True) -> None:
    """Let clips that the server knows by their new names be those here too; the moves are done.

    Parameters
    ----------
    turns : bool
        Whether the tasks keep the turns that they have.
    """
    with library.changing() as database:
        for move in moves:
            before, after = family_of(move.clip), family_of(move.becomes)
            keys = [str(ProjectKey("family", family)) for family in (after, before)]
            database.execute(
                "UPDATE clip SET id = ?, family = ?, source = ?, size = ?, modified = ? WHERE id = ?",
                (move.becomes, after, move.source, move.size, move.modified, move.clip),
            )
            database.execute("UPDATE let_go SET clip = ? WHERE clip = ?", (move.becomes, move.clip))
            database.execute("UPDATE refusal SET clip = ? WHERE clip = ?", (move.becomes, move.clip))
            if move.renamed:
                database.execute("UPDATE OR IGNORE project SET key = ? WHERE key = ?", keys)
                database.execute("DELETE FROM folder WHERE family = ?", (before,))
                database.execute("DELETE FROM clip WHERE family = ? AND problem_en IS NOT NULL", (before,))
            if not turns:
                database.execute("UPDATE task SET turns = NULL WHERE project = ? AND clip = ?", (keys[1], move.clip))
            database.execute("UPDATE task SET project = ? WHERE project = ? AND clip = ?", (*keys, move.clip))
            database.execute("UPDATE task SET clip = ? WHERE clip = ?", (move.becomes, move.clip))
            database.execute("DELETE FROM move WHERE clip = ?", (move.clip,))
