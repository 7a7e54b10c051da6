"""Recordings that are sent while others code: by somebody with a family of their own, over a line of a given speed."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from load_coders import Browser, Goal, Told

FAMILY = "F-SEND"
PIECE = 8 * 1024 * 1024
"""Bytes of a piece, as the page makes them on a good line."""

LENGTH = 4 * 10**9
BYTES_A_SECOND = 12.5e6
"""Of each recording: a line of 100 Mbit/s."""

TUS = {"Tus-Resumable": "1.0.0"}
_BEGINNING = threading.Lock()


@contextmanager
def sending(goal: Goal, account: Mapping[str, str], several: int) -> Iterator[Counter[str]]:
    """Send so many recordings at once meanwhile; yield how many pieces and bytes of them arrived."""
    done, told = threading.Event(), Counter[str]()
    browsers = [Browser(goal, 190 + number, Told()) for number in range(several)]
    for browser in browsers:
        if not browser.sign_in(account["email"], account["password"]):
            raise RuntimeError("the sender cannot sign in")
    threads = [threading.Thread(target=_send, args=(browser, done, told)) for browser in browsers]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _send(browser: Browser, done: threading.Event, told: Counter[str]) -> None:
    piece, place, offset = os.urandom(PIECE), "", 0
    while not done.is_set():
        if not place:
            place, offset = _begun(browser), 0
        began = time.monotonic()
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        status, said = browser.ask("piece", "PATCH", place, piece, headers)
        told[f"status {status}"] += 1
        if status != 204:
            raise RuntimeError(f"a piece was answered {status}: {said[:200]!r}")
        offset += PIECE
        told["bytes"] += PIECE
        place = place if offset + PIECE <= LENGTH else ""
        done.wait(max(0.0, PIECE / BYTES_A_SECOND - (time.monotonic() - began)))


def _begun(browser: Browser) -> str:
    """Begin a recording and return its address."""
    named = {**TUS, "Upload-Length": str(LENGTH), "Upload-Metadata": "filename YS5tcDQ="}
    begin = f"/vib/intake/{FAMILY}/sending/"
    with _BEGINNING:
        before = _addresses(browser, begin)
        status, said = browser.ask("begin", "POST", begin, b"", named)
        if status != 201:
            raise RuntimeError(f"a recording cannot be sent: {status} {said[:200]!r}")
        [made] = _addresses(browser, begin) - before
    return made


def _addresses(browser: Browser, begin: str) -> set[str]:
    _, said = browser.ask("list", "GET", begin)
    return {one["address"] for one in json.loads(said)["recordings"]}
