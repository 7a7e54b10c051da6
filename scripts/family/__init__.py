"""`vib family`: show, check and change what ``family.yaml`` says."""

from __future__ import annotations

import typer

from scripts.console import say
from scripts.family.checking import check
from scripts.family.editing import edit
from scripts.family.showing import show
from scripts.family.upgrading import upgrade


def family_app() -> typer.Typer:
    """Return `vib family` with its commands."""
    app = typer.Typer(
        help=say(
            "Toon, controleer en verander wat family.yaml van een gezin zegt: leden, toestemming, clips.",
            "Show, check and change what family.yaml says of a family: members, consent, clips.",
        ),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (show, check, edit, upgrade):
        app.command()(command)
    return app
