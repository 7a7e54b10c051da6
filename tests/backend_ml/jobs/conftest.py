"""A tiny real segmenter as an installed plugin, settings that name it, and real workers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jobs_material import Receiver, Workers
from redis import Redis, RedisError

from backend_ml.config import Config
from tests.waiting import until

ROOT = Path(__file__).parents[3]

TINY = '''
"""Does what a file says, one command a line, and finds a turn in it."""
import os, time
from vib.hookspecs import hookimpl
from vib.media import MediaProblem, PassingProblem
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Turn


class Tiny:
    version = "tiny-1"

    def __init__(self):
        if os.environ.get("TINY_WITHOUT_MODELS"):
            raise InputProblem("", nl="de modellen ontbreken", en="the models are missing")

    def segment(self, path, watch=None):
        with open(os.environ["TINY_LOG"], "a") as log:
            log.write(f"begin {path.name} {os.getpid()} {time.time()}\\n")
        for line in path.read_text().splitlines():
            command, _, value = line.partition(" ")
            if command == "bad":
                raise MediaProblem(str(path), nl="onleesbaar", en="unreadable")
            if command == "passing":
                raise PassingProblem(str(path), nl="nu even niet", en="not now")
            if command == "bug":
                raise RuntimeError(f"secret place {path}")
            if command == "abort":
                os.abort()
            if command == "exit":
                os._exit(3)
            if command == "once" and not os.path.exists(value):
                open(value, "w").close()
                os.abort()
            if command == "print":
                print(value, flush=True)
            if command == "wait":
                while not os.path.exists(value):
                    if watch is not None:
                        watch(0.5)
                    time.sleep(0.05)
            if command == "sleep":
                end = time.monotonic() + float(value)
                while (left := end - time.monotonic()) > 0:
                    if watch is not None:
                        watch(1 - left / float(value))
                    time.sleep(min(left, 0.05))
            if command == "grow":
                held = []
                while True:
                    held.append(bytearray(os.urandom(1) * (int(value) * 1024 * 1024)))
                    time.sleep(0.02)
            if command == "start":
                import subprocess
                subprocess.Popen(value.split())
        with open(os.environ["TINY_LOG"], "a") as log:
            log.write(f"end {path.name} {os.getpid()} {time.time()}\\n")
        return Segmentation(path.name, 9.0, self.version, (Turn(1.0, 2.0, "kind", 0.8),))


@hookimpl
def vib_segmenters():
    return {"tiny": Tiny}
'''


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installed distribution that offers the segmenter `tiny`."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "tiny_segmenter.py").write_text(textwrap.dedent(TINY))
    about = folder / "tiny_segmenter-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-segmenter\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[vib]\ntiny = tiny_segmenter\n")
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the tiny segmenter writes what it did."""
    path = tmp_path / "tiny.log"
    path.touch()
    return path


@pytest.fixture
def settle(
    media: Path, tmp_path: Path, plugin: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Config]:
    """Put settings in the environment, where processes find them, and return them."""
    monkeypatch.setenv("PYTHONPATH", f"{plugin}{os.pathsep}{ROOT}")
    monkeypatch.syspath_prepend(str(plugin))
    monkeypatch.setenv("TINY_LOG", str(log))
    monkeypatch.setenv("VIB_DATA", str(tmp_path))

    def make(**options: Any) -> Config:
        for name, value in {"segmenter": "tiny", "retry_seconds": 0.2, **options}.items():
            monkeypatch.setenv(f"VIB_ML_{name.upper()}", str(value))
        return Config()

    return make


@pytest.fixture
def workers(settle: Callable[..., Config]) -> Iterator[Workers]:
    """Starts real worker processes, and ends them."""
    started = Workers(ROOT)
    try:
        yield started
    finally:
        started.end()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real server in the place of Label Studio."""
    with Receiver() as server:
        yield server


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a real Redis of our own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        client = Redis(port=port)

        def answers() -> bool:
            try:
                return bool(client.ping())
            except RedisError:
                return False

        until(answers)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()
