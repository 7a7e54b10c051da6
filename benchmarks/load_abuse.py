"""What holds and floods a server: bodies that come a byte at a time, readers that hardly read, one body of 100 MB."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from load_coders import Browser, Goal, Told

SLOW = 8
"""Of each kind at once."""

LARGE = 100 * 1024 * 1024


@contextmanager
def abuse(goal: Goal, account: Mapping[str, str]) -> Iterator[dict[str, int]]:
    """Hold and flood a server meanwhile; yield how often each was ended by it, or what it answered."""
    done = threading.Event()
    told: Counter[str] = Counter()
    browser = Browser(goal, 199, Told())
    if not browser.sign_in(account["email"], account["password"]):
        raise RuntimeError("the abuser cannot sign in")
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    works: list[Callable[[], None]] = [
        *[lambda: _slow_body(goal, done, told)] * SLOW,
        *[lambda: _slow_reader(goal, cookie, done, told)] * SLOW,
        lambda: _large_body(browser, goal, done, told),
    ]
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _head(goal: Goal, first: str, *more: str) -> bytes:
    lines = [first, f"Host: {goal.host}:{goal.port}", *more]
    lines += ["X-Forwarded-Proto: https"] if goal.https else []
    return "\r\n".join([*lines, "", ""]).encode()


def _slow_body(goal: Goal, done: threading.Event, told: Counter[str]) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    while not done.is_set():
        with suppress(OSError), socket.create_connection((goal.host, goal.port), timeout=5) as sent:
            sent.sendall(_head(goal, "POST /user/login/ HTTP/1.1", kind, "Content-Length: 3000"))
            while not done.wait(1.0):
                sent.sendall(b"a")
        told["slow bodies ended by the server"] += not done.is_set()
        done.wait(0.5)


def _slow_reader(goal: Goal, cookie: str, done: threading.Event, told: Counter[str]) -> None:
    asked = _head(goal, "GET /vib/media/F-LOAD/clip0.mp4 HTTP/1.1", f"Cookie: {cookie}")
    while not done.is_set():
        with suppress(OSError), socket.socket() as sent:
            sent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sent.settimeout(5)
            sent.connect((goal.host, goal.port))
            sent.sendall(asked)
            while not done.wait(1.0) and sent.recv(512):
                pass
        told["slow readers ended by the server"] += not done.is_set()
        done.wait(0.5)


def _large_body(browser: Browser, goal: Goal, done: threading.Event, told: Counter[str]) -> None:
    """Send one body of 100 MB: first as nobody, then signed in, once each."""
    large = json.dumps({"result": [], "pad": "a" * LARGE}).encode()
    stranger = Browser(goal, 198, Told())
    for name, who, path in (
        ("100 MB of nobody", stranger, "/user/login/"),
        ("100 MB signed in", browser, f"/api/dm/views/?project={goal.project}"),
    ):
        if not done.is_set():
            began = time.monotonic()
            status, _ = who.ask(name, "POST", path, large)
            told[f"{name}: status {status}"] += 1
            told[f"{name}: milliseconds"] = round(1000 * (time.monotonic() - began))
