"""One real server for the whole suite, on a copy of a database that is migrated once."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings

from scripts import children
from scripts.database import prepare, studio_environment
from tests.commands import Commands
from tests.processes import descendants, left_of
from tests.waiting import PATIENCE
from tests.wheel import unpacked, wheel
from vib.settings import Settings

__all__ = ["unpacked", "wheel"]

ROOT = Path(__file__).parent.parent
# How long an example takes says something of the machine only.
settings.register_profile("any machine", settings.default, deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["tests.parts", "tests.spent", "tests.leftovers"]

CACHE = ROOT / ".test-cache"
DATABASE = "label-studio/label_studio.sqlite3"
KEPT_SECONDS = 24 * 3600
"""How long a folder of the cache that no version here needs is kept: another run may be using it."""


@dataclass(frozen=True)
class Server:
    """A running `scripts/up`, and how to reach it."""

    url: str
    ml_url: str
    data: Path
    process: subprocess.Popen[bytes]
    said: tuple[str, ...]
    commands: Commands

    def account(self, role: str, number: int = 0) -> dict[str, str]:
        """Return the logins of the n-th account of a role."""
        return account_of(self.data, role, number)

    def api(self, method: str, path: str, role: str = "service", **options: Any) -> httpx.Response:
        """Ask Label Studio something with a role's token."""
        headers = {"Authorization": f"Token {self.account(role)['token']}", **options.pop("headers", {})}
        return httpx.request(method, f"{self.url}{path}", headers=headers, timeout=PATIENCE, **options)

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

    def backends(self, project: int) -> list[str]:
        """Return the addresses of the ML backends of a project."""
        return [backend["url"] for backend in self.api("GET", f"/api/ml?project={project}").json()]

    def projects(self) -> dict[str, int]:
        """Return the number of every project by title."""
        found: dict[str, int] = {}
        path = "/api/projects/?page_size=100&include=id,title"
        while path:
            answer = self.api("GET", path).json()
            found |= {project["title"]: project["id"] for project in answer["results"]}
            path = (answer["next"] or "").removeprefix(self.url)
        return found


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
        timeout=PATIENCE,
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
    command = [ROOT / "scripts" / "up", "--data", data, "--port", port, "--ml-port", ml_port, *arguments]
    process = children.start(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "VIB_LANGUAGE": "en"},
    )
    guard = threading.Timer(3 * PATIENCE, process.kill)
    guard.start()
    said: list[str] = []
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.append(line.decode().rstrip())
            if line.startswith(b"ready"):
                addresses = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{ml_port}"
                return Server(*addresses, data, process, tuple(said), Commands(data))
        process.wait()
    except BaseException:
        process.kill()
        raise
    finally:
        guard.cancel()
    raise AssertionError("scripts/up ended before it was ready:\n" + "\n".join(said))


def stop_up(server: Server) -> None:
    """Press Ctrl-C, wait until everything has stopped, and see to it that no process is left."""
    processes = [server.process.pid, *descendants(server.process.pid)]
    server.commands.close()
    server.process.send_signal(signal.SIGINT)
    try:
        server.process.wait(timeout=PATIENCE)
    finally:
        server.process.kill()
        server.process.wait()
    assert left_of(processes) == []


@contextmanager
def running_up(data: Path, *arguments: str, port: int | None = None, ml_port: int | None = None) -> Iterator[Server]:
    """Run `scripts/up`, and stop it whatever happens."""
    server = start_up(data, *arguments, port=port, ml_port=ml_port)
    try:
        yield server
    finally:
        stop_up(server)


def made_once(name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Return a folder of the cache that is made once for each content of some files, by one worker."""
    wanted = hashlib.sha256()
    for source in sorted(sources):
        wanted.update(f"{source.relative_to(ROOT)}\0".encode() + source.read_bytes())
    folder = CACHE / f"{name}-{wanted.hexdigest()[:16]}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for old in CACHE.glob(f"{name}-*"):
                if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                    shutil.rmtree(old)
            made = CACHE / f"making-{name}-{os.getpid()}"
            try:
                make(made)
                made.rename(folder)
            finally:
                shutil.rmtree(made, ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def template() -> Path:
    """Return a data folder with a migrated database and accounts; made once for each lock file."""
    migrations = (ROOT / "plugins").rglob("migrations/*.py")
    programs = [ROOT / "plugins" / "host" / "prepare.py", ROOT / "vib" / "prepared.py"]
    sources = [ROOT / "requirements.lock", *programs, *migrations]

    def make(made: Path) -> None:
        settings = Settings(data=made)
        made.mkdir(mode=0o700)
        prepare(settings, studio_environment(settings), "--demo")

    return made_once("template", sources, make)


@pytest.fixture(scope="session")
def demo(template: Path) -> Path:
    """Return a data folder in which the demo families are synced and cut; made once for each version of anything."""
    folders = ("backend_ml", "demo", "label_configs", "plugins", "scripts", "vib")
    files = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    sources = [ROOT / "requirements.lock", *(path for path in files if "__pycache__" not in path.parts)]

    def make(made: Path) -> None:
        shutil.copytree(template, made)
        with running_up(made) as first:
            assert {url for project in first.projects().values() for url in first.backends(project)} == {first.ml_url}

    return made_once("demo", sources, make)


@pytest.fixture
def prepared(template: Path, tmp_path: Path) -> Path:
    """Return a fresh data folder whose database is ready."""
    return Path(shutil.copytree(template, tmp_path / "data"))


@contextmanager
def running_demo(demo: Path, data: Path) -> Iterator[Server]:
    """Run a server on a copy of the demo's data, as if that had been made with the ML backend where it listens now."""
    shutil.copytree(demo, data)
    ml_port = free_port()
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("UPDATE ml_mlbackend SET url = ?", [f"http://127.0.0.1:{ml_port}"])
    # The demo is in it already.
    with running_up(data, "--no-demo", ml_port=ml_port) as running:
        yield running


@pytest.fixture(scope="session")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server of the suite, with the demo families in it."""
    with running_demo(demo, tmp_path_factory.mktemp("server") / "data") as running:
        yield running
