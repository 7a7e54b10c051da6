"""One process with Django for all tests of the plugin, with a shared secret and no backend but what a test brings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from tests.plugins.access.inside import process_inside
from tests.plugins.proposals.inside_proposals import SECRET


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], None]]:
    """Run a function of a test module where Django is; see `tests.plugins.access.inside`."""
    ours = {"VIB_ML_SECRET": SECRET, "VIB_ML_URL": "http://127.0.0.1:9"}
    folder = tmp_path_factory.mktemp("turns")
    with (
        mock.patch.dict(os.environ, ours),
        process_inside("tests.plugins.proposals.inside_proposals", template, folder) as run,
    ):
        yield run
