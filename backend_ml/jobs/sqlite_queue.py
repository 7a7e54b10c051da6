"""The queue in an SQLite file, as those who put clips in it see it; no broker is needed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Sequence
from typing import final

from backend_ml.config import Config
from backend_ml.jobs.job import Asked, Destination, Figures
from backend_ml.jobs.tables import Tables
from vib.job import STATES, Job, State
from vib.language import Text

WORKER_SECONDS = 30.0
"""How old the last sign of life of a worker may be."""

_SHOWN = """
WITH line AS (
    SELECT key, row_number() OVER (ORDER BY urgent DESC, submitted, rowid) AS position FROM jobs WHERE state = 'queued'
)
SELECT j.key, j.clip, d.project, d.task, j.progress, line.position,
    CASE
        WHEN j.state != 'done' OR d.delivery IS NULL OR d.delivery IN ('none', 'delivered') THEN j.state
        WHEN d.delivery IN ('failed', 'dead') THEN d.delivery
        ELSE 'working'
    END AS shown,
    CASE j.state WHEN 'done' THEN coalesce(d.attempts, j.attempts) ELSE j.attempts END AS tried,
    CASE j.state WHEN 'done' THEN d.nl ELSE j.nl END AS why_nl,
    CASE j.state WHEN 'done' THEN d.en ELSE j.en END AS why_en
FROM jobs j LEFT JOIN destinations d ON d.job = j.key LEFT JOIN line ON line.key = j.key
"""
"""Turns that are ready but not yet in Label Studio are still being worked on, to those who wait for them."""


@final
class SqliteQueue:
    """A queue in a file of this machine."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, config: Config) -> None:
        self._pushes = config.pushes
        self._tables = Tables(config.queue)

    def submit(self, asked: Sequence[Asked], *, urgent: bool = False) -> list[Job]:
        """Ask for the turns of clips; see `Queue`."""
        keys = json.dumps(sorted({one.work.key for one in asked}))
        with self._tables.changing() as database:
            for one in asked:
                self._ask(database, one, time.time(), urgent)
            rows = database.execute(
                f"{_SHOWN} WHERE j.key IN (SELECT value FROM json_each(?))",  # noqa: S608
                (keys,),
            ).fetchall()
        by_task = {(row["key"], row["project"], row["task"]): row for row in rows}
        by_key = {row["key"]: row for row in rows}
        shown = []
        for one in asked:
            to = one.destination
            row = by_key.get(one.work.key) if to is None else by_task.get((one.work.key, to.project, to.task))
            # A task that is named twice in one request gets the turns of the last clip.
            job = one.job if row is None else _job(row)
            shown.append(job.model_copy(update={"project": None, "task": None}) if to is None else job)
        return shown

    def listed(self, project: int | None = None, clip: str | None = None, state: State | None = None) -> list[Job]:
        """List what was asked for; see `Queue`."""
        rows = self._tables.reading.execute(
            f"{_SHOWN} WHERE (:project IS NULL OR d.project = :project) AND (:clip IS NULL OR j.clip = :clip)"
            " AND (:state IS NULL OR shown = :state) ORDER BY j.submitted, j.rowid, d.project, d.task",
            {"project": project, "clip": clip, "state": state},
        )
        return [_job(row) for row in rows]

    def retry(self, project: int | None = None, clip: str | None = None) -> int:
        """Put what failed or was given up in the queue again; see `Queue`."""
        now = time.time()
        asked = {"project": project, "clip": clip, "now": now}
        with self._tables.changing() as database:
            keys = database.execute(
                "SELECT DISTINCT j.key FROM jobs j LEFT JOIN destinations d ON d.job = j.key"
                " WHERE j.state IN ('failed', 'dead') AND (:project IS NULL OR d.project = :project)"
                " AND (:clip IS NULL OR j.clip = :clip)",
                asked,
            ).fetchall()
            for row in keys:
                queue_again(database, row["key"], now)
            offered = database.execute(
                "UPDATE destinations SET delivery = 'due', due = :now, attempts = 0, nl = NULL, en = NULL"
                " WHERE delivery IN ('failed', 'dead') AND (:project IS NULL OR project = :project)"
                " AND (:clip IS NULL OR job IN (SELECT key FROM jobs WHERE clip = :clip))",
                asked,
            ).rowcount
        return len(keys) + offered

    def figures(self) -> Figures:
        """Return the queue in numbers; see `Queue`."""
        database, now = self._tables.reading, time.time()
        counted = dict(database.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())
        (first,) = database.execute("SELECT min(submitted) FROM jobs WHERE state = 'queued'").fetchone()
        (deliveries,) = database.execute("SELECT count(*) FROM destinations WHERE delivery = 'due'").fetchone()
        (workers,) = database.execute("SELECT count(*) FROM workers WHERE seen > ?", (now - WORKER_SECONDS,)).fetchone()
        return Figures(
            states={state: counted.get(state, 0) for state in STATES},
            deliveries=deliveries,
            oldest=0.0 if first is None else max(0.0, now - first),
            workers=workers,
            totals=dict(database.execute("SELECT name, value FROM totals").fetchall()),
        )

    def count(self, name: str, amount: float = 1.0) -> None:
        """Add to a total; see `Queue`."""
        with self._tables.changing() as database:
            add(database, name, amount)

    def _ask(self, database: sqlite3.Connection, asked: Asked, now: float, urgent: bool) -> None:
        work, turns = asked.work, asked.turns
        row = database.execute("SELECT state FROM jobs WHERE key = ?", (work.key,)).fetchone()
        if row is None:
            database.execute(
                "INSERT INTO jobs (key, address, clip, version, state, urgent, submitted, due)"
                " VALUES (?, ?, ?, ?, 'queued', ?, ?, ?)",
                (work.key, work.address, work.clip, work.version, urgent, now, now),
            )
        elif row["state"] == "done" and turns is None:
            # The folder with finished turns was emptied.
            queue_again(database, work.key, now)
        if turns is not None:
            database.execute(
                "UPDATE jobs SET state = 'done', turns = ?, ended = ?, progress = 1, nl = NULL, en = NULL"
                " WHERE key = ? AND state != 'working'",
                (turns, now, work.key),
            )
        if urgent:
            database.execute("UPDATE jobs SET urgent = 1 WHERE key = ? AND state = 'queued'", (work.key,))
        if asked.destination is not None:
            self._aim(database, work.key, asked.destination)

    def _aim(self, database: sqlite3.Connection, key: str, destination: Destination) -> None:
        interface = hashlib.sha256(destination.interface.encode()).hexdigest()
        database.execute("INSERT OR IGNORE INTO interfaces VALUES (?, ?)", (interface, destination.interface))
        place = (destination.project, destination.task)
        before = database.execute("SELECT job FROM destinations WHERE project = ? AND task = ?", place).fetchone()
        (state,) = database.execute("SELECT state FROM jobs WHERE key = ?", (key,)).fetchone()
        delivery = ("due" if state == "done" else "waiting") if self._pushes else "none"
        database.execute(
            "INSERT OR REPLACE INTO destinations (project, task, job, interface, delivery) VALUES (?, ?, ?, ?, ?)",
            (*place, key, interface, delivery),
        )
        if before is not None and before["job"] != key:
            # The clip or the model is another by now; nobody waits for the old turns.
            database.execute(
                "DELETE FROM jobs WHERE key = ? AND state != 'working'"
                " AND NOT EXISTS (SELECT 1 FROM destinations WHERE job = jobs.key)",
                (before["job"],),
            )


def queue_again(database: sqlite3.Connection, key: str, now: float) -> None:
    """Begin the work of a key anew."""
    database.execute(
        "UPDATE jobs SET state = 'queued', submitted = :now, due = :now, attempts = 0, progress = 0, owner = NULL,"
        " nl = NULL, en = NULL, turns = NULL, ended = NULL WHERE key = :key",
        {"key": key, "now": now},
    )
    database.execute("UPDATE destinations SET delivery = 'waiting' WHERE job = ? AND delivery != 'none'", (key,))


def add(database: sqlite3.Connection, name: str, amount: float = 1.0) -> None:
    """Add to a total."""
    database.execute(
        "INSERT INTO totals VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
        (name, amount),
    )


def _job(row: sqlite3.Row) -> Job:
    return Job(
        clip=row["clip"],
        project=row["project"],
        task=row["task"],
        state=row["shown"],
        progress=row["progress"],
        reason=None if row["why_en"] is None else Text(nl=row["why_nl"], en=row["why_en"]),
        attempts=row["tried"],
        position=row["position"],
    )
