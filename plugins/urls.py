"""URLs: ours under ``/vib/``, then Label Studio's."""

from __future__ import annotations

from core.urls import urlpatterns as label_studio_urls
from django.urls import include, path

from plugins.host import left_out, media
from plugins.host.page_registry import REGISTRY

urlpatterns = [
    path("vib/media/<path:name>", media.serve),
    path("vib/left-out.css", left_out.style, name="vib-left-out"),
    *(path("vib/", include((routes, namespace))) for namespace, routes in REGISTRY.routes().items()),
    *label_studio_urls,
]
