"""Who is slow holds a connection and nothing else; who sends too much is refused before it is read."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from waitress import wasyncore

from plugins.host import serving
from plugins.host.body_limits import ANONYMOUS, CODES, IMPORT, LARGEST, ORDINARY, most_bytes
from tests.conftest import free_port
from tests.plugins.host.slow_application import CLIP, application
from tests.serving import answer_of
from tests.serving import serving as running

PATIENCE = 30.0
"""Seconds after which a test has failed; nothing here takes one."""

SIGNED = "Authorization: Token x\r\n"


@pytest.fixture
def clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is larger than what fits in any buffer on the way, and takes no room."""
    path = tmp_path / "clip.mp4"
    path.touch()
    os.truncate(path, 64 * 1024**2)
    monkeypatch.setenv(CLIP, str(path))
    return path


@contextmanager
def served(threads: int = 2) -> Iterator[tuple[str, int]]:
    """Serve in a thread, with so many workers."""
    server = serving.make_server(application, serving.listening("127.0.0.1", 0), threads)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield "127.0.0.1", int(server.effective_port)
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(PATIENCE)
        server.task_dispatcher.shutdown()
        assert not thread.is_alive()


def opened(address: tuple[str, int], sent: bytes) -> socket.socket:
    connection = socket.create_connection(address, PATIENCE)
    connection.sendall(sent)
    return connection


def ask(address: tuple[str, int], body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection(*address, timeout=PATIENCE)
    try:
        connection.request("POST" if body else "GET", "/", body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def status(connection: socket.socket) -> int:
    with connection, connection.makefile("rb") as answer:
        return int(answer.readline().split()[1])


@pytest.mark.usefixtures("clip")
def test_slow_bodies_and_slow_readers_keep_no_worker_from_the_others(clip: Path) -> None:
    with served() as address, ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(opened(address, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\nslow"))
            reader = slow.enter_context(opened(address, b"GET /clip HTTP/1.1\r\nHost: x\r\n\r\n"))
            assert reader.recv(1) == b"H"
        for _ in range(20):
            assert ask(address, b"12345") == (200, b"5")


def test_a_clip_that_is_read_slowly_arrives_whole(clip: Path) -> None:
    with served(threads=1) as address, opened(address, b"GET /clip HTTP/1.0\r\n\r\n") as reader:
        assert ask(address) == (200, b"0")
        with reader.makefile("rb") as answer:
            while answer.readline().strip():
                pass
            assert sum(map(len, iter(lambda: answer.read(1024**2), b""))) == clip.stat().st_size


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        (f"Content-Length: {100 * 1024**2}\r\n", 413),
        (f"{SIGNED}Content-Length: {100 * 1024**2}\r\n", 413),
        (f"Content-Length: {ANONYMOUS + 1}\r\n", 413),
        (f"Cookie: a=b\r\n{SIGNED}Content-Length: {ORDINARY + 1}\r\n", 413),
        ("Content-Length: 5\r\nContent-Length: 6\r\n", 400),
        (f"X-Long: {'x' * 70_000}\r\n", 431),
    ],
    ids=["anonymous", "with a token", "more than a form", "more than usual", "two lengths", "headers"],
)
def test_what_is_too_large_is_refused_before_it_is_sent(clip: Path, headers: str, answered: int) -> None:
    with served() as address:
        assert status(opened(address, f"POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())) == answered


def test_a_body_without_length_is_refused_as_soon_as_it_is_too_large_and_a_small_one_is_taken(clip: Path) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with served() as address:
        assert status(opened(address, head + b"3\r\nabc\r\n0\r\n\r\n")) == 200
        piece = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
        assert status(opened(address, head + 3 * piece)) == 413


def test_with_a_token_more_may_be_sent_where_more_is_needed(clip: Path) -> None:
    with served() as address:
        assert ask(address, b"x" * ORDINARY, Authorization="Token x") == (200, str(ORDINARY).encode())
    known = {
        path: most_bytes(path, known=True) for path in ("/api/tasks/3/annotations/", "/api/projects/3/import", "/")
    }
    assert list(known.values()) == [CODES, IMPORT, ORDINARY]
    assert {most_bytes(path, known=False) for path in known} == {ANONYMOUS}
    assert max(known.values()) == LARGEST


@pytest.mark.parametrize("sent", [b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow", b""])
def test_a_request_that_does_not_arrive_in_time_is_ended(
    clip: Path, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEADER_SECONDS", "BODY_SECONDS", "IDLE_SECONDS", "CLEANING_SECONDS"):
        monkeypatch.setattr(serving, name, 1)
    with served() as address, opened(address, sent) as connection:
        assert connection.recv(1) == b""


def test_an_address_has_so_many_connections_and_those_it_has_go_on(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_OF_ADDRESS", 3)
    with served() as address, ExitStack() as kept:
        first = [kept.enter_context(opened(address, b"GET / HT")) for _ in range(3)]
        with opened(address, b"") as refused:
            assert refused.recv(1) == b""
        first[0].sendall(b"TP/1.0\r\n\r\n")
        assert first[0].recv(8) == b"HTTP/1.0"


def test_bodies_of_one_address_together_are_bounded(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_BYTES_OF_ADDRESS", 2 * ORDINARY)
    head = f"POST / HTTP/1.1\r\nHost: x\r\n{SIGNED}Content-Length: {ORDINARY}\r\n\r\nx".encode()
    with served() as address, ExitStack() as kept:
        for _ in range(2):
            kept.enter_context(opened(address, head))
        with opened(address, head) as refused:
            assert refused.recv(1) == b""


def memory_of(process: int) -> int:
    """Return how many bytes of memory a process has."""
    said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("VmRSS:"))) * 1024


def slowest_of_twenty(address: tuple[str, int]) -> float:
    """Return how many seconds the slowest but one of each twenty requests took: p95."""
    taken = []
    for _ in range(200):
        begun = time.perf_counter()
        assert ask(address, b"12345") == (200, b"5")
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[int(0.95 * len(taken))]


@pytest.mark.nightly
def test_others_go_on_as_fast_and_memory_stays_beside_slow_bodies_slow_readers_and_100_mb(
    clip: Path, tmp_path: Path
) -> None:
    port = free_port()
    address = ("127.0.0.1", port)
    command = [sys.executable, "-m", "plugins.host.serving", "tests.plugins.host.slow_application:application"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with running(command, {**os.environ, CLIP: str(clip)}, tmp_path / "server.log") as process:
        answer_of(f"http://127.0.0.1:{port}/", process)
        slowest_of_twenty(address)
        calm, before = slowest_of_twenty(address), memory_of(process.pid)
        with ExitStack() as slow:
            for _ in range(8):
                slow.enter_context(opened(address, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nslow"))
                reader = slow.enter_context(opened(address, b"GET /clip HTTP/1.1\r\nHost: x\r\n\r\n"))
                assert reader.recv(1) == b"H"
            head = f"POST / HTTP/1.1\r\nHost: x\r\n{SIGNED}Content-Length: {100 * 1024**2}\r\n\r\n".encode()
            large = slow.enter_context(opened(address, head))
            with suppress(OSError):
                for _ in range(100):
                    large.sendall(b"x" * 1024**2)
            busy = slowest_of_twenty(address)
            assert memory_of(process.pid) - before < 200 * 1024**2
        assert busy < 2 * calm + 0.005


def test_several_processes_serve_one_port_and_end_together(clip: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "plugins.host.serving", "tests.plugins.host.slow_application:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--processes", "2"]
    with running(command, {**os.environ, CLIP: str(clip)}, tmp_path / "server.log") as process:
        answer_of(f"http://127.0.0.1:{port}/", process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
        assert len(children) == 2
        os.kill(int(children[0]), signal.SIGKILL)
        assert process.wait(PATIENCE) == 1
        assert not Path(f"/proc/{children[1]}").exists()
