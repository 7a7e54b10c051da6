"""The wheel that others install, made of this checkout as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the wheel, made once in a session."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what is in the wheel, as `pip` puts it into ``site-packages``."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_unpacked(unpacked: Path, cwd: Path, *arguments: str | Path, **environment: str) -> str:
    """Run a module of the unpacked wheel, with its dependencies and nothing of the checkout, and return what it said.

    Parameters
    ----------
    arguments
        The module and its arguments, such as ``"scripts.cli", "plugins"``.
    """
    # Without `site` nothing adds the checkout to the path, as its editable installation would.
    run = subprocess.run(
        [sys.executable, "-S", "-m", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("VIB_")},
            "PYTHONPATH": os.pathsep.join([str(unpacked), sysconfig.get_path("purelib")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "VIB_LANGUAGE": "en",
            **environment,
        },
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
