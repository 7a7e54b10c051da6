"""Keeps the machine's own settings out of the tests of the kernel."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vib import settings


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a ``vib.yaml`` that is read; nothing else is set."""
    for name in [name for name in os.environ if name.startswith("VIB_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "vib.yaml"
    monkeypatch.setattr(settings, "VIB_YAML", path)
    monkeypatch.setattr(settings, "LAST_STARTED", tmp_path / "last-started")
    return path
