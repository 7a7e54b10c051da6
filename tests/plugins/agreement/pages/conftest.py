"""One process with Django for all tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.access.inside import process_inside


@pytest.fixture(scope="session")
def run_inside(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], None]]:
    """Run a function of a test module where Django is; see `tests.plugins.access.inside`."""
    with process_inside("tests.plugins.agreement.pages.coded", template, tmp_path_factory.mktemp("pages")) as run:
        yield run
