"""`vib plugins`: which plugins there are, what they offer, and whether they work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

import typer
from rich.table import Table
from rich.text import Text as Styled

from scripts.console import AsJson, DataFolder, complain, notices, out, say
from scripts.new_plugin import new
from vib.chosen import check_left_out, load_plugins
from vib.failures import kept
from vib.pluginhost import PluginHost, PluginInfo, targets
from vib.problem import InputProblem
from vib.settings import Settings, read_settings
from vib.terminal import print_json

ASKED = ("vib_statistics", "vib_export_formats", "vib_segmenters", "vib_django_apps", "vib_pages")
"""Hooks that can be called without a server. What fails in others is known once a server has called them."""

MODULES: Mapping[str, Callable[[Any], Iterable[str]]] = {
    "vib_django_apps": list,
    "vib_pages": lambda answer: [page.view.partition(":")[0] for page in answer],
}
"""Which modules an answer names."""


def plugins_app() -> typer.Typer:
    """Return `vib plugins`, with the subcommand that writes a new one."""
    app = typer.Typer(rich_markup_mode=None)
    app.callback(invoke_without_command=True)(plugins)
    app.command()(new)
    return app


def plugins(ctx: typer.Context, data: DataFolder = None, as_json: AsJson = False) -> None:
    if ctx.invoked_subcommand is not None:
        return
    settings = read_settings(data)
    host = load_plugins(settings)
    found = tried(host, settings)
    if as_json:
        print_json([asdict(plugin) for plugin in found])
    else:
        _show(found, settings)
    try:
        check_left_out(settings)
    except InputProblem as problem:
        complain(problem)
        raise typer.Exit(1) from None
    if any(plugin.error for plugin in found):
        raise typer.Exit(1)


def tried(host: PluginHost, settings: Settings) -> tuple[PluginInfo, ...]:
    """Call what can be called here, and return the plugins with what failed, here or in a server."""
    for hook in ASKED:
        for plugin, answer in host.answers(hook):
            for module in MODULES[hook](answer) if hook in MODULES and answer else ():
                with host.guard(plugin, hook):
                    _look_for(module)
    return host.found_with(kept(settings.failed))


def _look_for(name: str) -> None:
    """See whether a module is there, or the module of a class; Django imports it later."""
    module = name.rpartition(".")[0] if name.rpartition(".")[2][:1].isupper() else name
    if find_spec(module) is None:
        raise ModuleNotFoundError(f"No module named {module!r}")


def _show(found: tuple[PluginInfo, ...], settings: Settings) -> None:
    table = Table(box=None, pad_edge=False)
    for name in (say("plugin", "plugin"), say("herkomst", "origin"), say("haken", "hooks")):
        table.add_column(name, overflow="fold")
    for plugin in found:
        said = Styled(", ".join(plugin.hooks))
        for error in map(str, plugin.failures) if plugin.failures else [plugin.error] * bool(plugin.error):
            said.append(("\n" if said else "") + str(error), style="bold red")
        table.add_row(plugin.name, plugin.origin, said)
    out.print(table)
    loaded = {plugin.name for plugin in found}
    if unloaded := [target.name for target in targets() if target.name not in loaded]:
        names = ", ".join(unloaded)
        notices.print(say(f"niet geladen: {names}", f"not loaded: {names}"), markup=False, highlight=False)


plugins.__doc__ = say(
    """Toon de plugins die er zijn en wat ze toevoegen.

    Een plugin die niet werkt staat er met de fout bij (resultaat 1); de rest werkt dan gewoon. Ook wat
    mislukte in de server die met deze gegevens draait, of het laatst draaide, staat erbij.
    """,
    """Show which plugins there are and what they add.

    A plugin that does not work is shown with its error (exit code 1); the others just work. So is what
    failed in the server that runs with this data, or ran last.
    """,
)
