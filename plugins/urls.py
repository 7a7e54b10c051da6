"""URLs: ours under ``/vib/``, then Label Studio's."""

from collections.abc import Iterable, Mapping

from core.urls import urlpatterns as label_studio_urls
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path

from plugins.host import media


def behind_login(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Make every view of these patterns ask for a login; API views do so by themselves."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            behind_login(pattern.url_patterns)
        elif not hasattr(pattern.callback, "cls"):
            pattern.callback = login_required(pattern.callback)


def plugin_urls(offers: Iterable[Mapping[str, str]]) -> list[URLResolver]:
    """Return the pages of all plugins, the longest prefix first.

    Raises
    ------
    ValueError
        Two plugins claim one prefix.
    """
    modules: dict[str, str] = {}
    for prefix, module in (pair for offered in offers for pair in offered.items()):
        if prefix in modules:
            raise ValueError(f"{modules[prefix]} and {module} both claim /vib/{prefix}")
        modules[prefix] = module
    return [path(prefix, include(modules[prefix])) for prefix in sorted(modules, key=len, reverse=True)]


_plugin_urls = plugin_urls(settings.VIB_PLUGIN_HOST.hook.vib_urls())
behind_login(_plugin_urls)

urlpatterns = [
    path("vib/media/<path:name>", media.serve),
    path("vib/", include(_plugin_urls)),
    *label_studio_urls,
]
