"""The command: what it asks, and what it says when something is wrong."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from training_material import write_folder

from research.training.command import main
from research.training.extras import NEEDED, extra
from research.training.keeping import keep, kept
from vib.problem import InputProblem

TRAINABLE = all(find_spec(name.partition(".")[0]) for name in NEEDED)


@pytest.mark.parametrize(
    "more", [[], ["--out", "x", "--hours", "0"], ["--out", "x", "--minutes", "nan"], ["--out", "x", "--seed", "-1"]]
)
def test_wrong_use_answers_2(more: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["folder", *more])
    assert stopped.value.code == 2


def test_help_answers_0_without_any_package_of_training() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "research.training", "--help"], capture_output=True, text=True, timeout=120, check=True
    )
    assert "speakers.json" in run.stdout


def test_a_missing_package_is_named_with_how_to_install_it() -> None:
    with pytest.raises(InputProblem, match=r"no_such_package: .*pip install --editable '\.\[train\]'"):
        extra("no_such_package.part")


@pytest.mark.skipif(TRAINABLE, reason="the packages of training are installed")
def test_without_the_packages_of_training_nothing_is_begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "speech")
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 2
    assert "'.[train]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not TRAINABLE, reason="the packages of training are not installed")
def test_work_on_other_recordings_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "speech")
    about = tmp_path / "out" / "work" / "about.json"
    about.parent.mkdir(parents=True)
    about.write_text('{"seed": 1}')
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 2
    assert "--seed" in capsys.readouterr().err
    assert about.read_text() == '{"seed": 1}'


def test_arrays_are_kept_whole_and_damage_is_said(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.npz"
    keep(path, {"x": np.arange(3)})
    assert kept(path)["x"].tolist() == [0, 1, 2]
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(InputProblem, match=r"a\.npz: damaged"):
        kept(path)
    assert [found.name for found in path.parent.iterdir()] == ["a.npz"]
