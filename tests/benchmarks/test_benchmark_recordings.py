"""The kinds of recordings that people have become clips that are true to the frame."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

LIKELY = ("TS: sound from one to two channels midway", "MKV: picture begins 0.4 s later")
"""Kinds in which a mistake in keeping time shows first."""


@pytest.fixture
def recordings(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the program, as it is when it runs."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("recordings")


def making(seconds: float, folder: Path) -> object:
    return importlib.import_module("recordings_kinds").Making(folder, seconds, "160x120")


@pytest.mark.parametrize("name", LIKELY)
def test_a_kind_that_is_likely_to_break_is_true_to_the_frame(name: str, recordings: ModuleType, tmp_path: Path) -> None:
    [kind] = [one for one in importlib.import_module("recordings_kinds").kinds() if one.name == name]
    where = making(7, tmp_path)
    found = recordings.of_kind(kind, where, kind.make(where, "recording"), timed=False)
    assert found.right, found


def test_a_clip_whose_sound_is_a_frame_and_more_off_is_found_wrong(recordings: ModuleType, tmp_path: Path) -> None:
    kinds = importlib.import_module("recordings_kinds")
    where = making(7, tmp_path)
    late = kinds.Kind("late", lambda making, name: making.base(), heard=lambda making: [m + 0.06 for m in making.marks])
    found = recordings.of_kind(late, where, late.make(where, "recording"), timed=False)
    assert (found.right, found.used) == (False, True)
    assert found.sound == pytest.approx(0.06, abs=0.01)


@pytest.mark.nightly
def test_every_kind_that_can_be_made_here_comes_out_as_it_should() -> None:
    program = [sys.executable, str(ROOT / "benchmarks" / "recordings.py"), "--seconds", "8"]
    run = subprocess.run(program, capture_output=True, text=True, check=False)
    said = run.stderr.splitlines()
    assert run.returncode == 0, "\n".join(line for line in said if not line.startswith("ok"))
    assert len([line for line in said if line.startswith("ok")]) >= 60
