"""The methods that are installed: the folders of ``label_configs/``."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from vib.codebook import FOLDER, Codebook, read_codebook
from vib.codebook.reading import MODULES
from vib.problem import InputProblem


def method_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of all installed methods, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/codebook.yaml")))


def offered_methods(off: Collection[str], folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the methods that people may begin to code with, sorted.

    Those that are off stay installed, so that codes of before can be read.

    Parameters
    ----------
    off : collection of str
        Names of methods that are not used here: the setting ``methods_off``.
    """
    return tuple(name for name in method_names(folder) if name not in off)


def refuse_off(name: str, off: Collection[str]) -> None:
    """Refuse to begin with a method that is off.

    Raises
    ------
    InputProblem
        It is off.
    """
    if name in off:
        raise InputProblem(
            name,
            nl="deze methode is hier uitgezet (methods_off in vib.yaml, of VIB_METHODS_OFF); wat er al mee gecodeerd"
            " is, blijft leesbaar",
            en="this method is switched off here (methods_off in vib.yaml, or VIB_METHODS_OFF); what was coded with it"
            " stays readable",
        )


def check_off(off: Collection[str], folder: Path = FOLDER) -> None:
    """Refuse to switch off a method that is not there: its name may be spelt wrong, and the other one on.

    Raises
    ------
    InputProblem
        Names it, and those that are there.
    """
    names = method_names(folder)
    if unknown := sorted({*off} - {*names}):
        gone, known = ", ".join(unknown), ", ".join(names)
        raise InputProblem(
            "VIB_METHODS_OFF / vib.yaml: methods_off",
            nl=f"er is geen methode {gone}; wel: {known}",
            en=f"there is no method {gone}; these are: {known}",
        )


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
    codebook = _read(folder / name / "codebook.yaml", _state_of(folder, name))
    if codebook.method != name:
        raise InputProblem(
            str(folder / name / "codebook.yaml"),
            nl=f"'method' is {codebook.method}, maar de map heet {name}",
            en=f"'method' is {codebook.method}, but the folder is called {name}",
        )
    return codebook


@lru_cache(maxsize=64)
def _read(path: Path, state: tuple[object, ...]) -> Codebook:
    """Read a codebook again only when a file changed that it is made of."""
    return read_codebook(path)


def _state_of(folder: Path, name: str) -> tuple[object, ...]:
    paths = [
        folder / name / "codebook.yaml",
        *sorted(folder.glob("*.yaml")),
        *sorted((folder / MODULES).glob("*.yaml")),
    ]
    return tuple((path.name, found.st_mtime_ns, found.st_size) for path in paths for found in [path.stat()])


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
