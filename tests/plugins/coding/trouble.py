"""Trouble for submits: Label Studio fails half-way, and the server is killed once codes are stored, unanswered."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from importlib import import_module
from itertools import count
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

FAILS_EVERY = 7
KILLED_AFTER = 25
"""Submits that a process stores before it is killed."""

KILLS = ("kill-1", "kill-2", "kill-3")
"""Files in the data folder, one for each time that a process is killed."""

MARK = "X-Trouble"

_asked: ContextVar[int] = ContextVar("asked", default=0)


class Trouble:
    """Makes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._numbers, self._stored = count(1), count(1)
        views: Any = import_module("tasks.api")
        before = views.fill_history_annotation

        def fails_sometimes(*given: Any) -> None:
            before(*given)
            if _asked.get() % FAILS_EVERY == 0:
                raise RuntimeError("half-way")

        views.fill_history_annotation = fails_sometimes

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or not."""
        submits = request.method == "POST" and request.path.endswith("/annotations/")
        if not submits:
            return self.get_response(request)
        _asked.set(next(self._numbers))
        response = self.get_response(request)
        if _asked.get() % FAILS_EVERY == 0:
            response[MARK] = "half-way"
        elif response.status_code == 201 and next(self._stored) == KILLED_AFTER:
            for name in KILLS:
                with suppress(FileNotFoundError):
                    (settings.VIB.data / name).unlink()
                    os.kill(os.getpid(), signal.SIGKILL)
        return response
