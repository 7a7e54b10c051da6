"""Finds plugins and calls their hooks, so that what fails in one is named and hurts no other."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, final

import pluggy

from vib import hookspecs, offers
from vib.failures import IMPORTING, Failure, Failures, described, of_plugin
from vib.hookspecs import ANSWERS_WITH, PROJECT, REFUSING

FOLDER = Path(__file__).parent.parent / "plugins"
"""Where built-in plugins live: each folder with a ``plugin.py`` is one."""

Origin = Literal["folder", "installed"]


@final
@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin that was found, and whether it works.

    Parameters
    ----------
    error : str or None
        What went wrong, on one line; None when nothing did.
    failures : tuple[Failure, ...]
        The same, hook by hook.
    """

    name: str
    origin: Origin
    hooks: tuple[str, ...]
    error: str | None = None
    failures: tuple[Failure, ...] = ()


class Target(NamedTuple):
    """Where a plugin is, before it is loaded."""

    name: str
    module: str
    origin: Origin


@final
class PluginHost:
    """The plugins of one process.

    An error of a plugin, while it is imported or in a hook, is noted with its name and logged;
    what it was to give is left out and the others work. This holds for every call of `hook`,
    as each implementation of a plugin is called under `guard`; so callers need do nothing.

    Parameters
    ----------
    folder : Path
        Folder whose subfolders may be plugins; its name is the package they belong to.
    only : Iterable[str] or None
        Names to load; None loads all.
    without : Iterable[str]
        Names not to load.
    """

    def __init__(self, folder: Path = FOLDER, only: Iterable[str] | None = None, without: Iterable[str] = ()) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self.hook = self._manager.hook
        self.failures = Failures()
        self._owners: dict[tuple[str, str], str] = {}
        wanted = None if only is None else set(only)
        unwanted = set(without)
        chosen = [
            target
            for target in targets(folder)
            if (wanted is None or target.name in wanted) and target.name not in unwanted
        ]
        first = {target.name: target for target in reversed(chosen)}
        imported = [(target, self._import(target)) for target in chosen if first[target.name] is target]
        # Called in the order in which they were found: pluggy calls the last registered first.
        loaded = {target: self._register(target, module) for target, module in reversed(imported)}
        self._loaded = tuple(loaded.get(target) or _second(target) for target in chosen)

    @property
    def found(self) -> tuple[PluginInfo, ...]:
        """The plugins, with what went wrong in this process so far."""
        return self.found_with(())

    def found_with(self, others: Iterable[Failure]) -> tuple[PluginInfo, ...]:
        """Return the plugins, with what went wrong here and in other processes."""
        failures = (*self.failures.listed(), *others)
        return tuple(_with_failures(info, of_plugin(info.name, failures)) for info in self._loaded)

    @contextmanager
    def guard(self, plugin: str, hook: str) -> Iterator[None]:
        """Note what a plugin raises in this block, and go on.

        What a hook may answer with is raised: the user's error, not the plugin's. And so is,
        when it was noted, what refuses a request.
        """
        try:
            yield
        except (Exception, SystemExit) as error:
            if isinstance(error, ANSWERS_WITH.get(hook, ())):
                raise
            self.failures.note(plugin, hook, error)
            if hook in REFUSING:
                raise error if isinstance(error, Exception) else RuntimeError(described(error)) from error

    def answers(self, hook: str, **given: Any) -> Iterator[tuple[str, Any]]:
        """Call a hook of one plugin after the other; yield its name and what it gave back, None if it failed."""
        for implementation in reversed(getattr(self.hook, hook).get_hookimpls()):
            arguments = (given[name] for name in implementation.argnames)
            yield implementation.plugin_name, implementation.function(*arguments)

    def add(self, name: str, plugin: object) -> None:
        """Take in one more plugin, a module or an object with hooks, which is called before the others.

        Raises
        ------
        Exception
            Its hooks do not fit.
        """
        own = _Guarded(plugin)
        own.guard(lambda hook, function: self._guarded(name, hook, function))
        self._manager.register(own, name)
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError:
            self._manager.unregister(own)
            raise

    def remove(self, name: str) -> None:
        """Take out a plugin that was added."""
        self._manager.unregister(name=name)

    def _import(self, target: Target) -> ModuleType | None:
        module = None
        with self.guard(target.name, IMPORTING):
            module = importlib.import_module(target.module)
        return module

    def _register(self, target: Target, module: ModuleType | None) -> PluginInfo:
        hooks: tuple[str, ...] = ()
        if module is not None:
            with self.guard(target.name, IMPORTING):
                self.add(target.name, module)
                callers = self._manager.get_hookcallers(self._manager.get_plugin(target.name)) or []
                hooks = tuple(sorted(caller.name for caller in callers))
        return PluginInfo(target.name, target.origin, hooks)

    def _guarded(self, plugin: str, hook: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return an implementation of a hook that fails for itself alone."""

        @wraps(function)
        def call(*arguments: Any) -> Any:
            with self.guard(plugin, hook):
                return self._own(plugin, hook, offers.checked(hook, function(*arguments)))
            return None

        return call

    def _own(self, plugin: str, hook: str, answer: Any) -> Any:
        """Leave out what another plugin gave by the same name, and watch what is called later."""
        taken, given = set(), set[str]()
        for place, names in enumerate(offers.names(hook, answer) if answer is not None else ()):
            owned = {name: self._owners.setdefault((hook, name), plugin) for name in sorted(names)}
            for name, owner in owned.items():
                if owner != plugin or name in given:
                    taken.add(place)
                    self.failures.note(plugin, hook, NameTaken(f"{name!r} is given by the plugin {owner}"))
            given |= names
        if taken:
            answer = offers.without(hook, answer, taken)
        return offers.watched(answer, lambda error: self.failures.note(plugin, hook, error))


class NameTaken(ValueError):
    """Two plugins give the same name; the first has it."""


@final
class _Guarded:
    """A plugin as pluggy sees it: its hooks, each under guard."""

    def __init__(self, plugin: object) -> None:
        self._plugin = plugin

    def guard(self, guarded: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
        """Take over the plugin's hooks, each as `guarded` makes it of its name and function."""
        for name in dir(self._plugin):
            function = getattr(self._plugin, name, None)
            options = getattr(function, f"{PROJECT}_impl", None)
            if isinstance(options, dict) and callable(function):
                if options["wrapper"] or options["hookwrapper"]:
                    raise TypeError(f"{name} is a wrapper around the hooks of other plugins, which there is no way for")
                setattr(self, name, guarded(options["specname"] or name, function))

    def __repr__(self) -> str:
        return str(getattr(self._plugin, "__file__", self._plugin))


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Offer = TypeVar("_Offer", bound=_Named)


def by_name(offered: Iterable[Iterable[_Offer]]) -> dict[str, _Offer]:
    """Put what several plugins offer in one table; the host sees to it that no name comes twice."""
    return {offer.name: offer for offers in offered for offer in offers}


def targets(folder: Path = FOLDER) -> list[Target]:
    """List every plugin there is, loaded or not, in a fixed order."""
    built_in = [
        Target(path.parent.name, f"{folder.name}.{path.parent.name}.plugin", "folder")
        for path in sorted(folder.glob("*/plugin.py"))
    ]
    installed = sorted(entry_points(group=PROJECT), key=lambda entry: entry.name)
    return built_in + [Target(entry.name, entry.module, "installed") for entry in installed]


def _second(target: Target) -> PluginInfo:
    return PluginInfo(target.name, target.origin, (), "another plugin has this name")


def _with_failures(info: PluginInfo, failures: tuple[Failure, ...]) -> PluginInfo:
    if info.error is not None or not failures:
        return info
    return replace(info, error="; ".join(map(str, failures)), failures=failures)
