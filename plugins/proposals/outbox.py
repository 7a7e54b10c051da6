"""What is to be told to the ML backend, sent apart from the requests in which it came up.

Each server process has its own, in memory: what was not sent when the server stops is not sent. The
codes themselves are in the database, so nothing is lost that could not be sent again.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from itertools import count
from typing import Any, final

import httpx

from . import backend

MOST = 1_000
"""Messages that may wait; a newer one then has no place."""

DELAYS = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before each further attempt."""

SECONDS = 10.0
"""How long one attempt may take."""

log = logging.getLogger("vib.turns")


@final
class Outbox:
    """Messages, each with the moment from which it may be tried, and the thread that sends them.

    Parameters
    ----------
    delays : tuple[float, ...]
        Seconds before each further attempt; after the last the message is given up.
    """

    def __init__(self, delays: tuple[float, ...] = DELAYS, most: int = MOST) -> None:
        self._delays = delays
        self._most = most
        self._waiting: list[tuple[float, int, int, str, dict[str, Any]]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def send(self, path: str, body: dict[str, Any]) -> bool:
        """Have something posted to the backend soon; tell whether there was place for it."""
        with self._changed:
            if len(self._waiting) >= self._most:
                log.warning("a message to the ML backend (%s) was left out: too many wait", path)
                return False
            self._put(time.monotonic(), 0, path, body)
            # Not before there is something to send: a server process is forked after this was made.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="vib-outbox", daemon=True)
                self._thread.start()
        return True

    def __len__(self) -> int:
        """Return how many messages wait."""
        return len(self._waiting)

    def _put(self, due: float, attempt: int, path: str, body: dict[str, Any]) -> None:
        heapq.heappush(self._waiting, (due, next(self._numbers), attempt, path, body))
        self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting or self._waiting[0][0] > time.monotonic():
                    self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
                _, _, attempt, path, body = heapq.heappop(self._waiting)
            if _posted(path, body):
                continue
            with self._changed:
                if attempt < len(self._delays):
                    self._put(time.monotonic() + self._delays[attempt], attempt + 1, path, body)
                else:
                    log.warning("a message to the ML backend (%s) was given up", path)


def _posted(path: str, body: dict[str, Any]) -> bool:
    """Post once; tell whether that is the end of it, because it was taken or will never be."""
    try:
        answer = httpx.post(
            f"{backend.address()}{path}", json=body, headers=backend.headers(), timeout=SECONDS, trust_env=False
        )
    except httpx.HTTPError as error:
        log.info("the ML backend did not take a message (%s): %r", path, error)
        return False
    if answer.status_code in (408, 429) or (answer.status_code >= 500 and answer.status_code != 501):
        return False
    if answer.status_code >= 400:
        log.warning("the ML backend refused a message (%s): %s", path, answer.status_code)
    return True


outbox = Outbox()
