"""Real workers and a real receiver for the tests of the queue."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from ml_material import LABELS

from backend_ml.cache import fingerprint_of_file, key_of_job
from backend_ml.jobs.job import Asked, Destination, Work
from backend_ml.jobs.queue import Queue
from vib.job import Job

SECRET = "s3cret"  # noqa: S105


def clip(media: Path, name: str, *commands: str) -> Work:
    """Make a clip that tells the tiny segmenter what to do, and the work on it."""
    path = media / "F-0001" / name
    path.write_text("\n".join((*commands, f"# {name}")))
    return work_on(media, name)


def work_on(media: Path, name: str, version: str = "tiny-1") -> Work:
    """Return the work on a clip as it is now."""
    key = key_of_job(fingerprint_of_file((media / "F-0001" / name).resolve()), version)
    return Work(key, f"/vib/media/F-0001/{name}", f"F-0001/{name}", version)


def task(number: int, project: int = 1) -> Destination:
    """Return a task that waits for turns."""
    return Destination(project, number, LABELS)


def submit(
    queue: Queue, work: Work, destination: Destination | None = None, *, urgent: bool = False, turns: str | None = None
) -> Job:
    """Ask for one clip."""
    (job,) = queue.submit([Asked(work, destination, turns)], urgent=urgent)
    return job


def job_of(queue: Queue, work: Work) -> Job | None:
    """Return how far a clip is, of those that are listed."""
    return next(iter(queue.listed(clip=work.clip)), None)


def state(queue: Queue, work: Work) -> str:
    """Return the state of a clip that is listed."""
    job = job_of(queue, work)
    assert job is not None
    return job.state


def begun(log: Path) -> Counter[str]:
    """Return how often the tiny segmenter began each clip, in the order of the first time."""
    return Counter(line.split()[1] for line in log.read_text().splitlines() if line.startswith("begin"))


def pids(log: Path) -> list[int]:
    """Return the process of each time that the tiny segmenter began a clip."""
    return [int(line.split()[2]) for line in log.read_text().splitlines() if line.startswith("begin")]


def gone(number: int) -> bool:
    """Tell whether a process has ended, also when nobody waited for it yet."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


class Workers:
    """Worker processes as `scripts/up` starts them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, said: Path | None = None) -> subprocess.Popen[bytes]:
        """Start one on the settings of the environment; what it logs goes to a file where one is given."""
        command = [sys.executable, "-m", "backend_ml.jobs.worker"]
        with (said or Path(os.devnull)).open("ab") as file:
            stderr = None if said is None else file
            process = subprocess.Popen(command, cwd=self._root, env=dict(os.environ), stderr=stderr)
        self.running.append(process)
        return process

    def end(self) -> None:
        """End all: first asked, then told."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()


class Receiver:
    """Takes turns as the plugin in Label Studio does, and answers what it is told to, for a task or for all."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        self.of_task: dict[int, int] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append((self.path, self.headers["Authorization"]))
                status = outer.of_task.get(body["task"], outer.status)
                if status == 200:
                    outer.got.append(body)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b'{"stored": true}')

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
