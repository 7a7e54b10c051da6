"""A small ML backend that says what a test wants, on a real port, and keeps what it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.waiting import PATIENCE


@dataclass
class Backend:
    """What it answers, `once` before `status`, and what it was told: path, authorization and body.

    While `going` is not set it lets wait for its answer who tells it something.
    """

    jobs: list[dict[str, Any]] = field(default_factory=list)
    health: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    once: list[int] = field(default_factory=list)
    going: threading.Event = field(default_factory=threading.Event)
    told: list[tuple[str, str, Any]] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, path: str, authorization: str, body: Any) -> None:
        """Keep what it is told, and wake who waits for that."""
        with self.more:
            self.told.append((path, authorization, body))
            self.more.notify_all()

    def wait_for(self, count: int, seconds: float = PATIENCE, path: str = "") -> list[tuple[str, str, Any]]:
        """Return what it was told at a path, or at any, once it is so much."""

        def found() -> list[tuple[str, str, Any]]:
            return [one for one in self.told if one[0].startswith(path)]

        with self.more:
            assert self.more.wait_for(lambda: len(found()) >= count, seconds), self.told
            return found()


@contextmanager
def standing_in() -> Iterator[tuple[Backend, str]]:
    """Listen on 127.0.0.1 for as long as it is needed; yield its address too."""
    backend = Backend()
    backend.going.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(backend.health if self.path == "/health" else {"jobs": backend.jobs, "counts": {}})

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            backend.hear(self.path, self.headers.get("Authorization", ""), json.loads(content))
            backend.going.wait(PATIENCE)
            self._answer({"jobs": []})

        def _answer(self, body: Any) -> None:
            content = json.dumps(body).encode()
            self.send_response(backend.once.pop(0) if backend.once else backend.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield backend, f"http://127.0.0.1:{server.server_port}"
        finally:
            backend.going.set()
            server.shutdown()
            thread.join()
