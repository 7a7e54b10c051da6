"""Where to measure syncing: a server, and a data folder of its own beside the server's, with recordings."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from label_studio_sdk.client import LabelStudio

from scripts import children
from scripts.conforming import conforms
from scripts.registering import Project
from scripts.server import connect
from vib.family import ClipEntry
from vib.library import Entry, Library
from vib.media import probe
from vib.methods import read_method
from vib.project_key import ProjectKey
from vib.settings import LAST_STARTED, ROOT, Settings

METHOD = "vib-pleegzorg"

FAMILY = """family: {family}
method: {method}
language: nl
members:
  - {{id: kind, role: kind, born: 2022-05}}
consent: {{given: 2026-02-20, until: 2099-02-20, uses: [begeleiding, opleiding]}}
"""


@dataclass(frozen=True)
class Bench:
    """Where to measure: a temporary folder that is a data folder of its own beside the server's."""

    client: LabelStudio
    settings: Settings
    library: Library
    folder: Path
    base: Path
    repetitions: int

    def sync(self, families: Path, *, profile: Path | None = None) -> dict[str, Any]:
        """Run the real command and return what it says; `profile` is a file for cProfile."""
        module = [] if profile is None else ["-m", "cProfile", "-o", str(profile)]
        command = [sys.executable, *module, "-m", "scripts.cli", "sync", str(families), "--no-segment", "--json"]
        run = subprocess.run(
            [*command, "--data", str(self.settings.data)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if run.returncode != 0:
            raise RuntimeError(f"vib sync ended with {run.returncode}: {run.stderr[-500:]}")
        content: dict[str, Any] = json.loads(run.stdout.splitlines()[0])
        return content


def base_recording(path: Path) -> Path:
    """Make a small recording of one second that conforms."""
    command = f"""
        ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=160x120:rate=25:duration=1
        -f lavfi -i sine=frequency=440:sample_rate=16000:duration=1 -c:a aac
        -c:v libx264 -preset veryfast -bf 0 -g 25 -pix_fmt yuv420p -movflags +faststart {path}
    """
    subprocess.run(command.split(), check=True)
    if not conforms(path, probe(path)):
        raise RuntimeError("the small recording does not conform")
    return path


def record_copy(folder: Path, base: Path, number: int) -> Path:
    """Add a copy of a recording that differs by a `free` box at its end, which players skip."""
    path = folder / f"clip-{number:05d}.mp4"
    box = (16).to_bytes(4, "big") + b"free" + number.to_bytes(8, "big")
    path.write_bytes(base.read_bytes() + box)
    return path


def family_folder(parent: Path, family: str, base: Path, numbers: Sequence[int], *, listed: bool = False) -> Path:
    """Make a family folder with recordings, and with a list of them when that is asked for."""
    folder = parent / family
    folder.mkdir(parents=True)
    entries = [ClipEntry(file=record_copy(folder, base, number).name, situation="spel") for number in numbers]
    lines = [f"  - {{file: {entry.file}, situation: {entry.situation}}}\n" for entry in entries]
    text = FAMILY.format(family=family, method=METHOD) + ("clips:\n" + "".join(lines) if listed else "")
    (folder / "family.yaml").write_text(text, encoding="utf-8")
    return folder


def entries_of(family: str, count: int) -> list[Entry]:
    return [
        Entry(f"{family}/clip-{n:05d}", family, f"clip-{n:05d}.mp4", 1, 1, f"{n:064x}", 1.0, True) for n in range(count)
    ]


def project_of(family: str) -> Project:
    return Project(ProjectKey("family", family), family, read_method(METHOD), "nl")


@contextmanager
def server(folder: Path) -> Iterator[Path]:
    """Run a server on a data folder of its own, on free ports; yield that folder."""
    ports = [option for name in ("--port", "--ml-port") for option in (name, str(free_port()))]
    noted = LAST_STARTED.read_bytes() if LAST_STARTED.exists() else None
    process = children.start(
        [str(ROOT / "scripts" / "up"), "--data", str(folder), *ports, "--no-demo"],
        stdout=subprocess.PIPE,
        env={**os.environ, "VIB_LANGUAGE": "en"},
    )
    try:
        assert process.stdout is not None
        if not any(line.startswith(b"ready") for line in process.stdout):
            raise RuntimeError("scripts/up ended before it was ready")
        if noted is not None:  # commands without --data are to find the server they found before
            LAST_STARTED.write_bytes(noted)
        yield folder
    finally:
        process.terminate()
        process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def workplace(folder: Path, data: Path, repetitions: int) -> Iterator[Bench]:
    """Make a data folder that knows the server's logins and has a library and media of its own."""
    settings = Settings(data=folder / "data")
    settings.media_root.mkdir(parents=True)
    shutil.copy(data / "logins.json", settings.logins)
    library = Library(settings.data / "library.sqlite3")
    client = connect(settings)
    try:
        yield Bench(client, settings, library, folder, base_recording(folder / "base.mp4"), repetitions)
    finally:
        for number in library.projects().values():
            client.projects.delete(number)
        library.close()
