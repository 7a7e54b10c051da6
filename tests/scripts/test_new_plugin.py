"""`vib plugins new` writes a plugin that works, whose test passes, in good style; and overwrites nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.new_plugin import check_name, in_package, in_repository, new
from scripts.new_plugin_texts import FORMAT, PAGE, SEGMENTER, STATISTIC
from tests.conftest import ROOT
from vib.problem import InputProblem

PARTS = ("vib", "scripts", "plugins", "backend_ml", "label_configs")
ALL = ("--page", "--statistic", "--format", "--segmenter")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the program, into which a plugin may be written."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / "copy" / part, ignore=shutil.ignore_patterns("__pycache__", "*.onnx"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "copy" / "pyproject.toml")
    return tmp_path / "copy"


@pytest.fixture
def run(copied: Path) -> Run:
    """Run a module of Python in the copy."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("VIB_", "PYTHON"))}

    def module(*arguments: str | Path, path: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=copied,
            env={
                **environment,
                "VIB_LANGUAGE": "en",
                "PYTHONPATH": f"{path}{os.pathsep}{copied}" if path else str(copied),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return module


@pytest.mark.nightly
def test_a_plugin_with_everything_is_written_and_its_test_passes(copied: Path, run: Run) -> None:
    written = run("scripts.cli", "plugins", "new", "tempo", *ALL)
    assert written.returncode == 0, written.stderr
    assert "plugins/tempo/plugin.py" in written.stdout.splitlines()
    assert "start it again" in written.stdout
    tested = run("pytest", "-q", "-p", "no:cacheprovider", "tests/plugins/tempo", "--rootdir", copied)
    assert tested.returncode == 0, tested.stdout
    assert " passed" in tested.stdout
    before = {path: path.read_bytes() for path in copied.rglob("*tempo*/*.py")}
    again = run("scripts.cli", "plugins", "new", "tempo")
    assert (again.returncode, again.stdout) == (2, "")
    assert "exists already; nothing was written" in again.stderr
    assert {path: path.read_bytes() for path in before} == before


def install(outside: Path, name: str) -> None:
    """Leave a package as pip does: its entry point beside it."""
    info = outside / f"vib_{name}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: vib-{name}\nVersion: 0.1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[vib]\n{name} = {name}.plugin\n", encoding="utf-8")


def test_a_package_is_written_once_and_its_test_passes_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    # Its page is asked for in tests/plugins/host/test_host_failing.py, of a server that is started anyway.
    new("tempo_here", statistic=True, form=True, segmenter=True, package=outside)
    assert "tempo_here/plugin.py" in capsys.readouterr().out
    with pytest.raises(InputProblem, match="exists already; nothing was written"):
        new("tempo_here", package=outside)
    install(outside, "tempo_here")
    monkeypatch.syspath_prepend(outside)
    monkeypatch.setenv("PYTHONPATH", str(outside))
    tests = outside / "tests"
    assert pytest.main(["--quiet", "-p", "no:cacheprovider", f"--rootdir={tests}", str(tests)]) == 0


@pytest.mark.nightly
def test_a_package_outside_is_written_and_its_test_passes(tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "outside"
    written = run("scripts.cli", "plugins", "new", "tempo", *ALL, "--package", outside)
    assert written.returncode == 0, written.stderr
    install(outside, "tempo")
    listed = run("scripts.cli", "plugins", path=str(outside))
    assert listed.returncode == 0, listed.stderr
    assert "tempo        installed" in listed.stdout
    tested = run("pytest", "-q", "-p", "no:cacheprovider", outside / "tests", "--rootdir", outside, path=str(outside))
    assert tested.returncode == 0, tested.stdout


@pytest.mark.parametrize("parts", [[STATISTIC], [FORMAT], [SEGMENTER], [PAGE], [STATISTIC, FORMAT, SEGMENTER, PAGE]])
@pytest.mark.parametrize("files", [in_repository, in_package])
def test_what_is_written_is_in_the_style_of_the_house(
    tmp_path: Path, files: Callable[..., dict[str, str]], parts: list[object]
) -> None:
    for name, text in files("tempo_two", parts).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ours = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--config", 'src=["."]']
    # In a package of its own, what is whose is sorted otherwise.
    ours += ["--config", 'lint.isort.known-first-party=["vib", "plugins", "tempo_two"]']
    for check in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *check, *ours, str(tmp_path)]
        found = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    "name", ["", "Tempo", "9lives", "../tempo", "tempo-two", "tempo__two", "_tempo", "class", "a" * 41, "tempo\n"]
)
def test_a_name_that_does_not_do_is_refused(name: str) -> None:
    with pytest.raises(InputProblem, match="a name has small letters"):
        check_name(name, None)


@pytest.mark.parametrize("name", ["agreement", "turns", "host"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(InputProblem, match="exists already"):
        check_name(name, None)


@pytest.mark.parametrize("name", ["json", "numpy", "tasks", "users"])
def test_a_package_is_not_called_as_another_module(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputProblem, match="is called so already"):
        check_name(name, tmp_path / "new")


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(InputProblem, match="exists already"):
        check_name("tempo", tmp_path)
