"""The methods that are installed: the folders of ``label_configs/``."""

from __future__ import annotations

from pathlib import Path

from vib.codebook import FOLDER, Codebook, read_codebook
from vib.problem import InputProblem


def method_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of all installed methods, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/codebook.yaml")))


def read_method(name: str, folder: Path = FOLDER) -> Codebook:
    """Read the codebook of an installed method.

    Raises
    ------
    InputProblem
        There is no such method, or its codebook is wrong.
    """
    if name not in method_names(folder):
        known = ", ".join(method_names(folder))
        raise InputProblem(
            name,
            nl=f"deze methode is niet geïnstalleerd; wel: {known}",
            en=f"this method is not installed; these are: {known}",
        )
    codebook = read_codebook(folder / name / "codebook.yaml")
    if codebook.method != name:
        raise InputProblem(
            str(folder / name / "codebook.yaml"),
            nl=f"'method' is {codebook.method}, maar de map heet {name}",
            en=f"'method' is {codebook.method}, but the folder is called {name}",
        )
    return codebook


def asked_at(codebook: Codebook, level: str | None) -> Codebook:
    """Return what of a codebook is asked at a level, by the level's id; all of it where there is no level.

    Raises
    ------
    InputProblem
        The codebook has no such level.
    """
    if level is None:
        return codebook
    try:
        return codebook.at(codebook.level(level))
    except KeyError as error:
        known = ", ".join(found.id for found in codebook.levels)
        raise InputProblem(
            level,
            nl=f"dit niveau heeft {codebook.method} {codebook.version} niet; wel: {known or 'geen'}",
            en=f"{codebook.method} {codebook.version} has no such level; these are: {known or 'none'}",
        ) from error
