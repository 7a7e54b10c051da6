"""Finds plugins and calls their hooks."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal, Protocol, TypeVar, final

import pluggy

from vib import hookspecs
from vib.hookspecs import PROJECT

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
        try:
            module = importlib.import_module(target)
            self.manager.register(module, name)
            self.manager.check_pending()
        except Exception:
            if self.manager.has_plugin(name):
                self.manager.unregister(name=name)
            return PluginInfo(name, origin, (), traceback.format_exc(limit=-1).strip().splitlines()[-1])
        callers = self.manager.get_hookcallers(module) or []
        return PluginInfo(name, origin, tuple(sorted(caller.name for caller in callers)))


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
