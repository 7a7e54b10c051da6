"""Media and the application for the tests of the ML backend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from ml_material import LABELS, FakeSegmenter

from backend_ml.app import create_app
from backend_ml.config import Config
from tests.conftest import ROOT
from tests.voices import run_ffmpeg, talk, write_wav

DEMO_CLIP = ROOT / "demo" / "families" / "F-0001" / "2026-03-01-maaltijd.mp4"


@pytest.fixture(scope="session")
def conversation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child and an adult in turns, as `TALK` says."""
    return write_wav(tmp_path_factory.mktemp("talk") / "talk.wav", talk())


@pytest.fixture(scope="session")
def family_talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound of the first 14 s of a demo clip, in which a child and an adult speak."""
    path = tmp_path_factory.mktemp("family") / "talk.wav"
    run_ffmpeg("-i", DEMO_CLIP, "-t", "14", "-vn", path)
    return path


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A media root with one family and one file."""
    folder = tmp_path / "media" / "F-0001"
    folder.mkdir(parents=True)
    (folder / "clip.m4a").write_bytes(b"sound")
    (folder / "bad.m4a").write_bytes(b"bad")
    (folder / "bug.m4a").write_bytes(b"bug")
    return folder.parent


@pytest.fixture
def segmenter() -> FakeSegmenter:
    """A segmenter that does no work."""
    return FakeSegmenter()


@pytest.fixture
def configured(media: Path, tmp_path: Path) -> Callable[..., Config]:
    """Make settings over the media root, independent of the environment."""

    def make(**options: Any) -> Config:
        return Config(**{"media_root": media, "cache": tmp_path / "cache", "segmenter": "turns", **options})

    return make


@pytest.fixture
def client(configured: Callable[..., Config], segmenter: FakeSegmenter) -> FlaskClient:
    """A client of the application with the fake segmenter."""
    return create_app(configured(), segmenter).test_client()


@pytest.fixture
def ask() -> Callable[..., dict[str, Any]]:
    """Make the body of `/predict` as Label Studio 1.23 sends it."""

    def make(*addresses: str | None, label_config: str = LABELS) -> dict[str, Any]:
        tasks = [
            {
                "id": number,
                "data": {"clip": f"F-0001/{number}", "audio": address, "duration": 9.0, "fps": 25},
                "project": 1,
                "annotations": [],
                "predictions": [],
                "meta": {},
                "is_labeled": False,
            }
            for number, address in enumerate(addresses)
        ]
        return {
            "tasks": tasks,
            "project": "1.1700000000",
            "label_config": label_config,
            "params": {"login": None, "password": None, "context": None},
        }

    return make
