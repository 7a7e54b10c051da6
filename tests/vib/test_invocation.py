"""What messages say to type."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vib.invocation import VIB, as_typed


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    program = tmp_path / ".venv" / "bin" / "vib"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return tmp_path / ".venv"


def test_in_a_checkout_the_program_is_named_from_its_folder(environment: Path) -> None:
    assert as_typed(environment, environment.parent, path="/usr/bin") == ".venv/bin/vib"


def test_in_an_environment_that_is_active_the_name_is_enough(environment: Path) -> None:
    assert as_typed(environment, environment.parent, path=f"{environment / 'bin'}:/usr/bin") == "vib"


def test_a_program_of_the_same_name_elsewhere_is_not_ours(environment: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "vib"
    other.parent.mkdir()
    other.symlink_to(environment / "bin" / "vib")
    assert as_typed(environment, environment.parent, path=str(other.parent)) == ".venv/bin/vib"


def test_where_there_is_no_checkout_no_folder_is_named(environment: Path) -> None:
    assert as_typed(environment, Path("/app"), path="/usr/bin") == "vib"


def test_what_messages_say_runs_in_the_folder_of_the_repository() -> None:
    run = subprocess.run([*VIB.split(), "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "sync" in run.stdout
