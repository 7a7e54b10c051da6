"""One real server for the whole suite, on a copy of a database that is migrated once."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings

from tests.commands import Commands
from tests.wheel import unpacked, wheel

__all__ = ["unpacked", "wheel"]

ROOT = Path(__file__).parent.parent
# How long an example takes says something of the machine only.
settings.register_profile("any machine", settings.default, deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["tests.parts", "tests.spent"]

CACHE = ROOT / ".test-cache"
READY_SECONDS = 240


@dataclass(frozen=True)
class Server:
    """A running `scripts/up`, and how to reach it."""

    url: str
    ml_url: str
    data: Path
    process: subprocess.Popen[str]
    said: tuple[str, ...]
    commands: Commands

    def account(self, role: str, number: int = 0) -> dict[str, str]:
        """Return the logins of the n-th account of a role."""
        return account_of(self.data, role, number)

    def api(self, method: str, path: str, role: str = "service", **options: Any) -> httpx.Response:
        """Ask Label Studio something with a role's token."""
        headers = {"Authorization": f"Token {self.account(role)['token']}", **options.pop("headers", {})}
        return httpx.request(method, f"{self.url}{path}", headers=headers, timeout=120, **options)

    def vib(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `vib` command on this server's data, in a process where Django is started already."""
        run = self.commands.vib(*arguments, "--data", self.data)
        if check:
            assert run.returncode == 0, run.stdout + run.stderr
        return run

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """Return every task of a project with its annotations and predictions, the oldest first."""
        answer = self.api("GET", f"/api/tasks?project={project}&fields=all&page_size=10000").json()
        return sorted(answer["tasks"], key=lambda task: task["id"])

    def projects(self) -> dict[str, int]:
        """Return the number of every project by title."""
        answer = self.api("GET", "/api/projects/?page_size=1000").json()
        return {project["title"]: project["id"] for project in answer["results"]}


def account_of(data: Path, role: str, number: int = 0) -> dict[str, str]:
    """Return the logins of the n-th account of a role, of a data folder."""
    accounts: list[dict[str, str]] = json.loads((data / "logins.json").read_text(encoding="utf-8"))["accounts"]
    return [account for account in accounts if account["role"] == role][number]


def run_vib(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the `vib` command in English, all of it in a process of its own, and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "scripts.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        timeout=300,
        check=False,
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_up(data: Path, *arguments: str, port: int | None = None, ml_port: int | None = None) -> Server:
    """Run `scripts/up` on a data folder and wait for its line that begins with ready."""
    port, ml_port = port or free_port(), ml_port or free_port()
    process = subprocess.Popen(
        [ROOT / "scripts" / "up", "--data", data, "--port", str(port), "--ml-port", str(ml_port), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        start_new_session=True,
    )
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith("ready"):
            addresses = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{ml_port}"
            return Server(*addresses, data, process, tuple(said), Commands(data))
    process.wait()
    raise AssertionError("scripts/up ended before it was ready:\n" + "\n".join(said))


def stop_up(server: Server) -> None:
    """Press Ctrl-C and wait until everything has stopped."""
    server.commands.close()
    server.process.send_signal(signal.SIGINT)
    server.process.wait(timeout=30)


@pytest.fixture(scope="session")
def template() -> Path:
    """Return a data folder with a migrated database and accounts; made once for each lock file."""
    wanted = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for source in sorted((ROOT / "plugins").rglob("migrations/*.py")):
        wanted.update(source.read_bytes())
    wanted.update((ROOT / "plugins" / "host" / "prepare.py").read_bytes())
    folder = CACHE / f"template-{wanted.hexdigest()[:16]}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            made = CACHE / f"making-{os.getpid()}"
            stop_up(start_up(made, "--no-demo"))
            made.rename(folder)
    return folder


@pytest.fixture
def prepared(template: Path, tmp_path: Path) -> Path:
    """Return a fresh data folder whose database is ready."""
    return Path(shutil.copytree(template, tmp_path / "data"))


@pytest.fixture(scope="session")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server of the suite, with the demo families in it."""
    data = shutil.copytree(template, tmp_path_factory.mktemp("server") / "data")
    running = start_up(Path(data))
    yield running
    stop_up(running)


def wait_until_gone(numbers: list[int], seconds: float = 10) -> list[int]:
    """Return which of these processes still run after some seconds."""
    end = time.monotonic() + seconds
    left = numbers
    while left and time.monotonic() < end:
        left = [number for number in left if Path(f"/proc/{number}").exists()]
        time.sleep(0.1)
    return left
