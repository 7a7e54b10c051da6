from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from ml_material import TALK

ROOT = Path(__file__).parents[2]
PASSWORD = "b64=s3cret, two words=="  # noqa: S105

CONTRACT_SECONDS = 2.0 * 5
"""How long `/predict` may take, whatever the clip: 2 s, and room for a machine that runs tests."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(media: Path, tmp_path: Path, conversation: Path) -> Iterator[str]:
    """The real application under gunicorn and a real worker, with one real clip."""
    shutil.copy(conversation, media / "F-0001" / "talk.wav")
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    environment = {
        **os.environ,
        "VIB_ML_MEDIA_ROOT": str(media),
        "VIB_DATA": str(tmp_path),
        "VIB_ML_SECRET": PASSWORD,
        # The voices of this clip differ in pitch alone.
        "VIB_ML_SEGMENTER": "silero-f0",
    }
    process = subprocess.Popen([*command, "backend_ml.wsgi:app"], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    worker = subprocess.Popen([sys.executable, "-m", "backend_ml.jobs.worker"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{url}/health", timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.stderr
                time.sleep(0.2)
        yield url
    finally:
        for started in (worker, process):
            started.terminate()
        worker.wait(60)
        process.communicate(timeout=60)


def post(url: str, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
    answer = httpx.post(url, json=body, auth=("vib", PASSWORD), timeout=60)
    answer.raise_for_status()
    return answer.json(), answer.elapsed.total_seconds()


def test_a_worker_cuts_beside_gunicorn_which_answers_at_once_whatever_the_clip(
    server: str, ask: Callable[..., dict[str, Any]], media: Path
) -> None:
    subprocess.run(
        ["ffmpeg", "-v", "error", "-stream_loop", "60", "-i", "talk.wav", "-c", "copy", "long.wav"],
        cwd=media / "F-0001",
        check=True,
    )
    for name in ("long", "talk"):
        answer, seconds = post(f"{server}/predict", ask(f"/vib/media/F-0001/{name}.wav"))
        assert answer["results"] == [[]]
        assert answer["states"][0]["state"] in ("queued", "working")
        assert seconds < CONTRACT_SECONDS
    end = time.monotonic() + 600
    while not answer["results"][0]:
        assert time.monotonic() < end
        time.sleep(0.5)
        answer, seconds = post(f"{server}/predict", ask("/vib/media/F-0001/talk.wav"))
        assert seconds < CONTRACT_SECONDS
        assert httpx.get(f"{server}/health", timeout=5).json()["status"] == "UP"
    (prediction,) = answer["results"]
    assert [r["value"]["labels"] for r in prediction["result"]] == [[actor] for _, _, actor in TALK]
    assert 0 < prediction["score"] <= 1
    assert prediction["model_version"] == "turns-0.1.0"
    bearer = {"Authorization": f"Bearer {PASSWORD}"}
    assert httpx.get(f"{server}/jobs", headers=bearer, timeout=5).json()["counts"]["done"] >= 1
    health = httpx.get(f"{server}/health", timeout=5).json()
    assert (health["queue"]["done"] >= 1, health["workers"]) == (True, 1)
