"""Finds plugins and calls their hooks."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar, final

import pluggy

from vib import hookspecs
from vib.hookspecs import PROJECT

if TYPE_CHECKING:
    import typer

FOLDER = Path(__file__).parent.parent / "plugins"
"""Where built-in plugins live: each folder with a ``plugin.py`` is one."""


@final
@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin that was found, and whether it works."""

    name: str
    origin: Literal["folder", "installed"]
    hooks: tuple[str, ...]
    error: str | None = None


@final
class PluginHost:
    """The plugins of one process.

    A plugin that cannot be imported is reported in `found` and left out; the others work.

    Parameters
    ----------
    folder : Path
        Folder whose subfolders may be plugins; its name is the package they belong to.
    only : Iterable[str] or None
        Names to load; None loads all.
    """

    def __init__(self, folder: Path = FOLDER, only: Iterable[str] | None = None) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.hook = self.manager.hook
        wanted = None if only is None else set(only)
        self.found: tuple[PluginInfo, ...] = tuple(
            self._load(name, target, origin)
            for name, target, origin in _targets(folder)
            if wanted is None or name in wanted
        )

    def _load(self, name: str, target: str, origin: Literal["folder", "installed"]) -> PluginInfo:
        if self.manager.has_plugin(name):
            return PluginInfo(name, origin, (), "another plugin has this name")
        module = None
        try:
            module = importlib.import_module(target)
            self.manager.register(module, name)
            self.manager.check_pending()
        except (Exception, SystemExit) as error:
            if module is not None and self.manager.is_registered(module):
                self.manager.unregister(module)
            return PluginInfo(name, origin, (), f"{type(error).__name__}: {error}")
        callers = self.manager.get_hookcallers(module) or []
        return PluginInfo(name, origin, tuple(sorted(caller.name for caller in callers)))

    def add_commands(self, app: typer.Typer) -> dict[str, str]:
        """Let every plugin add its commands; return what went wrong, by plugin.

        One that raises leaves out its commands and no others.
        """
        failed = {}
        for plugin in self.hook.vib_commands.get_hookimpls():
            try:
                given: dict[str, object] = {"app": app, "host": self}
                plugin.function(*(given[name] for name in plugin.argnames))
            except Exception as error:
                failed[plugin.plugin_name] = f"{type(error).__name__}: {error}"
        return failed


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Offer = TypeVar("_Offer", bound=_Named)


def by_name(offers: Iterable[Iterable[_Offer]]) -> dict[str, _Offer]:
    """Put what several plugins offer in one table.

    Raises
    ------
    ValueError
        Two plugins offer the same name.
    """
    table: dict[str, _Offer] = {}
    for offer in (item for offered in offers for item in offered):
        if offer.name in table:
            raise ValueError(f"two plugins offer {offer.name!r}")
        table[offer.name] = offer
    return table


def _targets(folder: Path) -> list[tuple[str, str, Literal["folder", "installed"]]]:
    """List name, module and origin of every plugin there is, in a fixed order."""
    found: list[tuple[str, str, Literal["folder", "installed"]]] = [
        (path.parent.name, f"{folder.name}.{path.parent.name}.plugin", "folder")
        for path in sorted(folder.glob("*/plugin.py"))
    ]
    installed = sorted(entry_points(group=PROJECT), key=lambda entry: entry.name)
    return found + [(entry.name, entry.module, "installed") for entry in installed]
