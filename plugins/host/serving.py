"""The server of `scripts/up`: ``python -m plugins.host.serving NAME:APPLICATION``. It keeps no thread for who is slow.

One thread reads and writes all connections (waitress); a request goes to a worker when it is there as a
whole, and its answer is sent without one. So a body that trickles in and a reader that trickles out cost
a connection each; of those an address may have so many. Behind nginx, which does the same, gunicorn serves.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from copy import copy
from importlib import import_module
from multiprocessing import connection
from types import FrameType
from typing import Any, NoReturn

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer

from .body_limits import ANONYMOUS, LARGEST, is_known, most_bytes

THREADS = 8
BACKLOG = 1024
MOST_CONNECTIONS = 500
MOST_OF_ADDRESS = 200
"""Connections from one address: a class of thirty, with the six that a browser makes."""

MOST_BYTES_OF_ADDRESS = 4 * LARGEST
"""Bytes of bodies that are on their way from one address together: they lie on the disk until they are whole."""

HEADER_SECONDS = 20.0
BODY_SECONDS = 300.0
"""How long a request may take to arrive."""

IDLE_SECONDS = 75
"""How long a connection may carry nothing."""

CLEANING_SECONDS = 2

log = logging.getLogger("vib.serving")


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Refuses a body that is too large as soon as its headers are there."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers; from them follows how large the body may be."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            headers = {f"HTTP_{name}": value for name, value in self.headers.items()}
            small = not self.chunked and self.content_length <= ANONYMOUS
            own: Any = copy(self.adj)  # type: ignore[has-type]  # waitress has none
            # waitress refuses what is as large as this.
            own.max_request_body_size = 1 + (ANONYMOUS if small else most_bytes(self.path, known=is_known(headers)))
            self.adj = own


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when its request is on its way."""

    parser_class = Parser
    begun = 0.0

    def received(self, data: bytes) -> Any:
        """Take what arrived."""
        if self.request is None:
            self.begun = time.monotonic()
        taken = super().received(data)
        if self.pending > ANONYMOUS and self.server.pending_of(self.addr[0]) > MOST_BYTES_OF_ADDRESS:
            self.will_close = True
        return taken

    @property
    def pending(self) -> int:
        """Bytes of the body that is on its way: announced, or here already."""
        request = self.request
        return max(request.content_length, request.body_bytes_received) if request is not None else 0

    def is_late(self, now: float) -> bool:
        """Tell whether a request takes too long to arrive."""
        if self.request is None:
            return False
        return bool(now - self.begun > (BODY_SECONDS if self.request.headers_finished else HEADER_SECONDS))


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Gives each address so many connections, and each request so much time to arrive."""

    channel_class = Channel
    refused = 0

    def fix_addr(self, addr: Any) -> Any:
        """Return the address of a new connection."""
        return addr

    def handle_accept(self) -> None:
        """Take a connection, unless its address has enough."""
        before = set(self.active_channels)
        super().handle_accept()
        for number in set(self.active_channels) - before:
            channel = self.active_channels[number]
            if sum(one.addr[0] == channel.addr[0] for one in self.active_channels.values()) > MOST_OF_ADDRESS:
                self.refused += 1
                channel.handle_close()

    def pending_of(self, address: str) -> int:
        """Return how many bytes of bodies are on their way from an address."""
        return sum(one.pending for one in list(self.active_channels.values()) if one.addr[0] == address)

    def maintenance(self, now: float) -> None:
        """Close what is idle, and what takes too long to arrive."""
        super().maintenance(now)
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_late(moment):
                channel.will_close = True
        if self.refused:
            log.warning("%s connections were refused: their address had %s", self.refused, MOST_OF_ADDRESS)
            self.refused = 0


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that waits for connections; processes can share it."""
    (family, kind, number, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = socket.socket(family, kind, number)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind(address)
    found.listen(BACKLOG)
    return found


def make_server(application: Any, sock: socket.socket, threads: int = THREADS) -> Server:
    """Return a server on a socket; `run` serves until a `SystemExit` in its thread."""
    adjustments = Adjustments(
        threads=threads,
        backlog=BACKLOG,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANING_SECONDS,
        # The one thread that reads for all is asked for less often while recordings are sent.
        recv_bytes=64 * 1024,
        max_request_header_size=64 * 1024,
        max_request_body_size=LARGEST + 1,
        inbuf_overflow=128 * 1024,
        outbuf_overflow=256 * 1024,
        asyncore_use_poll=True,
        ident=None,
    )
    about = (sock.family, sock.type, sock.proto, sock.getsockname())
    return Server(application, _sock=sock, adj=adjustments, bind_socket=False, sockinfo=about)


def main() -> None:
    """Serve an application until the process is told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("application", help="plugins.wsgi:application")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=THREADS)
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopped)
    sock = listening(asked.host, asked.port)
    if asked.processes == 1:
        _serve(asked.application, sock, asked.threads)
    else:
        _serve_in(asked.processes, lambda: _serve(asked.application, sock, asked.threads))


def _serve(application: str, sock: socket.socket, threads: int) -> None:
    # One line for each request that waits for a worker would be a line a request.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    module, _, name = application.partition(":")
    make_server(getattr(import_module(module), name), sock, threads).run()


def _serve_in(processes: int, serve: Callable[[], None]) -> None:
    """Serve in so many processes; when one ends, or this one is told to stop, all of them end."""
    context = multiprocessing.get_context("fork")
    started = [context.Process(target=serve) for _ in range(processes)]
    try:
        for process in started:
            process.start()
        connection.wait([process.sentinel for process in started])
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.join()
    raise SystemExit(1)


def _stopped(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit


if __name__ == "__main__":
    main()
