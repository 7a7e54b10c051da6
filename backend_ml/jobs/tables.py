"""The tables of the queue in a file, and a connection to them for each thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import final

from vib.job import STATES

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""

_STATES = ", ".join(f"'{state}'" for state in STATES)

TABLES = f"""
CREATE TABLE IF NOT EXISTS jobs (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    clip TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ({_STATES})),
    urgent INTEGER NOT NULL,
    submitted REAL NOT NULL,
    due REAL NOT NULL,
    owner TEXT,
    lease REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    progress REAL NOT NULL DEFAULT 0,
    nl TEXT,
    en TEXT,
    turns TEXT,
    ended REAL
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_in_line ON jobs (state, urgent DESC, submitted);
CREATE TABLE IF NOT EXISTS interfaces (sha256 TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS destinations (
    project INTEGER NOT NULL,
    task INTEGER NOT NULL,
    job TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
    interface TEXT NOT NULL REFERENCES interfaces,
    delivery TEXT NOT NULL CHECK (delivery IN ('none', 'waiting', 'due', 'delivered', 'failed', 'dead')),
    due REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    nl TEXT,
    en TEXT,
    PRIMARY KEY (project, task)
) STRICT;
CREATE INDEX IF NOT EXISTS destinations_job ON destinations (job);
CREATE TABLE IF NOT EXISTS totals (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workers (name TEXT PRIMARY KEY, seen REAL NOT NULL) STRICT;
"""
"""Everything that is in the file."""


@final
class Tables:
    """An SQLite file that only its owner reads. Each thread has a connection of its own."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._local = threading.local()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with self.changing() as database:
            for statement in TABLES.split(";"):
                database.execute(statement)

    @property
    def reading(self) -> sqlite3.Connection:
        """The connection of this thread."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)
            known.row_factory = sqlite3.Row
            known.execute("PRAGMA journal_mode=WAL")
            # A power cut may take the last moments, never the file: at worst a clip is cut again.
            known.execute("PRAGMA synchronous=NORMAL")
            known.execute("PRAGMA foreign_keys=ON")
            self._local.connection = known
        return known

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection in a transaction in which nobody else writes."""
        database = self.reading
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
