"""What is to be told to the ML backend, sent apart from the requests in which it came up.

Each server process has its own, in memory. What was not sent when the server stops is not sent later:
the codes themselves are in the database, but the backend does not hear of them.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, final

import httpx

from . import backend

MOST = 1_000
"""Messages that may wait; a newer one then has no place, unless it is urgent."""

DELAYS = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before each further attempt."""

SECONDS = 10.0
"""How long one attempt may take."""

log = logging.getLogger("vib.turns")


@final
@dataclass(order=True, frozen=True, slots=True)
class _Message:
    due: float
    number: int
    attempt: int = field(compare=False)
    path: str = field(compare=False)
    body: dict[str, Any] = field(compare=False)
    about: int | None = field(compare=False)


@final
class Outbox:
    """Messages, each with the moment from which it may be tried, and the thread that sends them.

    Parameters
    ----------
    delays : tuple[float, ...]
        Seconds before each further attempt; after the last the message is given up.
    most : int
        Messages that may wait.
    """

    def __init__(self, delays: tuple[float, ...] = DELAYS, most: int = MOST) -> None:
        self._delays = delays
        self._most = most
        self._waiting: list[_Message] = []
        self._sending = 0
        self._numbers = count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def send(self, path: str, body: dict[str, Any], about: int | None = None, urgent: bool = False) -> bool:
        """Have something posted to the backend soon; tell whether there was place for it.

        Parameters
        ----------
        about : int or None
            The annotation it is about. What still waits about the same one is not sent any more.
        urgent : bool
            It goes before what waits, and there is always place for it.
        """
        with self._changed:
            if about is not None:
                self._waiting = [message for message in self._waiting if message.about != about]
                heapq.heapify(self._waiting)
            if len(self) >= self._most and not urgent:
                log.warning("a message to the ML backend (%s) was left out: too many wait", path)
                return False
            self._put(_Message(0.0 if urgent else time.monotonic(), next(self._numbers), 0, path, body, about))
            # Not before there is something to send: a server process is forked after this was made.
            if self._thread is None or not self._thread.is_alive():
                self._sending = 0
                self._thread = threading.Thread(target=self._run, name="vib-outbox", daemon=True)
                self._thread.start()
        return True

    def __len__(self) -> int:
        """Return how many messages wait or are being sent."""
        return len(self._waiting) + self._sending

    def _put(self, message: _Message) -> None:
        heapq.heappush(self._waiting, message)
        self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting or self._waiting[0].due > time.monotonic():
                    self._changed.wait(self._waiting[0].due - time.monotonic() if self._waiting else None)
                message = heapq.heappop(self._waiting)
                self._sending = 1
            posted = _posted(message.path, message.body)
            with self._changed:
                self._sending = 0
                if not posted:
                    self._again(message)

    def _again(self, message: _Message) -> None:
        if message.about is not None and any(newer.about == message.about for newer in self._waiting):
            return
        if message.attempt >= len(self._delays):
            log.warning("a message to the ML backend (%s) was given up", message.path)
            return
        due = time.monotonic() + self._delays[message.attempt]
        self._put(replace(message, due=due, attempt=message.attempt + 1))


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
