"""Django applications of plugins: one that fails as the server starts is left out, and the server starts.

Django knows no such thing. It makes each application of `INSTALLED_APPS`, then imports the models
of each, then calls each `ready`; here the three are guarded for applications of plugins.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType

from django.apps import AppConfig, apps

from vib.chosen import PROTECTING
from vib.pluginhost import PluginHost

HOOK = "vib_django_apps"


def guard(names: Mapping[str, str], plugins: PluginHost) -> None:
    """Guard these applications, each of the plugin that it is given with.

    An application of a plugin that protects the server is not guarded: without it nothing starts.
    """
    make = AppConfig.create

    def create(entry: str) -> AppConfig:
        plugin = names.get(entry)
        if plugin is None or plugin in PROTECTING:
            return make(entry)
        config: AppConfig = _Nothing(entry)
        with plugins.guard(plugin, HOOK):
            config = _guarded(make(entry), plugin, plugins)
        return config

    AppConfig.create = staticmethod(create)  # type: ignore[method-assign]  # there is no other way in


class _Nothing(AppConfig):
    """What stands in the place of an application that was left out."""

    path = "/nonexistent"

    def __init__(self, entry: str) -> None:
        self.label = "vib_left_out_" + "".join(sign if sign.isalnum() else "_" for sign in entry)
        # A package without anything in it: Django looks for models and migrations there.
        module = sys.modules[self.label] = ModuleType(self.label)
        module.__path__ = []
        super().__init__(self.label, module)


def _guarded(config: AppConfig, plugin: str, plugins: PluginHost) -> AppConfig:
    if config.label in apps.app_configs:
        raise ValueError(f"its label {config.label!r} is that of {apps.app_configs[config.label].name}")
    load, ready = config.import_models, config.ready

    def import_models() -> None:
        loaded = False
        with plugins.guard(plugin, HOOK):
            load()
            loaded = True
        if not loaded:
            # What stood before the error is registered, and would have no table.
            apps.all_models[config.label].clear()
            config.models = apps.all_models[config.label]

    def guarded_ready() -> None:
        with plugins.guard(plugin, HOOK):
            ready()

    config.import_models = import_models  # type: ignore[method-assign]  # as above
    config.ready = guarded_ready  # type: ignore[method-assign]  # as above
    return config
