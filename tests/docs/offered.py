"""What there is to be documented, asked of the real objects, as in datasette's ``tests/test_docs.py``."""

from __future__ import annotations

import inspect
import re
import subprocess
from functools import cache

import typer

from scripts.cli import make_app
from tests.docs.pages import (
    ROOT,
)
from vib import hookspecs


def hooks() -> dict[str, str]:
    """Return the signature of each hook by name, as people write it."""
    found = inspect.getmembers(hookspecs, inspect.isfunction)
    return {name: f"{name}{inspect.signature(hook)}".replace("'", "") for name, hook in found if name[:4] == "vib_"}


@cache
def commands() -> dict[str, set[str]]:
    """Return the options of each command, `--help` aside; the command `vib` itself is there too."""
    group = typer.main.get_command(make_app())
    every = {"vib": group} | {f"vib {name}": command for name, command in group.commands.items()}  # type: ignore[attr-defined]
    return {
        name: {option for p in command.params for option in (*p.opts, *p.secondary_opts) if option.startswith("-")}
        - {"--help"}
        for name, command in every.items()
    }


@cache
def subcommands() -> dict[str, dict[str, set[str]]]:
    """Return the options of each subcommand, by the command that it is of."""
    group = typer.main.get_command(make_app())
    found: dict[str, dict[str, set[str]]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for below, sub in getattr(command, "commands", {}).items():
            options = {option for p in sub.params for option in (*p.opts, *p.secondary_opts) if option[0] == "-"}
            found.setdefault(f"vib {name}", {})[f"vib {name} {below}"] = options - {"--help"}
    return found


@cache
def up_options() -> set[str]:
    """Return the options of `scripts/up`, as its usage line says."""
    said = subprocess.run([ROOT / "scripts" / "up", "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z-]+", said.partition("\n\n")[0]))


def option_names(cell: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cell))
