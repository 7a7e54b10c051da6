"""A line between two programs of this machine that can be cut at any moment, and is as slow as one likes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

BLOCK = 64 * 1024


class Line:
    """Carries connections to an address; `url` is where they come in."""

    def __init__(self, url: str, bytes_a_second: float | None = None) -> None:
        parts = urlsplit(url)
        self.target = (str(parts.hostname), int(parts.port or 80))
        self.bytes_a_second = bytes_a_second
        self.cuts = 0
        self.carried = 0
        """Bytes that went to the address."""
        self._open: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def cut(self) -> None:
        """Cut everything that goes over it now; what is begun after that goes over it again."""
        self.cuts += 1
        for one in list(self._open):
            _close(one)

    def close(self) -> None:
        """Take it away."""
        # Who waits for a connection hears of nothing else.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.target, timeout=5)
            except OSError:
                _close(near)
                continue
            far.settimeout(None)
            self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                thread = threading.Thread(target=self._carry, args=(one, other, one is near))
                self._threads.append(thread)
                thread.start()

    def _carry(self, one: socket.socket, other: socket.socket, towards: bool) -> None:
        slow = self.bytes_a_second if towards else None
        try:
            while block := one.recv(BLOCK):
                if slow is not None:
                    time.sleep(len(block) / slow)
                if towards:
                    self.carried += len(block)
                other.sendall(block)
        except OSError:
            pass
        finally:
            for end in (one, other):
                self._open.discard(end)
                _close(end)


@contextmanager
def line_to(url: str, bytes_a_second: float | None = None) -> Iterator[Line]:
    """Have a line to an address, and take it away at the end."""
    line = Line(url, bytes_a_second)
    try:
        yield line
    finally:
        line.close()


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
