"""Which codebook a command is about: an installed method by name, or a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.console import say
from vib.codebook import FOLDER, Codebook, read_codebook
from vib.methods import read_method

METHOD = say("Naam van een methode, of een codebook.yaml.", "Name of a method, or a codebook.yaml.")
_NAMED = say("METHODE", "METHOD")
Method = Annotated[str, typer.Argument(metavar=_NAMED, help=METHOD, show_default=False)]
Methods = Annotated[list[str] | None, typer.Argument(metavar=_NAMED, help=METHOD, show_default=False)]


def is_file(method: str) -> bool:
    """Tell whether somebody named a file, and no method."""
    return Path(method).suffix in (".yaml", ".yml")


def path_of(method: str) -> Path:
    """Return the file of the codebook that somebody named."""
    return Path(method) if is_file(method) else FOLDER / method / "codebook.yaml"


def book_of(method: str) -> Codebook:
    """Read the codebook that somebody named.

    Raises
    ------
    InputProblem
        There is no such method or file, or it is wrong.
    """
    return read_codebook(Path(method)) if is_file(method) else read_method(method)
