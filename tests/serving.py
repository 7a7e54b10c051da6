"""Servers that tests start as a process, and end whatever happens."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.waiting import until

ROOT = Path(__file__).parent.parent


@contextmanager
def serving(
    command: Sequence[str | Path], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the repository's folder; what it says goes to a file."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        yield process
        process.terminate()
        process.wait(60)
    finally:
        process.kill()
        process.wait()


def answer_of(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    """Wait until a server answers, and return its answer."""

    def answer() -> httpx.Response | None:
        assert process.poll() is None, "the server stopped"
        try:
            return httpx.get(url, timeout=10)
        except httpx.HTTPError:
            return None

    found: list[httpx.Response] = until(lambda: [one for one in [answer()] if one is not None])
    return found[0]
