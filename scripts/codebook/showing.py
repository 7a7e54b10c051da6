"""`vib codebook list` and `vib codebook show`: which methods there are, and what is in one."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.table import Table

from scripts.codebook.chosen import Method, book_of
from scripts.console import LANGUAGE, AsJson, complain, out, say
from vib.codebook import TO_CONFIRM, Codebook
from vib.guide import render_guide
from vib.methods import check_off, method_names, read_method
from vib.problem import InputProblem
from vib.settings import read_settings
from vib.terminal import print_json


def list_methods(as_json: AsJson = False) -> None:
    off = read_settings().methods_off
    check_off(off)
    books, problems = [], []
    for name in method_names():
        try:
            books.append(read_method(name))
        except InputProblem as problem:
            problems.append(problem)
    if as_json:
        print_json(
            [
                {"method": b.method, "version": b.version, "title": b.title.model_dump(), "off": b.method in off}
                for b in books
            ]
        )
    else:
        table = Table(box=None, pad_edge=False)
        for name in (say("methode", "method"), say("versie", "version"), say("titel", "title")):
            table.add_column(name)
        for book in books:
            is_off = say(" (uit)", " (off)") if book.method in off else ""
            table.add_row(book.method, book.version, f"{book.title.to(LANGUAGE)}{is_off}")
        out.print(table)
    for found in problems:
        complain(found)
    if problems:
        raise typer.Exit(2)


list_methods.__doc__ = say("Toon welke methoden er zijn.", "Show which methods there are.")


def show(
    method: Method,
    guide: Annotated[
        bool,
        typer.Option("--guide", help=say("Toon de handleiding voor het coderen.", "Show the coding guide.")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    book = book_of(method)
    if as_json:
        print_json(book.model_dump(mode="json"))
    elif guide:
        out.print(Markdown(render_guide(book, LANGUAGE)))
    else:
        _show(book)


show.__doc__ = say(
    """Toon de codes van een methode, met alles wat zijn modules erin brengen.

    Wat nog niet bevestigd is, heeft te bevestigen erachter.
    """,
    """Show the codes of a method, with all that its modules bring.

    What is not confirmed yet says so.
    """,
)


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
