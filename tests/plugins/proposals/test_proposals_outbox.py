"""What is to be told to the ML backend is told once and in order, by whichever process is left to tell it."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, free_port
from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import backend
from tests.plugins.proposals.standin import Backend, standing_in
from tests.waiting import until

LOCKS = Path("/proc/locks")
"""Where Linux says who holds a lock, and after an arrow who waits for it."""

PROCESS = """
import sys
from pathlib import Path
from types import SimpleNamespace
from django.conf import settings

settings.configure(VIB=SimpleNamespace(data=Path(sys.argv[1]), ml_url=sys.argv[2], ml_secret="geheim"))
from plugins.proposals.outbox import outbox

outbox.start()
print("ready", flush=True)
for line in sys.stdin:
    about, at, word = line.split()
    outbox.send("/about", {"n": word}, about=int(about), at=float(at))
    print("kept", flush=True)
"""
"""A server process, as far as the outbox goes: it sends what it reads, and what others left."""


@contextmanager
def serving(data: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server process once it reads, and kill it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, data, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def keep(process: subprocess.Popen[str], about: int, at: float, word: str) -> None:
    """Have a process send something, and wait until it is in the file."""
    assert process.stdin is not None
    assert process.stdout is not None
    print(about, at, word, file=process.stdin, flush=True)
    assert process.stdout.readline() == "kept\n"


def words(told: list[tuple[str, str, Any]]) -> list[str]:
    """Return what the backend was told, in order."""
    return [body["n"] for _, _, body in told]


@pytest.mark.waits
def test_what_a_killed_process_could_not_send_is_sent_after_a_restart(tmp_path: Path) -> None:
    now = time.time()
    with serving(tmp_path, f"http://127.0.0.1:{free_port()}") as nowhere:
        for number in (1, 2, 3):
            keep(nowhere, number, now, f"clip-{number}")
        keep(nowhere, 2, now + 1, "newer")
    file = tmp_path / "outbox.sqlite3"
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"clip-2" not in file.read_bytes()
    with standing_in() as (told, address), serving(tmp_path, address):
        assert sorted(words(told.wait_for(3))) == ["clip-1", "clip-3", "newer"]
        # Nothing is left of what was taken, in this file or another.
        until_nowhere(tmp_path, b"clip-", b"newer")


def until_nowhere(folder: Path, *words: bytes) -> None:
    """Wait until no file in a folder holds any of these words."""
    until(lambda: not any(word in file.read_bytes() for file in folder.iterdir() for word in words))


def until_it_waits_for_a_lock(process: subprocess.Popen[str]) -> None:
    """Wait until a process waits for a lock that another one holds."""

    def waits() -> bool:
        lines = [line.split() for line in LOCKS.read_text(encoding="ascii").splitlines()]
        return any("->" in words and str(process.pid) in words for words in lines)

    until(waits)


@pytest.mark.waits
def test_of_several_processes_one_sends_and_when_it_is_killed_another_goes_on(tmp_path: Path) -> None:
    now = time.time()
    with standing_in() as (told, address), ExitStack() as later:
        with serving(tmp_path, address) as first:
            keep(first, 0, now, "begin")
            told.wait_for(1)
            second = later.enter_context(serving(tmp_path, address))
            until_it_waits_for_a_lock(second)
            told.going.clear()
            keep(first, 1, now, "creation")
            told.wait_for(2)
            # It is under way: nobody sends what came after it, nor itself again.
            keep(second, 1, now + 1, "deletion")
            keep(second, 2, now, "other")
            assert words(told.told) == ["begin", "creation"]
            # What is older than what waits comes too late.
            keep(first, 1, now + 0.5, "change")
            told.going.set()
            assert words(told.wait_for(4)) == ["begin", "creation", "deletion", "other"]
            # What was taken from a process that is killed before it could note that would come twice.
            until_nowhere(tmp_path, b"deletion", b"other")
        keep(second, 3, now, "after")
        assert words(told.wait_for(5))[4:] == ["after"]


def give_up() -> float:
    """End the thread that runs this."""
    raise SystemExit


@contextmanager
def sending(**options: Any) -> Iterator[tuple[Any, Backend]]:
    """Give an outbox of its own that has begun to send, and the backend that hears of it."""
    from plugins.proposals.outbox import Outbox

    with tempfile.TemporaryDirectory() as folder, backend() as told:
        outbox = Outbox(Path(folder) / "outbox.sqlite3", **options)
        outbox.start()
        try:
            yield outbox, told
        finally:
            told.going.set()
            outbox._send_next = give_up  # type: ignore[method-assign]
            outbox._sent.set()
            assert outbox._thread is not None
            outbox._thread.join()


def emptied(outbox: Any, left: int = 0) -> None:
    """Wait until so many messages are left."""
    until(lambda: len(outbox) == left)


@pytest.mark.waits
@inside
def test_a_message_is_tried_until_it_is_taken(world: World) -> None:
    with sending(delays=(0.05, 0.05)) as (outbox, told):
        # A wrong secret can be mended, and an older backend renewed.
        told.once = [503, 401, 429, 500, 501, 408]
        outbox.send("/again", {"n": 1})
        # One that is given up is gone too: then it was told less often.
        emptied(outbox)
        assert words(told.wait_for(1, path="/again")) == [1] * 7


@pytest.mark.waits
@inside
def test_a_message_that_nobody_takes_for_too_long_is_given_up(world: World) -> None:
    with sending(delays=(0.05,), kept=3_600.0) as (outbox, told):
        told.status = 503
        outbox.send("/again", {"n": "old"}, at=time.time() - 7_200)
        outbox.send("/again", {"n": "new"})
        emptied(outbox, 1)
        assert words(told.wait_for(4, path="/again"))[:4] == ["old", "new", "new", "new"]
        told.status = 200
        emptied(outbox)


@contextmanager
def logged() -> Iterator[list[str]]:
    """Give what is logged meanwhile, where logging is off otherwise."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    logger, kept = logging.getLogger("vib.turns"), Kept()
    logger.addHandler(kept)
    off = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    try:
        yield lines
    finally:
        logging.disable(off)
        logger.removeHandler(kept)


@inside
def test_what_is_told_again_and_again_is_one_line_in_the_log(world: World) -> None:
    with logged() as lines, sending(delays=(0.02,)) as (outbox, told):
        told.status = 503
        for number in (1, 2):
            outbox.send("/again", {"n": number})
        told.wait_for(6, path="/again")
        told.status = 200
        emptied(outbox)
        assert [line.partition(":")[0] for line in lines if "/again" in line] == [
            "the ML backend did not take a message (/again)"
        ]


@inside
def test_a_message_that_is_refused_is_not_tried_again(world: World) -> None:
    with sending(delays=(0.02,)) as (outbox, told):
        for count, status in enumerate((400, 403, 404, 413), start=1):
            told.status = status
            outbox.send("/refused", {"n": count})
            told.wait_for(count, path="/refused")
            emptied(outbox)
        assert words(told.wait_for(4, path="/refused")) == [1, 2, 3, 4]


@inside
def test_what_is_newer_about_an_annotation_is_sent_in_place_of_what_was_not_taken(world: World) -> None:
    with sending(delays=(600.0,)) as (outbox, told):
        told.once = [503, 503]
        outbox.send("/about", {"n": "created"}, about=7)
        outbox.send("/about", {"n": "other"}, about=8)
        told.wait_for(2, path="/about")
        outbox.send("/about", {"n": "deleted"}, about=7, urgent=True)
        assert words(told.wait_for(3, path="/about")) == ["created", "other", "deleted"]
        emptied(outbox, 1)


@pytest.mark.waits
@inside
def test_what_is_being_sent_in_vain_gives_way_to_what_is_newer(world: World) -> None:
    with sending(delays=(600.0,)) as (outbox, told):
        told.once = [503]
        told.going.clear()
        outbox.send("/about", {"n": "created"}, about=7)
        told.wait_for(1, path="/about")
        outbox.send("/about", {"n": "deleted"}, about=7, urgent=True)
        told.going.set()
        assert words(told.wait_for(2, path="/about")) == ["created", "deleted"]
        emptied(outbox)


@inside
def test_what_is_urgent_goes_before_what_waits(world: World) -> None:
    with sending() as (outbox, told):
        told.going.clear()
        outbox.send("/about", {"n": 1}, about=1)
        told.wait_for(1, path="/about")
        for number in (2, 3):
            outbox.send("/about", {"n": number}, about=number)
        outbox.send("/about", {"n": 4}, about=4, urgent=True)
        told.going.set()
        assert words(told.wait_for(4, path="/about")) == [1, 4, 2, 3]
