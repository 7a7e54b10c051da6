"""Waiting for turns ends with a sentence when nothing will make them, and what was asked for stays in the queue."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from backend_ml.app import create_app
from backend_ml.config import Config
from backend_ml.jobs.claims import Claims
from backend_ml.jobs.process import this_process
from scripts import segmenting
from scripts.backend import Backend
from scripts.console import NotRunning, exit_code
from scripts.segmenting import Asked, wait_for_turns
from tests.backend_ml.ml_material import LABELS, FakeSegmenter
from vib.library import Library
from vib.settings import Settings

MOST_SECONDS = 10.0


@dataclass
class Running:
    """An ML backend that answers, without a worker unless a test makes one."""

    backend: Backend
    library: Library
    claims: Claims
    queue: Path

    def wait(self) -> NotRunning:
        """Wait for the turns of the one clip; return how that ended."""
        end = time.monotonic() + MOST_SECONDS

        def watch(clip: str, done: float, total: int) -> None:
            if time.monotonic() > end:
                raise AssertionError("it waits for ever")

        client: Any = None
        with pytest.raises(NotRunning) as ended:
            wait_for_turns(client, self.library, self.backend, Asked(1, {5: "F-0001/clip"}, "fake-1"), watch)
        return ended.value


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(segmenting, "PATIENCE", 0.6)
    monkeypatch.setattr(segmenting, "POLL", 0.05)
    (tmp_path / "media" / "F-0001").mkdir(parents=True)
    (tmp_path / "media" / "F-0001" / "clip.m4a").write_bytes(b"sound")
    folders: dict[str, Any] = {name: tmp_path / name for name in ("cache", "queue")}
    folders["media_root"] = tmp_path / "media"
    config = Config(**folders, segmenter="turns", secret=None)
    server = make_server("127.0.0.1", 0, create_app(config, FakeSegmenter()), threaded=True)  # type: ignore[arg-type]  # it is as much of a segmenter as is asked
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    library = Library(tmp_path / "library.sqlite3")
    try:
        backend = Backend(Settings(data=tmp_path, ml_url=f"http://127.0.0.1:{server.port}"))
        data = {"clip": "F-0001/clip", "audio": "/vib/media/F-0001/clip.m4a", "duration": 9.0, "fps": 25}
        backend.ask_for([{"id": 5, "project": 1, "data": data}], LABELS)
        yield Running(backend, library, Claims(config, this_process()), config.queue)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        library.close()


def test_without_a_worker_it_says_which_process_is_missing_and_the_clip_stays(running: Running) -> None:
    ended = running.wait()
    assert "backend_ml.jobs.worker" in ended.message("en")
    assert "1 clips stay in the queue" in ended.message("en")
    assert "scripts/up" in ended.message("nl")
    assert exit_code([ended]) == 1
    assert [job.state for job in running.backend.jobs(1)] == ["queued"]


def test_a_worker_that_died_with_the_clip_is_not_waited_for(running: Running) -> None:
    assert running.claims.claim() is not None
    running.claims.leave()
    assert [job.state for job in running.backend.jobs(1)] == ["working"]
    assert "no worker runs" in running.wait().message("en")


def test_without_its_queue_it_says_so(running: Running) -> None:
    with sqlite3.connect(running.queue) as database:
        database.execute("ALTER TABLE jobs RENAME TO gone")
    assert "the queue of the ML backend" in running.wait().message("en")
