"""Corrected turns: who acted from when to when, without a name in it, and easy to erase."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import final

from vib.segmenting import Actor

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""

TABLES = """
CREATE TABLE IF NOT EXISTS correction (
    source TEXT PRIMARY KEY, clip TEXT NOT NULL, family TEXT NOT NULL, taken TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS turn (
    source TEXT NOT NULL REFERENCES correction ON DELETE CASCADE, begin REAL NOT NULL, until REAL NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('kind', 'volwassene', 'onbekend'))
) STRICT;
CREATE INDEX IF NOT EXISTS turn_source ON turn (source);
CREATE TABLE IF NOT EXISTS heard (source TEXT PRIMARY KEY, at REAL NOT NULL) STRICT;
"""
"""Everything that is in the file."""


@final
@dataclass(frozen=True, slots=True)
class HumanTurn:
    """A turn as a person left it. Times are seconds."""

    start: float
    end: float
    actor: Actor


@final
@dataclass(frozen=True, slots=True)
class Correction:
    """What one person made of the turns of one clip.

    Parameters
    ----------
    source : str
        Where it came from: the same source again replaces what was there.
    clip : str
        Key of the clip's content.
    family : str
        Pseudonym of `CorrectionStore.pseudonym`; that of the clip when its family is not known.
    turns : tuple of HumanTurn
    taken : str
        When it was kept; ISO 8601, UTC.
    """

    source: str
    clip: str
    family: str
    turns: tuple[HumanTurn, ...]
    taken: str = ""


@final
class CorrectionStore:
    """Corrections in an SQLite file that only its owner reads. Processes may share it.

    What is erased is overwritten in the file, not just marked as free.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = folder / "corrections.sqlite3"
        self._secret = _secret(folder / "pseudonyms.key")
        self._file.touch(mode=0o600)
        with self._open() as database:
            database.executescript(TABLES)

    def pseudonym(self, *parts: str) -> str:
        """Return what a name is called here; nobody finds the name from it without this installation's key."""
        return hmac.new(self._secret, "\0".join(parts).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()

    def put(self, correction: Correction, at: float | None = None) -> bool:
        """Keep a correction in place of what its source said before; one without turns is none.

        Parameters
        ----------
        at : float or None
            When its source said so, in seconds since 1970; None is now.

        Returns
        -------
        bool
            False when its source said something later already, which stays.
        """
        with self._open() as database:
            if not _newest(database, correction.source, at):
                return False
            database.execute("DELETE FROM correction WHERE source = ?", (correction.source,))
            if not correction.turns:
                return True
            taken = correction.taken or datetime.now(UTC).isoformat(timespec="microseconds")
            database.execute(
                "INSERT INTO correction VALUES (?, ?, ?, ?)",
                (correction.source, correction.clip, correction.family, taken),
            )
            database.executemany(
                "INSERT INTO turn VALUES (?, ?, ?, ?)",
                [(correction.source, turn.start, turn.end, turn.actor) for turn in correction.turns],
            )
        return True

    def remove(self, source: str, at: float | None = None) -> bool:
        """Erase what a source said until a moment, which None is now; tell whether there was anything."""
        with self._open() as database:
            if not _newest(database, source, at):
                return False
            return database.execute("DELETE FROM correction WHERE source = ?", (source,)).rowcount > 0

    def erase_clip(self, clip: str) -> int:
        """Erase all corrections of a clip; return how many there were."""
        return self._erase("clip", clip)

    def erase_family(self, family: str) -> int:
        """Erase all corrections of a family, by its pseudonym here; return how many there were."""
        return self._erase("family", family)

    def corrections(self, family: str | None = None) -> list[Correction]:
        """Return all corrections, or those of one family, the oldest first."""
        with self._open() as database:
            turns: dict[str, list[HumanTurn]] = {}
            for source, begin, until, actor in database.execute(
                "SELECT source, begin, until, actor FROM turn ORDER BY begin, until, actor"
            ):
                turns.setdefault(source, []).append(HumanTurn(begin, until, actor))
            return [
                Correction(source, clip, whose, tuple(turns.get(source, ())), taken)
                for source, clip, whose, taken in database.execute(
                    "SELECT source, clip, family, taken FROM correction ORDER BY taken, source"
                )
                if family in (None, whose)
            ]

    def turns_since(self, moment: str) -> int:
        """Count the turns of corrections that were taken after a moment."""
        with self._open() as database:
            (count,) = database.execute(
                "SELECT count(*) FROM turn JOIN correction USING (source) WHERE taken > ?", (moment,)
            ).fetchone()
        return int(count)

    def _erase(self, column: str, value: str) -> int:
        statement = {
            "clip": "DELETE FROM correction WHERE clip = ?",
            "family": "DELETE FROM correction WHERE family = ?",
        }[column]
        with self._open() as database:
            return database.execute(statement, (value,)).rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._file, timeout=PATIENCE)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")
            with database:
                yield database
        finally:
            database.close()


def _newest(database: sqlite3.Connection, source: str, at: float | None) -> bool:
    """Tell whether a source said nothing later, and remember when it spoke, also when nothing is kept of it."""
    statement = "INSERT INTO heard VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at >= at"
    return database.execute(statement, (source, time.time() if at is None else at)).rowcount > 0


def _secret(path: Path) -> bytes:
    """Read the key of pseudonyms, or make it; of two processes that make one, the first wins."""
    if not path.exists():
        with tempfile.NamedTemporaryFile(prefix=".pseudonyms.", dir=path.parent) as made:
            made.write(secrets.token_bytes(32))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_bytes()
