from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from ml_material import TALK

ROOT = Path(__file__).parents[2]
PASSWORD = "b64-s3cret"  # noqa: S105


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(media: Path, tmp_path: Path, conversation: Path) -> Iterator[str]:
    """The real application under gunicorn, with one real clip and one long one."""
    shutil.copy(conversation, media / "F-0001" / "talk.wav")
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    environment = {
        **os.environ,
        "VIB_ML_MEDIA_ROOT": str(media),
        "VIB_ML_CACHE": str(tmp_path / "cache"),
        "VIB_ML_SECRET": PASSWORD,
    }
    process = subprocess.Popen([*command, "backend_ml.wsgi:app"], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                httpx.get(f"{url}/health", timeout=1)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.stderr
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=20)


def post(url: str, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
    before = time.monotonic()
    answer = httpx.post(url, json=body, auth=("vib", PASSWORD), timeout=60)
    answer.raise_for_status()
    return answer.json(), time.monotonic() - before


def test_gunicorn_serves_real_turns_answers_health_meanwhile_and_is_quick_the_second_time(
    server: str, ask: Callable[..., dict[str, Any]], media: Path
) -> None:
    answer, _ = post(f"{server}/predict", ask("/vib/media/F-0001/talk.wav"))
    (prediction,) = answer["results"]
    assert [r["value"]["labels"] for r in prediction["result"]] == [[actor] for _, _, actor in TALK]
    assert 0 < prediction["score"] <= 1
    assert prediction["model_version"] == "turns-0.1.0"

    again, seconds = post(f"{server}/predict", ask("/vib/media/F-0001/talk.wav"))
    assert again == answer
    assert seconds < 0.5

    subprocess.run(
        ["ffmpeg", "-v", "error", "-stream_loop", "40", "-i", "talk.wav", "-c", "copy", "long.wav"],
        cwd=media / "F-0001",
        check=True,
    )
    work = threading.Thread(target=post, args=(f"{server}/predict", ask("/vib/media/F-0001/long.wav")))
    work.start()
    time.sleep(0.3)
    before = time.monotonic()
    assert httpx.get(f"{server}/health", timeout=5).json()["status"] == "UP"
    assert work.is_alive()
    assert time.monotonic() - before < 1.0
    work.join()
