from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend_ml.config import Config
from backend_ml.fetch import fetched
from backend_ml.sources import RemoteFile
from vib.media import MediaProblem


class Studio(http.server.ThreadingHTTPServer):
    """Stands in for Label Studio; `elsewhere` is another server it may redirect to."""

    elsewhere = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str | None]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *error: object) -> None:
        """End the thread too: it would go on with a closed socket."""
        self.shutdown()
        super().__exit__(*error)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Studio

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        name = self.path.rsplit("/", 1)[-1]
        if name in ("here", "away"):
            self.send_response(302)
            target = self.server.url if name == "here" else self.server.elsewhere
            self.send_header("Location", f"{target}/data/upload/clip")
            self.end_headers()
        elif name == "missing":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Length", {"broken": "99", "dripping": "900"}.get(name, "10"))
            self.end_headers()
            self.wfile.write(b"x" * 10)
            while name == "dripping":
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def studio() -> Iterator[Studio]:
    with Studio() as server:
        yield server


@pytest.fixture
def settings(configured: Callable[..., Config], studio: Studio) -> Config:
    return configured(label_studio_url=studio.url, label_studio_token="t0ken", max_fetch_bytes=1000)  # noqa: S106


def file(studio: Studio, name: str) -> RemoteFile:
    return RemoteFile(f"{studio.url}/data/upload/{name}")


def test_a_file_is_fetched_with_the_token_and_removed_afterwards(settings: Config, studio: Studio) -> None:
    with fetched(file(studio, "clip"), settings) as (path, digest):
        assert path.read_bytes() == b"x" * 10
        assert path.stat().st_mode & 0o077 == 0
        assert len(digest) == 64
    assert not path.exists()
    assert studio.asked == [("/data/upload/clip", "Token t0ken")]


def test_the_copy_is_removed_when_the_work_on_it_fails(settings: Config, studio: Studio) -> None:
    kept: list[Path] = []

    def work() -> None:
        with fetched(file(studio, "clip"), settings) as (path, _):
            kept.append(path)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert not kept[0].exists()


def fails(source: RemoteFile, settings: Config) -> str:
    with pytest.raises(MediaProblem) as caught, fetched(source, settings):
        pass
    return str(caught.value)


def test_a_redirect_to_another_server_is_not_followed(settings: Config, studio: Studio) -> None:
    with Studio() as other:
        studio.elsewhere = other.url
        assert "another server" in fails(file(studio, "away"), settings)
        assert other.asked == []


def test_a_redirect_on_the_same_server_is_followed_without_the_token(settings: Config, studio: Studio) -> None:
    with fetched(file(studio, "here"), settings) as (path, _):
        assert path.read_bytes() == b"x" * 10
    assert studio.asked[-1] == ("/data/upload/clip", None)


def test_a_file_that_is_too_large_is_refused(settings: Config, studio: Studio) -> None:
    small = settings.model_copy(update={"max_fetch_bytes": 9})
    assert "larger than 9 bytes" in fails(file(studio, "clip"), small)


def test_a_server_that_drips_without_end_is_left(settings: Config, studio: Studio) -> None:
    hasty = settings.model_copy(update={"fetch_seconds": 0.5})
    assert "takes longer" in fails(file(studio, "dripping"), hasty)


def test_a_file_that_arrives_in_part_is_refused(settings: Config, studio: Studio) -> None:
    assert "completely" in fails(file(studio, "broken"), settings)


def test_the_status_of_a_refusal_is_told(settings: Config, studio: Studio) -> None:
    assert "status 404" in fails(file(studio, "missing"), settings)


def test_a_server_that_is_not_there_is_told(settings: Config) -> None:
    assert "reached" in fails(RemoteFile("http://127.0.0.1:9/data/upload/x"), settings)


def test_a_proxy_of_the_environment_is_not_used(
    settings: Config, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with fetched(file(studio, "clip"), settings) as (path, _):
        assert path.stat().st_size == 10
