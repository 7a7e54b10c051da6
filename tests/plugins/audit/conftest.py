"""A log to write to, and to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest
from audit_making import Event, make_event

from plugins.audit.log import Log


@pytest.fixture
def event() -> Event:
    return make_event


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


@pytest.fixture
def five(log: Log) -> Log:
    """Return a log with five lines."""
    for number in range(1, 6):
        log.append(make_event(which=f"task {number}", families=(f"F-000{number}",)))
    return log
