"""The wheel holds the whole product and nothing else, and works where there is no checkout."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

from tests.conftest import ROOT
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


def test_the_unpacked_wheel_cuts_a_clip(unpacked: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    command = ["ffmpeg", "-v", "error", "-i", CLIP, "-t", "6", "-c", "copy", clip]
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True)
    said = run_unpacked(unpacked, tmp_path, "scripts.cli", "segment", clip, "--json", VIB_ML_MODELS=str(WEIGHTS))
    found = json.loads(said)
    assert found["clip"] == "clip.mp4"
    assert {turn["actor"] for turn in found["turns"]} <= {"kind", "volwassene", "onbekend"}
    assert 1 <= len(found["turns"]) <= 5


def test_the_unpacked_wheel_prints_agreement(unpacked: Path, tmp_path: Path) -> None:
    example = unpacked / "plugins" / "agreement" / "example.json"
    said = run_unpacked(unpacked, tmp_path, "scripts.cli", "agreement", example)
    assert "Agreement: anna, bram" in said


def test_the_unpacked_wheel_knows_the_methods(unpacked: Path, tmp_path: Path) -> None:
    assert "vib-pleegzorg" in run_unpacked(unpacked, tmp_path, "scripts.cli", "codebook")
