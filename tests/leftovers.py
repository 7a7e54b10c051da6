"""What tests must not hand on: a thread or a process left behind fails the test, the environment is put back."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import children
from tests.waiting import until

SECONDS = 10.0
"""How long what ends may take to end."""

LASTING = ("multiprocessing.resource_tracker", "tests.commands", "thread asyncio_", "vib-outbox")
"""What a test may be the first to need, and what goes on for those after it."""


@pytest.fixture(autouse=True)
def environment_is_put_back() -> Iterator[None]:
    """Undo what a command that runs in this process sets in the environment, which only its own process is to have."""
    before = dict(os.environ)
    yield
    if dict(os.environ) != before:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    """Fail a test after which a thread or a process runs that did not run before it."""
    threads, processes = set(threading.enumerate()), set(children(os.getpid()))
    yield
    left: list[str] = []

    def ended() -> bool:
        found = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads]
        found += [f"process {command(number)}" for number in children(os.getpid()) if number not in processes]
        left[:] = [one for one in found if not any(lasting in one for lasting in LASTING)]
        return not left

    try:
        until(ended, SECONDS)
    except AssertionError:
        pytest.fail(f"left running: {', '.join(left)}", pytrace=False)


def command(number: int) -> str:
    """Return the command of a process."""
    try:
        return Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
    except OSError:
        return ""
