"""Copies of the database and of what belongs to it: made before an upgrade, kept in ``backups/``, and put back.

A copy is a folder ``backups/20261129-183005-before-0.2.0``: the files at their places below the data folder,
and ``copy.json``, which says what it is. It is there as a whole or not at all. This needs no Django.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import final

from pydantic import TypeAdapter, ValidationError

from vib.atomic import replacing, write_text
from vib.language import Text
from vib.library import LIBRARY
from vib.prepared import NOTE, read_prepared
from vib.problem import InputProblem

BACKUPS = "backups"
KEPT = 3
"""How many copies are kept: the newest ones. What was erased since is in them until they go."""

ALONG = (LIBRARY, "logins.json", NOTE)
"""What must be of the same moment as the database, below the data folder."""

ABOUT = "copy.json"
DUMP = "database.dump"
"""Copy of a PostgreSQL database, as ``pg_dump --format=custom`` writes it."""

UNCHANGED = Text(nl="er is niets veranderd", en="nothing was changed")
HALF_WAY = Text(nl="voer dit daarna opnieuw uit", en="run this again then")

PATIENCE = 30.0
"""Seconds to wait for another process that writes to a database."""


@final
@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy is.

    Parameters
    ----------
    made : str
        When; ISO 8601, UTC.
    version : str
        Of the VIB Studio that had prepared what is copied; empty when that is not known.
    before : str
        Version that was about to upgrade it, or ``restore``.
    pending : dict of str to list of str
        Migrations that were about to run, by app.
    files : list of str
        What is in it, as paths below the data folder.
    """

    made: str
    version: str
    before: str
    pending: dict[str, list[str]]
    files: list[str]

    @property
    def name(self) -> str:
        """Name of its folder."""
        return _name(datetime.fromisoformat(self.made), self.before)


class NoSuchCopy(InputProblem):
    """A copy was named that is not there."""


def size_of(data: Path, database: Path | None) -> int:
    """Return how many bytes a copy takes at most: of the files, with the database when it is one."""
    files = [data / name for name in ALONG] + ([database] if database else [])
    return sum(file.stat().st_size for file in files if file.exists())


def free_at(data: Path) -> int:
    """Return how many bytes are free where copies go."""
    return shutil.disk_usage(data).free


def folder_of(data: Path, copy: Copy) -> Path:
    """Return where a copy is."""
    return data / BACKUPS / copy.name


def copies(data: Path) -> list[Copy]:
    """Return the copies that there are, the oldest first; a folder that is none is left out."""
    found = []
    for about in (data / BACKUPS).glob(f"*/{ABOUT}"):
        try:
            copy = TypeAdapter(Copy).validate_json(about.read_bytes())
        except (OSError, ValidationError):
            continue
        if copy.name == about.parent.name:
            found.append(copy)
    return sorted(found, key=lambda copy: copy.made)


def make_copy(
    data: Path,
    database: Path | Callable[[Path], None],
    before: str,
    pending: dict[str, list[str]],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Copy:
    """Copy a database, and what belongs to it, while others may read and write.

    Parameters
    ----------
    data : Path
    database : Path or callable
        An SQLite file below `data`, or what writes a dump to a path.
    before, pending
        As of `Copy`.

    Raises
    ------
    InputProblem
        The disk is full, or the database cannot be read. Nothing is left of the copy then.
    """
    root = data / BACKUPS
    root.mkdir(mode=0o700, exist_ok=True)
    for left in root.glob(".*.part"):
        shutil.rmtree(left, ignore_errors=True)
    along = [name for name in ALONG if (data / name).exists()]
    first = str(database.relative_to(data)) if isinstance(database, Path) else DUMP
    prepared = read_prepared(data)
    second = timedelta(seconds=1)
    # Later than each that is there, so that the newest copy is the one that was made last.
    moment = max([now(), *(datetime.fromisoformat(copy.made) + second for copy in copies(data))])
    while (root / _name(moment, before)).exists():
        moment += second
    made = moment.isoformat(timespec="seconds")
    copy = Copy(made, prepared.version if prepared else "", before, pending, [first, *along])
    part = root / f".{copy.name}.part"
    with _copying(root, UNCHANGED), _gone_at_the_end(part):
        part.mkdir(mode=0o700)
        for name in copy.files:
            target = part / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if name == DUMP and not isinstance(database, Path):
                _touch(target)
                database(target)
            elif name.endswith(".sqlite3"):
                _copy_sqlite(data / name, target)
            else:
                _touch(target)
                shutil.copyfile(data / name, target)
            _flush(target)
        write_text(part / ABOUT, json.dumps(asdict(copy)) + "\n", mode=0o600)
        part.rename(root / copy.name)
        _flush(root)
    return copy


def drop(data: Path, copy: Copy) -> None:
    """Take a copy away: it is no copy any more at once, and gone soon after."""
    folder = folder_of(data, copy)
    gone = folder.with_name(f".{copy.name}.part")
    shutil.rmtree(gone, ignore_errors=True)
    folder.rename(gone)
    shutil.rmtree(gone)


def drop_old(data: Path) -> None:
    """Keep the newest copies only."""
    for copy in copies(data)[:-KEPT]:
        drop(data, copy)


def restore(data: Path, name: str) -> Copy:
    """Put a copy back, and keep what was there as a copy of its own; return that one.

    Stopped half-way it is whole again after a second run.

    Raises
    ------
    NoSuchCopy
    InputProblem
        It is of PostgreSQL, or the disk is full.
    """
    there = {copy.name: copy for copy in copies(data)}
    wanted = there.get(name.rstrip("/").rpartition("/")[2])
    if wanted is None:
        known = ", ".join(there) or "-"
        raise NoSuchCopy(
            name, nl=f"deze kopie is er niet; wel: {known}", en=f"there is no such copy; these are: {known}"
        )
    folder = folder_of(data, wanted)
    if DUMP in wanted.files:
        raise InputProblem(
            str(folder / DUMP),
            nl="is van PostgreSQL; zet hem terug met pg_restore, zie docs/how-to/deploy.md",
            en="is of PostgreSQL; put it back with pg_restore, see docs/how-to/deploy.md",
        )
    database, *along = wanted.files
    kept = make_copy(data, data / database, "restore", {})
    with _copying(data, HALF_WAY):
        # While this is not there, a start prepares the folder anew.
        (data / NOTE).unlink(missing_ok=True)
        for file in (database, *sorted(along, key=NOTE.__eq__)):
            _put_back(folder / file, data / file)
    return kept


def _put_back(source: Path, target: Path) -> None:
    if source.suffix == ".sqlite3":
        # As a transaction of its own: a journal that a killed process left beside the file does no harm.
        with closing(sqlite3.connect(target, timeout=PATIENCE)) as into, closing(_reading(source)) as kept:
            kept.backup(into)
        target.chmod(0o600)
        return
    with replacing(target) as temporary:
        temporary.chmod(0o600)
        shutil.copyfile(source, temporary)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy what a database holds at one moment; what was deleted is not in the copy."""
    _touch(target)
    # Open for writing: what a killed process left beside the file is put right first.
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    with closing(_reading(target)) as made:
        (found,) = made.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)


def _touch(file: Path) -> None:
    """Make an empty file that only its owner reads, for others to fill."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(moment: datetime, before: str) -> str:
    return f"{moment:%Y%m%d-%H%M%S}-before-{before}"


@contextmanager
def _gone_at_the_end(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _copying(place: Path, after: Text) -> Iterator[None]:
    """Say in one line what keeps a copy from being made or put back."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        if full or re.search("disk is full|disk I/O error", str(error)):
            raise InputProblem(
                str(place),
                nl=f"de schijf is vol; maak ruimte en probeer het opnieuw; {after.nl}",
                en=f"the disk is full; make room and try again; {after.en}",
            ) from error
        raise InputProblem(
            str(place),
            nl=f"kopiëren lukt niet ({error}); {after.nl}",
            en=f"cannot be copied ({error}); {after.en}",
        ) from error
