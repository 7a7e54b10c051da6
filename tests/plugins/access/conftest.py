"""One process with Django for all tests that run inside the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.access.inside import process_inside


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], None]]:
    """Run a function of a test module where Django is; see `tests.plugins.access.inside`."""
    with process_inside("tests.plugins.access.inside", template, tmp_path_factory.mktemp("inside")) as run:
        yield run
