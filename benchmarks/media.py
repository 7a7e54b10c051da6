"""How fast, and in how much memory, a player can seek: our view of clips beside Label Studio's own.

Usage::

    python benchmarks/media.py [--data DIR] [--size MIB] [--seeks N] [--repetitions N] [--json]

A server is started on a free port: gunicorn with one worker, so that its memory is that of one
process, and as many threads as there are people seeking. It serves one file of random bytes that
were really written. Without ``--data`` a temporary data folder is made ready first, which takes a
minute; with it, one that is ready and that no server is running on is used. File and project are
removed at the end. Label Studio's view holds the whole file in memory for each request: four at
once with 1 GiB need 4 GiB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path

import httpx
from reporting import Row, Spread, show
from workplace import free_port

from scripts import children
from scripts.serve import server_environment
from scripts.server import own_account
from vib.settings import ROOT, Settings

PIECE = 64 * 1024
MIB = 2**20
CROWD = 20
PLAIN_CROWD = 4
"""People at once for Label Studio's view: each costs the size of the file."""

NAME = "F-benchmark/clip.mp4"


@dataclass(frozen=True)
class View:
    """One way to a file: its name, its address, and how many people seek in it at once."""

    name: str
    address: str
    crowd: int


OURS = View("ours", f"/vib/media/{NAME}", CROWD)
PLAIN = View("plain", f"/data/local-files/?d={NAME}", PLAIN_CROWD)


@dataclass(frozen=True)
class Cost:
    """What it took: seconds of each seek, and by how many bytes the process was larger at its largest."""

    seconds: list[float]
    growth: int


@dataclass(frozen=True)
class Bench:
    """A running server with the file, and the process whose memory is looked at."""

    port: int
    token: str
    worker: int
    path: Path
    chance: random.Random

    def seek(self, view: View) -> float:
        """Ask for a piece at a random place, see that it is the right one, and return the seconds it took."""
        start = self.chance.randrange(self.path.stat().st_size - PIECE)
        asked = {"Authorization": f"Token {self.token}", "Range": f"bytes={start}-{start + PIECE - 1}"}
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", view.address, headers=asked)
        answer = connection.getresponse()
        got = answer.read()
        seconds = time.perf_counter() - began
        connection.close()
        with self.path.open("rb") as file:
            file.seek(start)
            if answer.status != 206 or got != file.read(PIECE):
                raise RuntimeError(f"{view.address} answered {answer.status} with other bytes than the file has")
        return seconds

    def cost(self, view: View, people: int = 1) -> Cost:
        """Let some people seek at once and measure it."""
        seconds: list[float] = []
        ready = threading.Barrier(people + 1)

        def person() -> None:
            ready.wait()
            seconds.append(self.seek(view))

        threads = [threading.Thread(target=person) for _ in range(people)]
        for thread in threads:
            thread.start()
        # Forgets the greatest size so far.
        Path(f"/proc/{self.worker}/clear_refs").write_text("5", encoding="ascii")
        before = self._memory("VmRSS")
        ready.wait()
        for thread in threads:
            thread.join()
        if len(seconds) < people:
            raise RuntimeError("a seek failed")
        return Cost(seconds, self._memory("VmHWM") - before)

    def _memory(self, name: str) -> int:
        status = Path(f"/proc/{self.worker}/status").read_text(encoding="ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:"))) * 1024


def measure(bench: Bench, seeks: int, repetitions: int) -> list[Row]:
    """Seek one by one, the two views in turn, and then many at once."""
    for view in (OURS, PLAIN):
        for people in (1, view.crowd):
            bench.cost(view, people)
    alone: dict[str, list[Cost]] = {OURS.name: [], PLAIN.name: []}
    for _ in range(seeks):
        for view in (OURS, PLAIN):
            alone[view.name].append(bench.cost(view))
    crowd: dict[str, list[Cost]] = {OURS.name: [], PLAIN.name: []}
    for _ in range(repetitions):
        for view in (OURS, PLAIN):
            crowd[view.name].append(bench.cost(view, view.crowd))
    return [
        _row("one seek", alone, 0.050, 5 * MIB),
        _row(f"{CROWD} at once (plain: {PLAIN_CROWD})", crowd, None, 50 * MIB),
    ]


def _row(name: str, costs: dict[str, list[Cost]], seconds: float | None, growth: int) -> Row:
    times = {view: Spread.of([second for cost in found for second in cost.seconds]) for view, found in costs.items()}
    grown = {f"{view}: MiB more": max(cost.growth for cost in found) / MIB for view, found in costs.items()}
    ratios = [
        max(plain.seconds) / max(ours.seconds) for ours, plain in zip(costs[OURS.name], costs[PLAIN.name], strict=True)
    ]
    fast = seconds is None or times[OURS.name].median < seconds
    goal = f"< {growth // MIB} MiB" + ("" if seconds is None else f", < {seconds * 1000:.0f} ms")
    met = fast and max(cost.growth for cost in costs[OURS.name]) < growth
    return Row("media", name, times, Spread.of(ratios), goal, met, grown)


@contextmanager
def server(data: Path, size: int) -> Iterator[Bench]:
    """Run a server with the file, and with Label Studio's view of it switched on."""
    port = free_port()
    settings = Settings(data=data, port=port)
    path = settings.media_root / NAME
    for folder in (path.parent, data / "home", data / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **server_environment(settings),
        "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
        "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": str(settings.media_root),
    }
    if not settings.logins.exists():
        prepare = [sys.executable, "-m", "plugins.host.prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True)
    options = ["--worker-class=gthread", "--workers=1", f"--threads={CROWD}", "--timeout=300", "--no-control-socket"]
    command = ["-m", "gunicorn", f"--bind=127.0.0.1:{port}", *options, "--log-level=error", "plugins.wsgi:application"]
    process = children.start([sys.executable, *command], cwd=ROOT, env=environment)
    try:
        _, token = own_account(settings.logins)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Token {token}"}, timeout=60
        ) as client:
            _wait(client, process)
            [worker] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
            with path.open("wb") as file:
                for _ in range(size):
                    file.write(os.urandom(MIB))
            # Label Studio serves a folder only to members of a project that has it as a storage.
            project = client.post("/api/projects/", json={"title": "benchmark"}).raise_for_status().json()["id"]
            storage = {"project": project, "title": "benchmark", "path": str(path.parent)}
            try:
                client.post("/api/storages/localfiles", json=storage).raise_for_status()
                yield Bench(port, token, int(worker), path, random.Random(1))  # noqa: S311 - places to read
            finally:
                client.delete(f"/api/projects/{project}").raise_for_status()
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(path.parent)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 180
    while process.poll() is None and time.monotonic() < end:
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="data folder that is ready and not in use; else one is made")
    parser.add_argument("--size", type=int, default=1024, help="of the file, in MiB (1024)")
    parser.add_argument("--seeks", type=int, default=20, help="one by one, through each view (20)")
    parser.add_argument("--repetitions", type=int, default=3, help="of many at once (3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vib-bench-") as name,
        server((given.data or Path(name) / "data").absolute(), given.size) as bench,
    ):
        rows = measure(bench, given.seeks, given.repetitions)
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
