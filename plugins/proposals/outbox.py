"""What is to be told to the ML backend, sent apart from the requests in which it came up.

It waits in a file that all server processes share, and one of them sends: so it outlives a restart, and
nothing overtakes what is older. A message is deleted as soon as it was taken.
"""

from __future__ import annotations

import fcntl
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, final

import httpx
from django.conf import settings

from . import backend

DELAYS = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before each further attempt; the last counts for all that follow."""

KEPT = 30 * 86_400.0
"""Seconds after which a message that nobody took is given up."""

LOOK = 1.0
"""Seconds after which is looked for what other processes left to be sent."""

SECONDS = 10.0
"""How long one attempt may take."""

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""

# A number is never used again, so that finishing one message leaves alone what took its place meanwhile.
_TABLE = """
CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, about INTEGER UNIQUE, path TEXT NOT NULL, body TEXT NOT NULL,
    at REAL NOT NULL, due REAL NOT NULL, attempt INTEGER NOT NULL DEFAULT 0
) STRICT
"""

log = logging.getLogger("vib.turns")


@final
class Outbox:
    """Messages in an SQLite file that only its owner reads, and the thread that sends them.

    The journal is not WAL: that would keep a copy of what was deleted.

    Parameters
    ----------
    file : Path
        Made when there is something to send. Beside it is a lock, which who sends holds.
    delays : tuple[float, ...]
        Seconds before each further attempt.
    kept : float
        Seconds after which a message is given up.
    """

    def __init__(self, file: Path, delays: tuple[float, ...] = DELAYS, kept: float = KEPT) -> None:
        self._file = file
        self._delays = delays
        self._kept = kept
        self._sent = threading.Event()
        self._stuck = False
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def send(
        self,
        path: str,
        body: dict[str, Any],
        about: int | None = None,
        at: float | None = None,
        urgent: bool = False,
    ) -> None:
        """Have something posted to the backend soon, by a process that has started, and again until it is taken.

        Parameters
        ----------
        about : int or None
            The annotation it is about. Of messages about the same one only the newest is sent.
        at : float or None
            Moment of what it tells, in seconds since 1970; None is now.
        urgent : bool
            It goes before what waits.
        """
        at = time.time() if at is None else at
        with self._open() as database:
            database.execute("DELETE FROM message WHERE about = ? AND at <= ?", (about, at))
            database.execute(
                "INSERT INTO message (about, path, body, at, due) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (about, path, json.dumps(body), at, 0.0 if urgent else time.time()),
            )
        self._sent.set()

    def start(self) -> None:
        """Send what waits from now on, also what a process left that has ended. Starting again does nothing."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="vib-outbox", daemon=True)
                self._thread.start()

    def __len__(self) -> int:
        """Return how many messages wait or are being sent."""
        with self._open() as database:
            return int(database.execute("SELECT count(*) FROM message").fetchone()[0])

    def _run(self) -> None:
        with self._file.with_suffix(".lock").open("a") as lock:
            # Kept until this process ends, however that happens; then another one goes on.
            fcntl.flock(lock, fcntl.LOCK_EX)
            while True:
                try:
                    pause = self._send_next()
                except (sqlite3.Error, OSError) as error:
                    log.warning("what is to be told to the ML backend cannot be read: %s", error)
                    pause = PATIENCE
                if pause > 0:
                    self._sent.wait(pause)
                    self._sent.clear()

    def _send_next(self) -> float:
        """Try what is due first; return after how many seconds there may be more to do."""
        with self._open() as database:
            found = database.execute(
                "SELECT number, path, body, at, due, attempt FROM message ORDER BY due, number LIMIT 1"
            ).fetchone()
        if found is None:
            return LOOK
        number, path, body, at, due, attempt = found
        if due > time.time():
            return float(min(LOOK, due - time.time()))
        reason = _posted(path, body)
        if reason is not None and attempt == 0 and not self._stuck:
            # Not at each attempt, nor for each message while none is taken.
            log.warning("the ML backend did not take a message (%s): %s; it is told again until it does", path, reason)
        self._stuck = reason is not None
        done = reason is None
        if not done and time.time() > at + self._kept:
            log.warning("a message to the ML backend (%s) was given up: %s", path, reason)
            done = True
        again = time.time() + self._delays[min(attempt, len(self._delays) - 1)]
        with self._open() as database:
            if done:
                database.execute("DELETE FROM message WHERE number = ?", (number,))
            else:
                database.execute("UPDATE message SET due = ?, attempt = attempt + 1 WHERE number = ?", (again, number))
        return 0.0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._file.exists():
            self._file.touch(mode=0o600)
        database = sqlite3.connect(self._file, timeout=PATIENCE)
        try:
            database.execute("PRAGMA secure_delete = ON")
            database.execute(_TABLE)
            with database:
                yield database
        finally:
            database.close()


def _posted(path: str, body: str) -> str | None:
    """Post once; return why it is to be posted again, None when it was taken or never will be."""
    headers = {**backend.headers(), "Content-Type": "application/json"}
    try:
        answer = backend.client().post(f"{backend.address()}{path}", content=body, headers=headers, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return repr(error)
    if answer.status_code in (401, 408, 429) or answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.status_code >= 400:
        log.warning("the ML backend refused a message (%s): %s", path, answer.status_code)
    return None


outbox = Outbox(settings.VIB.data / "outbox.sqlite3")
