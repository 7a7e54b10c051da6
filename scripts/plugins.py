"""`vib plugins`: which plugins there are, what they offer, and whether they work."""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.table import Table

from scripts.console import AsJson, out, print_json, say
from vib.pluginhost import PluginHost
from vib.settings import read_settings


def plugins(as_json: AsJson = False) -> None:
    host = PluginHost(only=read_settings().plugins)
    if as_json:
        print_json([asdict(plugin) for plugin in host.found])
    else:
        table = Table(box=None, pad_edge=False)
        for name in (say("plugin", "plugin"), say("herkomst", "origin"), say("haken", "hooks")):
            table.add_column(name, overflow="fold")
        for plugin in host.found:
            table.add_row(plugin.name, plugin.origin, plugin.error or ", ".join(plugin.hooks))
        out.print(table)
    if any(plugin.error for plugin in host.found):
        raise typer.Exit(1)


plugins.__doc__ = say(
    """Toon de plugins die er zijn en wat ze toevoegen.

    Een plugin die niet werkt staat er met de fout bij (resultaat 1); de rest werkt dan gewoon.
    """,
    """Show which plugins there are and what they add.

    A plugin that does not work is shown with its error (exit code 1); the others just work.
    """,
)
