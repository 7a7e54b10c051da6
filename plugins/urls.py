"""URLs: ours under ``/vib/``, then Label Studio's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any

from core.urls import urlpatterns as label_studio_urls
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from plugins.host import left_out, media
from plugins.host.guarded_middleware import ANSWERS
from vib.pluginhost import PluginHost

HOOK = "vib_urls"

View = Callable[..., HttpResponseBase]


def behind_login(patterns: Iterable[URLPattern | URLResolver], watched: Callable[[View], View]) -> None:
    """Make every view of these patterns ask for a login; API views do so by themselves."""
    for pattern in patterns:
        # Django makes the expression of an address only when it looks for one, in every page.
        _ = pattern.pattern.regex
        if isinstance(pattern, URLResolver):
            behind_login(pattern.url_patterns, watched)
            continue
        view = watched(pattern.callback)
        pattern.callback = view if hasattr(view, "cls") else login_required(view)


def plugin_urls(plugins: PluginHost) -> list[URLResolver]:
    """Return the pages of all plugins, the longest prefix first; those that cannot be loaded are left out."""
    found: dict[str, URLResolver] = {}
    for plugin, modules in plugins.answers(HOOK):
        for prefix, module in (modules or {}).items():
            with plugins.guard(plugin, HOOK):
                pages = path(prefix, include(module))
                if pages.namespace and pages.namespace in {other.namespace for other in found.values()}:
                    raise ValueError(f"{module}: another plugin has the app_name {pages.namespace!r}")
                behind_login([pages], partial(_watched, plugin=plugin, plugins=plugins))
                found[prefix] = pages
    return [found[prefix] for prefix in sorted(found, key=len, reverse=True)]


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


urlpatterns = [
    path("vib/media/<path:name>", media.serve),
    path("vib/left-out.css", left_out.style, name="vib-left-out"),
    path("vib/", include(plugin_urls(settings.VIB_PLUGIN_HOST))),
    *label_studio_urls,
]
