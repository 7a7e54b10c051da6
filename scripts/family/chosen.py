"""Which family, or families, a command is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scripts.console import say
from vib.problem import InputProblem
from vib.recordings import family_folders

Folder = Annotated[
    Path,
    typer.Argument(
        help=say("Map van een gezin, met family.yaml.", "Folder of a family, with a family.yaml."), metavar="FOLDER"
    ),
]
Folders = Annotated[
    Path,
    typer.Argument(
        help=say(
            "Map met gezinsmappen, of één gezinsmap (met family.yaml).",
            "Folder of family folders, or one family folder (with a family.yaml).",
        ),
        metavar="FAMILIES",
    ),
]


def folders_of(families: Path) -> Iterator[Path | InputProblem]:
    """Yield the folders of families.

    Raises
    ------
    InputProblem
        There is no such folder, or no family in it.
    """
    if not families.is_dir():
        raise InputProblem(str(families), nl="deze map bestaat niet", en="there is no such folder")
    yield from family_folders(families)
