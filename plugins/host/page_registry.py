"""The pages of all plugins, in one place: their routes, their rights and the menus are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.module_loading import import_string

from plugins.host.guarded_middleware import ANSWERS
from vib.page import Menu, Page
from vib.pluginhost import PluginHost
from vib.roles import Role, admits

HOOK = "vib_pages"

View = Callable[..., HttpResponseBase]


@final
@dataclass(frozen=True, slots=True)
class Registered:
    """A page, and whose it is."""

    plugin: str
    page: Page

    @property
    def namespace(self) -> str:
        """What the plugin's names begin with, in templates and `reverse`."""
        return f"vib_{self.plugin.replace('-', '_')}"

    @property
    def view_name(self) -> str:
        """What `reverse` calls it."""
        return f"{self.namespace}:{self.page.name}"


@final
class Registry:
    """The pages that the plugins of this process say they have, without those whose view cannot be imported."""

    def __init__(self, plugins: PluginHost) -> None:
        self._plugins = plugins

    @cached_property
    def pages(self) -> Sequence[Registered]:
        """Every page, words before parameters."""
        found = [Registered(plugin, page) for plugin, pages in self._plugins.answers(HOOK) for page in pages or ()]
        return sorted(found, key=lambda one: one.page.specificity)

    def routes(self) -> dict[str, list[URLPattern]]:
        """Return the patterns of each plugin, by its namespace."""
        routes: dict[str, list[URLPattern]] = {}
        views: dict[str, str] = {}
        for one in self.pages:
            with self._plugins.guard(one.plugin, HOOK):
                if (first := views.setdefault(one.page.address, one.page.view)) != one.page.view:
                    raise ValueError(f"{one.page.address}: {first} answers there, so {one.page.view} never would")
                view = _watched(import_string(one.page.view.replace(":", ".")), one.plugin, self._plugins)
                view = view if hasattr(view, "cls") else login_required(view)
                pattern = path(one.page.address, view, name=one.page.name)
                # Django makes the expression of an address only when it looks for one, in every page.
                _ = pattern.pattern.regex
                routes.setdefault(one.namespace, []).append(pattern)
        return routes

    def way(self, view_name: str, role: Role | None, **named: Any) -> str:
        """Return the address of a page of any plugin; nothing where it is not there, or not for this role."""
        pages = (one.page for one in self.pages if one.view_name == view_name)
        return reverse(view_name, kwargs=named) if any(admits(role, page.rights) for page in pages) else ""

    def menu(self, menu: Menu, role: Role | None) -> Iterator[Registered]:
        """Yield the pages to which a menu leads somebody of a role."""
        shown = [
            one
            for one in self.pages
            if one.page.menu is menu and role in one.page.roles and admits(role, one.page.rights)
        ]
        yield from sorted(shown, key=lambda one: one.page.order)


def _watched(view: View, plugin: str, plugins: PluginHost) -> View:
    """Return a view that tells of its errors; the page is Django's page for them, and only that one."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ANSWERS:
            raise
        except Exception as error:
            plugins.failures.note(plugin, HOOK, error)
            raise

    return answer


REGISTRY = Registry(settings.VIB_PLUGIN_HOST)
