from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend_ml.turns.evidence import LISTENING
from tests.conftest import free_port
from tests.serving import answer_of, serving
from tests.waiting import until

PASSWORD = "b64=s3cret, two words=="  # noqa: S105


@pytest.fixture
def server(media: Path, tmp_path: Path, family_talk: Path) -> Iterator[str]:
    """The real application under gunicorn and a real worker, with one real clip."""
    shutil.copy(family_talk, media / "F-0001" / "talk.wav")
    port = free_port()
    gunicorn = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "8", "backend_ml.wsgi:app"]
    environment = {
        **os.environ,
        "VIB_ML_MEDIA_ROOT": str(media),
        "VIB_DATA": str(tmp_path),
        "VIB_ML_SECRET": PASSWORD,
    }
    started = serving([sys.executable, "-m", *gunicorn], environment, tmp_path / "gunicorn.log")
    worker = serving([sys.executable, "-m", "backend_ml.jobs.worker"], environment, tmp_path / "worker.log")
    with started as process, worker:
        url = f"http://127.0.0.1:{port}"
        answer_of(f"{url}/health", process)
        yield url


def post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = httpx.post(url, json=body, auth=("vib", PASSWORD), timeout=60)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.waits
def test_a_worker_cuts_beside_gunicorn_which_answers_without_waiting_whatever_the_clip(
    server: str, ask: Callable[..., dict[str, Any]], media: Path
) -> None:
    subprocess.run(
        ["ffmpeg", "-v", "error", "-stream_loop", "60", "-i", "talk.wav", "-c", "copy", "long.wav"],
        cwd=media / "F-0001",
        check=True,
    )
    # Of two tasks: one that names another clip by now waits no more for the first.
    talk, long = ask("/vib/media/F-0001/talk.wav"), ask("/vib/media/F-0001/long.wav")
    long["tasks"][0]["id"] = 1
    for asked in (talk, long):
        answer = post(f"{server}/predict", asked)
        assert answer["results"] == [[]]
        assert answer["states"][0]["state"] in ("queued", "working")
    until(lambda: httpx.get(f"{server}/health", timeout=60).json()["queue"]["done"] == 1)
    answer = post(f"{server}/predict", talk)
    # The long one is still being cut.
    assert post(f"{server}/predict", long)["results"] == [[]]
    (prediction,) = answer["results"]
    assert {label for region in prediction["result"] for label in region["value"]["labels"]} == {"kind", "volwassene"}
    assert 0 < prediction["score"] <= 1
    assert prediction["model_version"] == LISTENING
    bearer = {"Authorization": f"Bearer {PASSWORD}"}
    assert httpx.get(f"{server}/jobs", headers=bearer, timeout=60).json()["counts"]["done"] == 1
    health = httpx.get(f"{server}/health", timeout=60).json()
    assert (health["status"], health["workers"]) == ("UP", 1)
