"""`vib codebook`: which methods there are, what is in them, and their rendered files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.table import Table

from scripts.console import LANGUAGE, AsJson, out, say
from vib.atomic import write_text
from vib.codebook import FOLDER, TO_CONFIRM, Codebook, read_codebook
from vib.guide import render_guide
from vib.interface import render_interface
from vib.methods import method_names, read_method
from vib.problem import InputProblem
from vib.terminal import print_json


def codebook(
    method: Annotated[
        str | None,
        typer.Argument(
            help=say("Naam van een methode, of een codebook.yaml.", "Name of a method, or a codebook.yaml.")
        ),
    ] = None,
    guide: Annotated[
        bool,
        typer.Option("--guide", help=say("Toon de handleiding voor het coderen.", "Show the coding guide.")),
    ] = False,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help=say(
                "Schrijf interface en handleiding opnieuw, na een wijziging van codebook.yaml.",
                "Write interface and guide anew, after a change of codebook.yaml.",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    if method is None:
        if guide or write:
            raise InputProblem("", nl="noem een methode", en="name a method")
        _list(as_json)
        return
    path = Path(method)
    book = read_codebook(path) if path.suffix in (".yaml", ".yml") else read_method(method)
    if write:
        folder = path.parent if path.suffix in (".yaml", ".yml") else FOLDER / method
        for name, text in rendered(book).items():
            write_text(folder / name, text)
            out.print(str(folder / name), highlight=False)
    elif as_json:
        print_json(book.model_dump(mode="json"))
    elif guide:
        out.print(Markdown(render_guide(book, LANGUAGE)))
    else:
        _show(book)


codebook.__doc__ = say(
    """Toon de methoden en hun codes.

    Zonder naam: welke methoden er zijn. Met een naam: de codes; wat nog niet bevestigd
    is, heeft te bevestigen erachter. Met de naam van een bestand: of het klopt.
    """,
    """Show the methods and their codes.

    Without a name: which methods there are. With a name: its codes; what is not
    confirmed yet says so. With the name of a file: whether it is right.
    """,
)


def rendered(book: Codebook) -> dict[str, str]:
    """Return the files that are made from a codebook, by name."""
    return {
        "interface.xml": render_interface(book, "nl"),
        "interface.en.xml": render_interface(book, "en"),
        "guide.nl.md": render_guide(book, "nl"),
        "guide.en.md": render_guide(book, "en"),
    }


def _list(as_json: bool) -> None:
    books = [read_method(name) for name in method_names()]
    if as_json:
        print_json([{"method": b.method, "version": b.version, "title": b.title.model_dump()} for b in books])
        return
    table = Table(box=None, pad_edge=False)
    for name in (say("methode", "method"), say("versie", "version"), say("titel", "title")):
        table.add_column(name)
    for book in books:
        table.add_row(book.method, book.version, book.title.to(LANGUAGE))
    out.print(table)


def _show(book: Codebook) -> None:
    out.print(f"{book.title.to(LANGUAGE)} ({book.method} {book.version})", highlight=False)
    for tier in book.tiers:
        table = Table(title=tier.label.to(LANGUAGE), title_justify="left", box=None, pad_edge=False)
        for name in (say("code", "code"), say("naam", "label"), say("ja/nee", "ja/nee"), TO_CONFIRM.to(LANGUAGE)):
            table.add_column(name)
        for code in tier.codes:
            table.add_row(code.id, code.label.to(LANGUAGE), code.polarity, code.confirm_by or "")
        out.print(table)
    for rating in book.ratings:
        out.print(f"{rating.id}  {rating.label.to(LANGUAGE)}  {rating.lowest}-{rating.highest}", highlight=False)
