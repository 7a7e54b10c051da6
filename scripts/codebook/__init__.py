"""`vib codebook`: the methods that are installed, and everything for who writes one."""

from __future__ import annotations

import typer

from scripts.codebook.checking import check
from scripts.codebook.checking_codes import check_codes
from scripts.codebook.comparing import diff
from scripts.codebook.confirming import confirm
from scripts.codebook.rendering import render
from scripts.codebook.showing import list_methods, show
from scripts.codebook.starting import new
from scripts.codebook.upgrading import upgrade
from scripts.console import say


def codebook_app() -> typer.Typer:
    """Return `vib codebook` with its commands."""
    app = typer.Typer(
        help=say(
            "Toon de methoden, en schrijf, controleer, vergelijk en bevestig codeboeken.",
            "Show the methods, and write, check, compare and confirm codebooks.",
        ),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.command(name="list")(list_methods)
    for command in (show, check, render, new, diff, upgrade, confirm):
        app.command()(command)
    app.command(name="check-codes")(check_codes)
    return app
