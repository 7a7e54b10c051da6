"""The `vib` command: subcommands of this folder and of plugins, and one way to report errors."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from scripts.codebook import codebook
from scripts.console import LANGUAGE, complain, say
from scripts.export import export
from scripts.plugins import plugins
from scripts.segment import segment_app
from scripts.sync import sync
from scripts.usage import run
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.settings import read_settings
from vib.unreadable import system_reason


def make_app() -> typer.Typer:
    """Return the application with every subcommand, those of plugins included."""
    app = typer.Typer(
        name="vib",
        help=say(
            "VIB Studio: opnamen klaarzetten, in beurten knippen, coderen en vergelijken.",
            "VIB Studio: get recordings ready, cut them into turns, code and compare them.",
        ),
        no_args_is_help=True,
        context_settings={"help_option_names": ["--help", "-h"]},
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    app.command()(sync)
    app.add_typer(segment_app(), name="segment")
    for command in (export, codebook, plugins):
        app.command()(command)
    for plugin, error in PluginHost(only=read_settings().plugins).add_commands(app).items():
        complain(
            InputProblem(f"plugin {plugin}", nl=f"voegt geen opdracht toe: {error}", en=f"adds no command: {error}")
        )
    return app


def _show_version(asked: bool) -> None:
    """Print the version and stop, before a command is looked for."""
    if asked:
        from importlib.metadata import version

        print(f"vib-studio {version('vib-studio')}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=say("Toon de versie.", "Show the version."), is_eager=True, callback=_show_version
        ),
    ] = False,
) -> None:
    """Take the options of `vib` itself."""


def main() -> None:
    """Run the command; exit code 0 done, 1 it failed, 2 the input or usage is wrong."""
    os.umask(0o077)
    try:
        sys.exit(run(make_app(), sys.argv[1:]))
    except InputProblem as problem:
        complain(problem)
        sys.exit(2)
    except OSError as error:
        reason = system_reason(error).to(LANGUAGE)
        print(f"{error.filename}: {reason}" if error.filename else reason, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
