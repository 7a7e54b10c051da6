"""URLs: ours under ``/vib/``, then Label Studio's."""

from collections.abc import Iterable

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


_plugin_urls = [
    path(prefix, include(module))
    for prefixes in settings.VIB_PLUGIN_HOST.hook.vib_urls()
    for prefix, module in prefixes.items()
]
behind_login(_plugin_urls)

urlpatterns = [
    path("vib/media/<path:name>", media.serve),
    path("vib/", include(_plugin_urls)),
    *label_studio_urls,
]
