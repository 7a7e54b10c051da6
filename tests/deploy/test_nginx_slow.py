"""Behind nginx, who is slow holds no server process, and who sends too much is refused before it is read."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from plugins.host.body_limits import ANONYMOUS, CODES, IMPORT, MEGABYTE, ORDINARY, PIECE
from tests.conftest import ROOT, Server
from tests.deploy.test_nginx_media import nginx
from tests.plugins.host.test_host_serving import opened, status

ANSWER = b"x" * (2 * MEGABYTE)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def one_worker(folder: Path) -> Iterator[Server]:
    """Run a server that does one thing at a time, as plainly as can be."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [ANSWER if environ["PATH_INFO"] == "/large" else str(len(sent)).encode()]

    with make_server("127.0.0.1", 0, application, WSGIServer, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            running = subprocess.Popen(["true"])
            running.wait()
            yield Server(f"http://127.0.0.1:{server.server_port}", "", folder, running, (), None)  # type: ignore[arg-type]  # no commands are given
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Run nginx as it is deployed, before a server with one worker."""
    folder = tmp_path_factory.mktemp("slow")
    with one_worker(folder) as behind, nginx(behind, folder) as running:
        found = urlsplit(running.url)
        yield str(found.hostname), int(found.port or 0)


def ask(site: tuple[str, int]) -> int:
    connection = HTTPConnection(*site, timeout=30)
    try:
        connection.request("POST", "/", b"12345")
        answer = connection.getresponse()
        assert answer.read() == b"5"
        return answer.status
    finally:
        connection.close()


def test_slow_bodies_and_slow_readers_leave_the_only_worker_to_the_others(site: tuple[str, int]) -> None:
    with ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(opened(site, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\nslow"))
            reader = slow.enter_context(opened(site, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"))
            assert reader.recv(1) == b"H"
        assert [ask(site) for _ in range(5)] == [200] * 5


@pytest.mark.parametrize(
    ("path", "headers", "length", "answered"),
    [
        ("/", "", ANONYMOUS + 1, 413),
        ("/", "Cookie: csrftoken=x\r\n", ANONYMOUS + 1, 413),
        ("/", "Cookie: sessionid=x\r\n", ORDINARY + 1, 413),
        ("/api/annotations/3/", "Authorization: Token x\r\n", CODES + 1, 413),
        ("/api/projects/3/import", "Authorization: Token x\r\n", IMPORT + 1, 413),
        ("/vib/intake/F-1/sending/a/", "Cookie: sessionid=x\r\n", PIECE + 1, 413),
        ("/api/projects/3/import", "Authorization: Token x\r\n", 3, 200),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_sent(
    site: tuple[str, int], path: str, headers: str, length: int, answered: int
) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n"
    assert status(opened(site, head.encode() + b"abc")) == answered


def test_a_piece_of_a_recording_gets_through(site: tuple[str, int]) -> None:
    connection = HTTPConnection(*site, timeout=30)
    try:
        headers = {"Cookie": "sessionid=x", "Content-Type": "application/offset+octet-stream"}
        connection.request("PATCH", "/vib/intake/F-1/sending/a/", bytes(8 * MEGABYTE), headers)
        assert connection.getresponse().read() == str(8 * MEGABYTE).encode()
    finally:
        connection.close()


def test_the_limits_of_nginx_are_those_of_the_server() -> None:
    written = (ROOT / "deploy/nginx/http.conf").read_text("utf-8") + (ROOT / "deploy/nginx/site.conf").read_text(
        "utf-8"
    )
    sizes = [int(size) * MEGABYTE for size in re.findall(r"client_max_body_size (\d+)m;", written)]
    assert sizes == [ORDINARY, IMPORT, CODES, PIECE]
