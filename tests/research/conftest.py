"""A conversation to hear."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.voices import talk, write_wav


@pytest.fixture(scope="session")
def conversation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child and an adult in turns, as `TALK` says."""
    return write_wav(tmp_path_factory.mktemp("talk") / "talk.wav", talk())
