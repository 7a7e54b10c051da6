"""The wheel holds the whole product and nothing else, and works where there is no checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.voices import run_ffmpeg
from tests.wheel import run_unpacked

PRODUCT = {"vib", "plugins", "backend_ml", "scripts", "label_configs"}
CLIP = ROOT / "demo" / "families" / "F-0001" / "2026-03-08-spel.mp4"
WEIGHTS = ROOT / "backend_ml" / "weights" / "files"


def names_in(wheel: Path) -> set[Path]:
    with zipfile.ZipFile(wheel) as archive:
        return {Path(name) for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_file_of_the_product_and_nothing_else(wheel: Path) -> None:
    files = {path.relative_to(ROOT) for part in PRODUCT for path in (ROOT / part).rglob("*") if path.is_file()}
    left_out = {
        path
        for path in files
        if "__pycache__" in path.parts
        or path.name == ".gitignore"
        or path.is_relative_to(WEIGHTS.relative_to(ROOT))
        # Set-up of a checkout: `up`, `test`, `lock`.
        or (path.parent == Path("scripts") and not path.suffix)
    }
    assert names_in(wheel) == files - left_out


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """The first seconds of a demo clip."""
    path = tmp_path / "clip.mp4"
    run_ffmpeg("-i", CLIP, "-t", "6", "-c", "copy", path)
    return path


def has_turns(said: str) -> None:
    found = json.loads(said)
    assert found["clip"] == "clip.mp4"
    assert {turn["actor"] for turn in found["turns"]} <= {"kind", "volwassene", "onbekend"}
    assert 1 <= len(found["turns"]) <= 5


def test_the_unpacked_wheel_cuts_a_clip_with_weights_of_the_user_and_writes_nothing_beside_its_code(
    unpacked: Path, tmp_path: Path, clip: Path
) -> None:
    own, before = tmp_path / "own", set(unpacked.rglob("*"))
    (own / "vib-studio").mkdir(parents=True)
    (own / "vib-studio" / "models").symlink_to(WEIGHTS)
    said = run_unpacked(unpacked, tmp_path, "scripts.cli", "segment", clip, "--json", XDG_DATA_HOME=str(own))
    has_turns(said)
    assert set(unpacked.rglob("*")) == before


def test_the_unpacked_wheel_prints_agreement(unpacked: Path, tmp_path: Path) -> None:
    example = unpacked / "plugins" / "agreement" / "example.json"
    said = run_unpacked(unpacked, tmp_path, "scripts.cli", "agreement", example)
    assert "Agreement: anna and bram" in said


def test_the_unpacked_wheel_knows_the_methods(unpacked: Path, tmp_path: Path) -> None:
    assert "vib-pleegzorg" in run_unpacked(unpacked, tmp_path, "scripts.cli", "codebook", "list")


@pytest.mark.nightly
def test_in_an_empty_virtual_environment_the_wheel_fetches_its_weights_cuts_a_clip_and_prints_agreement(
    wheel: Path, tmp_path: Path, clip: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("VIB_", "PYTHON"))}
    environment |= {"XDG_DATA_HOME": str(tmp_path / "own"), "VIB_LANGUAGE": "en"}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [*map(str, command)], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(sys.executable, "-m", "venv", tmp_path / "venv")
    python, vib = (tmp_path / "venv" / "bin" / name for name in ("python", "vib"))
    # The versions of the lock without its hashes: only a file with a hash may be installed beside others with one.
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = [line.removesuffix(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]
    (tmp_path / "pinned.txt").write_text("\n".join(pinned), encoding="utf-8")
    run(python, "-m", "pip", "install", "--quiet", "--constraint", tmp_path / "pinned.txt", wheel)
    run(python, "-m", "backend_ml.weights")
    installed = set((tmp_path / "venv").rglob("*.py"))
    has_turns(run(vib, "segment", clip, "--json"))
    assert "Agreement: anna, bram" in run(vib, "agreement", ROOT / "plugins" / "agreement" / "example.json")
    assert set((tmp_path / "venv").rglob("*.py")) == installed
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == ["vib-studio"]
    assert [path.name for path in (tmp_path / "own" / "vib-studio").iterdir()] == ["models"]
