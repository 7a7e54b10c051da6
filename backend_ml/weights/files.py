"""Where the weights are, and whether they are the right ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend_ml.weights.pins import WEIGHTS, Weights
from vib.problem import InputProblem
from vib.settings import HOME, ROOT


class WeightsSettings(BaseSettings):
    """What an installation may choose about weights, from the environment (prefix ``VIB_ML_``)."""

    model_config = SettingsConfigDict(env_prefix="VIB_ML_", frozen=True, extra="ignore")

    models: Path = Field(
        default=Path(__file__).parent / "files" if HOME == ROOT else HOME / "models",
        description="Folder with the weights of the models. Default: `backend_ml/weights/files` in the repository,"
        " else `models/` in the folder of the installation.",
    )


class WeightsProblem(InputProblem):
    """Weights are missing, are not the right ones, or cannot be fetched."""


def weights_file(name: str) -> Path:
    """Return the file of some weights, checked against its hash once in a process.

    Parameters
    ----------
    name : str
        ``segmentation``, ``camplusplus`` or ``face_short``.

    Raises
    ------
    WeightsProblem
        The file is missing or is another than the pinned one.
    KeyError
        There are no weights of that name.
    """
    weights = {item.name: item for item in WEIGHTS}[name]
    path = WeightsSettings().models.absolute() / weights.file
    _check(path, weights.sha256)
    return path


def model_hashes() -> Mapping[str, str]:
    """Return the sha256 of each of the weights that are here and right, by name."""
    return {weights.name: weights.sha256 for weights in WEIGHTS if _is_usable(weights)}


def sha256_of(path: Path) -> str | None:
    """Return the hash of a file, or None if there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_usable(weights: Weights) -> bool:
    try:
        weights_file(weights.name)
    except WeightsProblem:
        return False
    return True


@cache
def _check(path: Path, wanted: str) -> None:
    found = sha256_of(path)
    if found == wanted:
        return
    raise WeightsProblem(
        path.name,
        nl=f"deze modelgewichten {'ontbreken' if found is None else 'zijn beschadigd'};"
        " haal ze op met scripts/up --setup-only of python -m backend_ml.weights",
        en=f"these model weights are {'missing' if found is None else 'damaged'};"
        " fetch them with scripts/up --setup-only or python -m backend_ml.weights",
    )
