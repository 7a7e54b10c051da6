"""`vib codebook render`: the files that are made from a codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.codebook.chosen import Methods, book_of, path_of
from scripts.console import AsJson, out, say
from vib.atomic import write_text
from vib.codebook import Codebook
from vib.guide import render_guide
from vib.interface import render_interface
from vib.methods import method_names
from vib.problem import InputProblem
from vib.terminal import print_json


def render(
    methods: Methods = None,
    every: Annotated[bool, typer.Option("--all", help=say("Van alle methoden.", "Those of all methods."))] = False,
    as_json: AsJson = False,
) -> None:
    if bool(methods) == every:
        raise InputProblem("vib codebook render", nl="noem een methode, of zeg --all", en="name a method, or say --all")
    names = [*method_names()] if every else methods or []
    made = {path: text for name in names for path, text in rendered(book_of(name), path_of(name).parent).items()}
    for path, text in made.items():
        write_text(path, text)
    if as_json:
        print_json([str(path) for path in made])
        return
    for path in made:
        out.print(str(path), highlight=False, markup=False)


render.__doc__ = say(
    """Schrijf interface en handleiding opnieuw, na een wijziging van codebook.yaml.

    Ze komen naast codebook.yaml. Bewerk ze niet zelf.
    """,
    """Write interface and guide anew, after a change of codebook.yaml.

    They go beside codebook.yaml. Do not edit them.
    """,
)


def rendered(book: Codebook, folder: Path) -> dict[Path, str]:
    """Return the files that are made from a codebook, with what is in them.

    Parameters
    ----------
    book : Codebook
    folder : Path
        That of the codebook.
    """
    return {
        folder / "interface.xml": render_interface(book, "nl"),
        folder / "interface.en.xml": render_interface(book, "en"),
        folder / "guide.nl.md": render_guide(book, "nl"),
        folder / "guide.en.md": render_guide(book, "en"),
    }
