"""The queue in an SQLite file, as workers see it: taking work under a lease, and saying what came of it."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from dataclasses import dataclass
from typing import final

from backend_ml.config import Config
from backend_ml.jobs.job import Work, delay
from backend_ml.jobs.outcome import Cut, Problem, tell
from backend_ml.jobs.process import may_be_alive
from backend_ml.jobs.sqlite_queue import WORKER_SECONDS, add, queue_again
from backend_ml.jobs.tables import Tables
from vib.job import ENDED
from vib.language import Text

KEEP_SECONDS = 90 * 86_400.0
"""How long it is remembered what came of a clip."""

FORGET_SECONDS = 86_400.0
"""How often what is kept too long is dropped."""

DELIVERY_SECONDS = 60.0
"""How long one worker has for offering turns before another may."""

LOST = Text(nl="het werk brak af: het proces is gestopt", en="the work broke off: its process has stopped")

_NEXT_DELIVERY = """
SELECT d.project, d.task, d.job, d.attempts, j.turns, i.content
FROM destinations d JOIN jobs j ON j.key = d.job JOIN interfaces i ON i.sha256 = d.interface
WHERE d.delivery = 'due' AND d.due <= ? ORDER BY d.due LIMIT 1
"""


@final
@dataclass(frozen=True, slots=True)
class Delivery:
    """Turns that are ready, for one task, and how often they were offered to it before."""

    project: int
    task: int
    job: str
    turns: str
    interface: str
    attempts: int


@final
class Claims:
    """Takes work out of the queue for one worker.

    Parameters
    ----------
    owner : str
        The worker, as `backend_ml.jobs.process.this_process` names it.
    """

    def __init__(self, config: Config, owner: str) -> None:
        self._config = config
        self._owner = owner
        self._tables = Tables(config.queue)

    def claim(self) -> Work | None:
        """Take what is next in line; what a lost worker had goes back into it first."""
        now = time.time()
        if not self._something(now):
            return None
        with self._tables.changing() as database:
            self._take_back(database, now)
            row = database.execute(
                "SELECT key, address, clip, version FROM jobs WHERE state = 'queued' AND due <= ?"
                " ORDER BY urgent DESC, submitted, rowid LIMIT 1",
                (now,),
            ).fetchone()
            if row is None:
                return None
            database.execute(
                "UPDATE jobs SET state = 'working', owner = ?, lease = ?, attempts = attempts + 1, progress = 0"
                " WHERE key = ?",
                (self._owner, now + self._config.lease_seconds, row["key"]),
            )
        return Work(row["key"], row["address"], row["clip"], row["version"])

    def hold(self, key: str, progress: float) -> bool:
        """Say that the work goes on, and how far it is; False when another worker has it by now."""
        now = time.time()
        with self._tables.changing() as database:
            self._sign(database, now)
            held = database.execute(
                "UPDATE jobs SET lease = ?, progress = ? WHERE key = ? AND state = 'working' AND owner = ?",
                (now + self._config.lease_seconds, progress, key, self._owner),
            ).rowcount
        return held == 1

    def conclude(self, key: str, outcome: Cut | Problem) -> None:
        """Say what came of the work."""
        if isinstance(outcome, Cut):
            self.finish(key, outcome)
        else:
            self.fail(key, outcome)

    def finish(self, key: str, cut: Cut) -> None:
        """Say that there are turns; they go to the tasks that wait for them."""
        now = time.time()
        with self._tables.changing() as database:
            done = database.execute(
                "UPDATE jobs SET state = 'done', turns = ?, ended = ?, progress = 1, owner = NULL, nl = NULL, en = NULL"
                " WHERE key = ? AND state = 'working' AND owner = ?",
                (cut.turns, now, key, self._owner),
            ).rowcount
            if done:
                database.execute(
                    "UPDATE destinations SET delivery = 'due', due = ?, attempts = 0, nl = NULL, en = NULL"
                    " WHERE job = ? AND delivery = 'waiting'",
                    (now, key),
                )
                for name, amount in cut.totals():
                    add(database, name, amount)

    def fail(self, key: str, problem: Problem) -> None:
        """Say that it did not work out; what may pass is tried again, a bounded number of times."""
        now = time.time()
        with self._tables.changing() as database:
            row = database.execute(
                "SELECT key, attempts FROM jobs WHERE key = ? AND state = 'working' AND owner = ?", (key, self._owner)
            ).fetchone()
            if row is not None:
                self._failed(database, row, problem, now)

    def release(self, key: str) -> None:
        """Put work back that we were told to stop, as if it had not begun."""
        with self._tables.changing() as database:
            database.execute(
                "UPDATE jobs SET state = 'queued', owner = NULL, attempts = attempts - 1, progress = 0"
                " WHERE key = ? AND state = 'working' AND owner = ?",
                (key, self._owner),
            )

    def next_delivery(self) -> Delivery | None:
        """Take turns that are to be offered to Label Studio now."""
        now = time.time()
        if self._tables.reading.execute(_NEXT_DELIVERY, (now,)).fetchone() is None:
            return None
        with self._tables.changing() as database:
            row = database.execute(_NEXT_DELIVERY, (now,)).fetchone()
            if row is None:
                return None
            database.execute(
                "UPDATE destinations SET due = ? WHERE project = ? AND task = ?",
                (now + DELIVERY_SECONDS, row["project"], row["task"]),
            )
        place = (row["project"], row["task"], row["job"])
        return Delivery(*place, row["turns"], row["content"], row["attempts"])

    def delivered(self, delivery: Delivery, problem: Problem | None) -> None:
        """Say what came of offering turns; what may pass is offered again, a bounded number of times."""
        now = time.time()
        place = (delivery.project, delivery.task, delivery.job)
        with self._tables.changing() as database:
            row = database.execute(
                "SELECT attempts FROM destinations WHERE project = ? AND task = ? AND job = ? AND delivery = 'due'",
                place,
            ).fetchone()
            if row is None:
                return
            attempts = row["attempts"] + 1
            if problem is not None and problem.gone:
                database.execute("DELETE FROM destinations WHERE project = ? AND task = ? AND job = ?", place)
                add(database, "pushed.failed")
                return
            if problem is None:
                state, due = "delivered", now
            else:
                state, due = self._after(problem, attempts, self._config.push_attempts, now)
            reason = None if problem is None else problem.reason
            database.execute(
                "UPDATE destinations SET delivery = ?, due = ?, attempts = ?, nl = ?, en = ?"
                " WHERE project = ? AND task = ? AND job = ?",
                (state, due, attempts, reason and reason.nl, reason and reason.en, *place),
            )
            add(database, "retries.push" if state == "due" else f"pushed.{state}")
        if problem is not None:
            what = f"turns for task {delivery.task} of project {delivery.project}"
            tell(what, problem, attempts, again=state == "due")

    def cut_again(self, key: str) -> None:
        """Begin anew: the turns that were ready are gone."""
        with self._tables.changing() as database:
            queue_again(database, key, time.time())

    def sign(self) -> None:
        """Give a sign of life."""
        with self._tables.changing() as database:
            self._sign(database, time.time())

    def leave(self) -> None:
        """Say that this worker stops."""
        with self._tables.changing() as database:
            database.execute("DELETE FROM workers WHERE name = ?", (self._owner,))

    def forget(self) -> None:
        """Drop what nobody asks for any more."""
        now = time.time()
        with self._tables.changing() as database:
            database.execute(
                "DELETE FROM jobs WHERE ended < ? AND state IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
                " (SELECT 1 FROM destinations d WHERE d.job = jobs.key AND d.delivery IN ('waiting', 'due'))",
                (now - KEEP_SECONDS, json.dumps(ENDED)),
            )
            database.execute("DELETE FROM interfaces WHERE sha256 NOT IN (SELECT interface FROM destinations)")
            database.execute("DELETE FROM workers WHERE seen < ?", (now - WORKER_SECONDS,))

    def _something(self, now: float) -> bool:
        """Look without keeping others from writing."""
        database = self._tables.reading
        found = database.execute(
            "SELECT 1 FROM jobs WHERE (state = 'queued' AND due <= ?) OR (state = 'working' AND lease < ?) LIMIT 1",
            (now, now),
        ).fetchone()
        return found is not None or any(not may_be_alive(row["owner"]) for row in self._working(database))

    def _working(self, database: sqlite3.Connection) -> list[sqlite3.Row]:
        return database.execute("SELECT key, owner, lease, attempts FROM jobs WHERE state = 'working'").fetchall()

    def _take_back(self, database: sqlite3.Connection, now: float) -> None:
        for row in self._working(database):
            if row["lease"] < now or not may_be_alive(row["owner"]):
                self._failed(database, row, Problem(LOST, passing=True), now)

    def _failed(self, database: sqlite3.Connection, row: sqlite3.Row, problem: Problem, now: float) -> None:
        state, due = self._after(problem, row["attempts"], self._config.attempts, now)
        if state == "due":
            state = "queued"
            if problem.reason == LOST:
                due = now
            add(database, "retries.cut")
        else:
            add(database, f"finished.{state}")
        database.execute(
            "UPDATE jobs SET state = ?, due = ?, owner = NULL, progress = 0, ended = ?, nl = ?, en = ? WHERE key = ?",
            (state, due, now, problem.reason.nl, problem.reason.en, row["key"]),
        )

    def _after(self, problem: Problem, attempts: int, most: int, now: float) -> tuple[str, float]:
        """Return what becomes of something after its attempts so far, and when it is tried again."""
        if not problem.passing:
            return "failed", now
        if attempts >= most:
            return "dead", now
        return "due", now + delay(attempts, self._config.retry_seconds, random.random())  # noqa: S311 - no secret

    def _sign(self, database: sqlite3.Connection, now: float) -> None:
        database.execute("INSERT OR REPLACE INTO workers VALUES (?, ?)", (self._owner, now))
