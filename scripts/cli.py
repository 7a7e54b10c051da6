"""The `vib` command: subcommands of this folder and of plugins, and one way to report errors."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_group
from typer.models import CommandInfo, TyperInfo

from scripts.codebook import codebook_app
from scripts.console import LANGUAGE, Failure, OneLine, complain, exit_code, say
from scripts.export import export
from scripts.family import family_app
from scripts.plugins import plugins_app
from scripts.repair import repair
from scripts.segment import segment_app
from scripts.sync import sync
from scripts.upgrade import upgrade
from scripts.usage import run
from vib import failures
from vib.chosen import load_plugins
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
    app.add_typer(plugins_app(), name="plugins")
    app.add_typer(codebook_app(), name="codebook")
    app.add_typer(family_app(), name="family")
    for command in (export, repair, upgrade):
        app.command()(command)
    add_commands(app, load_plugins(read_settings()))
    return app


def add_commands(app: typer.Typer, host: PluginHost) -> None:
    """Let every plugin add its commands; of one that fails, or adds what does not work, there are none."""
    before = list(app.registered_commands), list(app.registered_groups)
    names = _names(*before)
    for plugin, answer in host.answers("vib_commands", app=app, host=host):
        works = False
        with host.guard(plugin, "vib_commands"):
            added = _names(app.registered_commands[len(before[0]) :], app.registered_groups[len(before[1]) :])
            if taken := names & added:
                raise ValueError(f"there is a command {', '.join(sorted(taken))} already")
            names |= added
            works = answer is not None
        if not works:
            app.registered_commands[:], app.registered_groups[:] = before
        before = list(app.registered_commands), list(app.registered_groups)


def _names(commands: Sequence[CommandInfo], groups: Sequence[TyperInfo]) -> set[str]:
    """Make commands, as Typer does when one of them is called, and return their names."""
    trial = typer.Typer(rich_markup_mode=None)
    trial.callback()(_options)
    trial.registered_commands[:], trial.registered_groups[:] = commands, groups
    return set(get_group(trial).commands)


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
    failing = logging.getLogger(failures.__name__)
    failing.addHandler(OneLine())
    failing.propagate = False
    try:
        sys.exit(run(make_app(), sys.argv[1:]))
    except InputProblem as problem:
        complain(problem)
        sys.exit(exit_code([problem]))
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        reason = system_reason(error).to(LANGUAGE)
        print(f"{error.filename}: {reason}" if error.filename else reason, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
