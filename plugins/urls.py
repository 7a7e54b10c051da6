"""URLs: ours under ``/vib/``, then Label Studio's."""

from __future__ import annotations

from core.urls import urlpatterns as label_studio_urls
from django.urls import include, path
from django.views.generic import RedirectView

from plugins.host import errors, left_out, media
from plugins.host.page_registry import REGISTRY

ours = REGISTRY.routes()
# Where everybody lands, also after signing in: never on Label Studio's home.
door = "/vib/" if any(str(page.pattern) == "" for pages in ours.values() for page in pages) else "/projects/"
land = RedirectView.as_view(url=door, query_string=True)

urlpatterns = [
    path("", land),
    path("vib/media/<path:name>", media.serve),
    path("vib/left-out.css", left_out.style, name="vib-left-out"),
    *(path("vib/", include((routes, namespace))) for namespace, routes in ours.items()),
    *label_studio_urls,
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_here
handler500 = errors.failed
