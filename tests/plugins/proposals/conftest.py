"""One process with Django for all tests of the plugin, with a shared secret and no backend but what a test brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.access.inside import process_inside
from tests.plugins.proposals.inside_proposals import SECRET


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], None]]:
    """Run a function of a test module where Django is; see `tests.plugins.access.inside`."""
    ours = {"VIB_ML_SECRET": SECRET, "VIB_ML_URL": "http://127.0.0.1:9"}
    folder = tmp_path_factory.mktemp("turns")
    with process_inside("tests.plugins.proposals.inside_proposals", template, folder, ours) as run:
        yield run
