"""One process with Django for all tests that run inside the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.access.inside import Run, process_inside
from tests.plugins.proposals.inside_proposals import SECRET


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run a function of a test module where Django is, with a secret for an ML backend that is not there."""
    settings = {"VIB_ML_SECRET": SECRET, "VIB_ML_URL": "http://127.0.0.1:9"}
    with process_inside(template, tmp_path_factory.mktemp("inside"), settings) as run:
        yield run
