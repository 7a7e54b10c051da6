"""What has been made of which recording, and where it is registered: one small database.

Every step is a transaction of its own, so that a stop at any moment loses nothing and a
second run goes on from there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vib.consent import FamilyConsent, Period
from vib.family import family_of
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.unreadable import database_reason

SCHEMA = """
CREATE TABLE IF NOT EXISTS clip (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, source TEXT NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, sha256 TEXT NOT NULL, duration REAL NOT NULL, has_audio INTEGER NOT NULL,
    problem_nl TEXT, problem_en TEXT
);
CREATE INDEX IF NOT EXISTS clip_content ON clip (family, sha256);
CREATE TABLE IF NOT EXISTS project (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, importing INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS task (
    project TEXT NOT NULL REFERENCES project (key), clip TEXT NOT NULL REFERENCES clip (id),
    number INTEGER NOT NULL, turns TEXT, PRIMARY KEY (project, clip)
);
CREATE TABLE IF NOT EXISTS facts (task INTEGER PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refusal (clip TEXT PRIMARY KEY REFERENCES clip (id), program TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS consent (family TEXT PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS let_go (clip TEXT PRIMARY KEY REFERENCES clip (id));
CREATE TABLE IF NOT EXISTS folder (family TEXT PRIMARY KEY, path TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS move (
    clip TEXT PRIMARY KEY, becomes TEXT NOT NULL, source TEXT NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, renamed INTEGER NOT NULL
);
"""

ENTRIES = "SELECT id, family, source, size, modified, sha256, duration, has_audio, problem_nl, problem_en FROM clip"
"""Rows of the table of clips, in the order of an `Entry`."""

LIBRARY = "library.sqlite3"
"""Name of the file, below the data folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recording that was looked at. `problem` is (Dutch, English) when it cannot be used."""

    id: str
    family: str
    source: str
    size: int
    modified: int
    sha256: str
    duration: float = 0.0
    has_audio: bool = False
    problem: tuple[str, str] | None = None


class Library:
    """The clips of an installation.

    Parameters
    ----------
    path : Path
        The database file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + SCHEMA)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def entries(self, family: str) -> dict[str, Entry]:
        """Return the recordings of a family by clip id."""
        return _entries(self._connection, family)

    def entry(self, clip: str) -> Entry | None:
        """Return one recording, or None."""
        return self.entries(family_of(clip)).get(clip)

    def put(self, entry: Entry, program: str = "") -> None:
        """Add a recording, or replace what is known of it.

        Parameters
        ----------
        program : str
            Which version of what reads recordings refused it, where it was refused.
        """
        problem = entry.problem or (None, None)
        with self.changing():
            self._connection.execute(
                "REPLACE INTO clip VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(entry.id, entry.family, entry.source, entry.size, entry.modified, entry.sha256),
                    *(entry.duration, entry.has_audio, *problem),
                ),
            )
            self._connection.execute("DELETE FROM refusal WHERE clip = ?", (entry.id,))
            if entry.problem is not None:
                self._connection.execute("INSERT INTO refusal VALUES (?, ?)", (entry.id, program))

    def refused_by(self, family: str) -> dict[str, str]:
        """Return which version of what reads recordings refused those of a family, by clip id."""
        return dict(
            self._connection.execute(
                "SELECT refusal.clip, program FROM refusal JOIN clip ON clip.id = refusal.clip WHERE family = ?",
                (family,),
            )
        )

    def forget_refused(self, family: str, listed: Collection[str]) -> None:
        """Forget the recordings of a family that could not be used and are listed no more."""
        gone = [(clip,) for clip, entry in self.entries(family).items() if entry.problem and clip not in listed]
        with self.changing():
            self._connection.executemany("DELETE FROM refusal WHERE clip = ?", gone)
            self._connection.executemany("DELETE FROM clip WHERE id = ?", gone)

    def project(self, key: ProjectKey) -> int | None:
        """Return the number of a project in Label Studio, or None."""
        row = self._connection.execute("SELECT number FROM project WHERE key = ?", (str(key),)).fetchone()
        return row[0] if row else None

    def projects(self) -> dict[str, int]:
        """Return the number of every project by key."""
        return dict(self._connection.execute("SELECT key, number FROM project"))

    def family(self, number: int) -> str | None:
        """Return the family whose project has this number; None for that of a practice set."""
        rows = self._connection.execute("SELECT key FROM project WHERE number = ?", (number,))
        keys = (ProjectKey.parse(key) for (key,) in rows)
        return next((key.family for key in keys if key is not None and key.family is not None), None)

    def put_project(self, key: ProjectKey, number: int) -> None:
        """Remember a project; what was registered in another of that key is forgotten."""
        with self.changing():
            if self.project(key) not in (None, number):
                self._connection.execute("DELETE FROM task WHERE project = ?", (str(key),))
            self._connection.execute(
                "INSERT INTO project (key, number) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET number = excluded.number",
                (str(key), number),
            )

    def registered(self, key: ProjectKey) -> set[str]:
        """Return the ids of the clips that are tasks of a project."""
        return {row[0] for row in self._connection.execute("SELECT clip FROM task WHERE project = ?", (str(key),))}

    def importing(self, key: ProjectKey) -> bool:
        """Tell whether an import into a project was begun and not ended: it may hold tasks unknown here."""
        row = self._connection.execute("SELECT importing FROM project WHERE key = ?", (str(key),)).fetchone()
        return bool(row and row[0])

    def begin_import(self, key: ProjectKey) -> None:
        """Remember that an import begins; `put_tasks` ends it."""
        self._connection.execute("UPDATE project SET importing = 1 WHERE key = ?", (str(key),))

    def put_tasks(self, key: ProjectKey, tasks: Iterable[tuple[str, int]]) -> None:
        """Remember which task of a project each clip is."""
        with self.changing():
            self._connection.execute("UPDATE project SET importing = 0 WHERE key = ?", (str(key),))
            self._connection.executemany(
                "INSERT OR IGNORE INTO task (project, clip, number) VALUES (?, ?, ?)",
                [(str(key), clip, number) for clip, number in tasks],
            )

    def facts(self, key: ProjectKey) -> dict[str, tuple[int, str | None]]:
        """Return of the clips of a project the task, and what it was told of the family, where it was told."""
        rows = self._connection.execute(
            "SELECT clip, number, said FROM task LEFT JOIN facts ON task = number WHERE project = ?", (str(key),)
        )
        return {clip: (number, said) for clip, number, said in rows}

    def put_facts(self, task: int, said: str) -> None:
        """Remember what a task was told of the family."""
        self._connection.execute("REPLACE INTO facts VALUES (?, ?)", (task, said))

    def without_turns(self, number: int, version: str | None = None) -> list[tuple[str, int]]:
        """Return clip and task of what has no turns yet in a project of Label Studio, or none of a version.

        A clip that nobody may see, as its consent is over, is not cut either.
        """
        rows = self._connection.execute(
            "SELECT task.clip, task.number FROM task JOIN project ON project.key = task.project"
            " WHERE project.number = :number AND (task.turns IS NULL OR task.turns != coalesce(:version, task.turns))"
            " ORDER BY task.number",
            {"number": number, "version": version},
        )
        found: list[tuple[str, int]] = rows.fetchall()
        agreed = {family: self.consent(family) for family in {family_of(clip) for clip, _ in found}}
        today = date.today()
        return [
            (clip, task)
            for clip, task in found
            if (consent := agreed[family_of(clip)]) is None or consent.is_seen(clip, today)
        ]

    def put_turns(self, number: int, model_version: str) -> None:
        """Remember that a task got its turns."""
        self._connection.execute("UPDATE task SET turns = ? WHERE number = ?", (model_version, number))

    def forget_turns(self, number: int) -> None:
        """Have the clips of a project of Label Studio cut into turns again."""
        self._connection.execute(
            "UPDATE task SET turns = NULL WHERE project IN (SELECT key FROM project WHERE number = ?)", (number,)
        )

    def put_consent(self, family: str, consent: FamilyConsent) -> None:
        """Note what a family agreed to, in place of what was noted before."""
        self._connection.execute("REPLACE INTO consent VALUES (?, ?)", (family, _written(consent)))

    def consents(self) -> dict[str, FamilyConsent]:
        """Return what each family agreed to, as far as it was noted."""
        return _consents(self._connection)

    def consent(self, family: str) -> FamilyConsent | None:
        """Return what a family agreed to; None where that was never noted."""
        row = self._connection.execute("SELECT said FROM consent WHERE family = ?", (family,)).fetchone()
        return _consent(row[0]) if row else None

    def all_entries(self) -> Iterator[Entry]:
        """Return the recordings of all families."""
        return map(_entry, self._connection.execute(ENTRIES))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query finds, for the modules that keep something of their own here."""
        return self._connection.execute(query, values).fetchall()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Change something as one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


@contextmanager
def opened(path: Path) -> Iterator[Library]:
    """Open the library, and close it at the end.

    Raises
    ------
    InputProblem
        It cannot be read or written, is damaged, or its disk is full: nothing can be noted.
    """
    try:
        library = Library(path)
        try:
            yield library
        finally:
            library.close()
    except sqlite3.DatabaseError as error:
        why = database_reason(error)
        raise InputProblem(
            str(path),
            nl=f"hier is niet bij te houden wat er klaar is: {why.nl}",
            en=f"what is done cannot be noted here: {why.en}",
        ) from error


def refused(path: Path, families: Collection[str]) -> list[Entry]:
    """Return the recordings of some families that could not be used, the newest first.

    The database is only read; where it is not there, no recording was refused.
    """
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        found = [entry for family in families for entry in _entries(database, family).values() if entry.problem]
    return sorted(found, key=lambda entry: entry.modified, reverse=True)


def consents(path: Path) -> dict[str, FamilyConsent]:
    """Return what each family agreed to, as far as it was noted. The database is only read.

    Raises
    ------
    sqlite3.Error
        It cannot be read.
    """
    if not path.exists():
        return {}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'consent'").fetchone():
            return {}
        return _consents(database)


def _consents(database: sqlite3.Connection) -> dict[str, FamilyConsent]:
    return {family: _consent(said) for family, said in database.execute("SELECT family, said FROM consent")}


def _written(consent: FamilyConsent) -> str:
    periods = {use: [[str(one.given), str(one.until)] for one in found] for use, found in consent.periods.items()}
    narrowed = {clip: sorted(uses) for clip, uses in consent.narrowed.items()}
    return json.dumps({"periods": periods, "narrowed": narrowed}, ensure_ascii=False)


def _consent(said: str) -> FamilyConsent:
    content = json.loads(said)
    return FamilyConsent(
        {
            use: tuple(Period(date.fromisoformat(given), date.fromisoformat(until)) for given, until in found)
            for use, found in content["periods"].items()
        },
        {clip: frozenset(uses) for clip, uses in content["narrowed"].items()},
    )


@contextmanager
def only_one(folder: Path, name: str = "sync") -> Iterator[None]:
    """Hold a lock file in a data folder, so that two runs of a name do not work there at once.

    Raises
    ------
    InputProblem
        Another run holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputProblem(
                str(folder),
                nl=f"hier loopt al een ander ({name}); wacht tot die klaar is of stop die eerst",
                en=f"another one runs here already ({name}); wait until it is done or stop it first",
            ) from error
        yield


def is_held(folder: Path, name: str) -> bool:
    """Tell whether a run of a name works in a data folder now."""
    try:
        with (folder / f"{name}.lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents_hash(paths: Sequence[Path]) -> str:
    """Return the SHA-256 of a file; of several that of what theirs are, in their order."""
    hashes = [content_hash(path) for path in paths]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _entries(database: sqlite3.Connection, family: str) -> dict[str, Entry]:
    rows = database.execute(ENTRIES + " WHERE family = ?", (family,))
    return {row[0]: _entry(row) for row in rows}


def _entry(row: tuple[Any, ...]) -> Entry:
    clip, family, source, size, modified, sha256, duration, has_audio, problem_nl, problem_en = row
    problem = (problem_nl, problem_en) if problem_en is not None else None
    return Entry(clip, family, source, size, modified, sha256, duration, bool(has_audio), problem)
