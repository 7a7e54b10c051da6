"""Packages that only training needs, imported where they are used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from vib.problem import InputProblem

NEEDED = ("torch", "sklearn.svm", "pyworld")


def extra(name: str) -> ModuleType:
    """Import a package that the product itself does without.

    Raises
    ------
    InputProblem
        It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise InputProblem(
            name.partition(".")[0],
            nl="ontbreekt; trainen vraagt meer pakketten: pip install --editable '.[train]'",
            en="is missing; training needs more packages: pip install --editable '.[train]'",
        ) from error
