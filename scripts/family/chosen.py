"""Which family, or families, a command is about; and that somebody changed one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scripts.console import say
from vib import actor
from vib.chosen import load_plugins
from vib.family import Family, differences
from vib.problem import InputProblem
from vib.recordings import family_folders
from vib.settings import Settings

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


def record(settings: Settings, what: str, before: Family | None, after: Family) -> None:
    """Note in the audit log of an installation, where there is one, what changed in a family.

    Raises
    ------
    OSError
        It cannot be noted: what changed is not to be written then.
    """
    if not settings.data.is_dir():
        return
    os.environ["VIB_DATA"] = str(settings.data.absolute())
    hook = load_plugins(settings).hook
    for said in differences(before, after):
        hook.vib_access_event(event=actor.command().event(what, families=[after.family], which=said))
