"""The page on which recordings of a family are sent."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.host import pages
from vib.recordings import folder_of

from . import upload_texts as texts
from .allowed import brings


@require_safe
def send(request: HttpRequest, family: str) -> HttpResponse:
    """Show what can be sent for a family."""
    if family not in brings():
        return pages.page(request, "vib_intake/not_found.html", texts.WORDS, {}, status=404)
    here = folder_of(settings.VIB.families, family) is not None
    return pages.page(request, "vib_intake/sending.html", texts.WORDS, {"family": family, "here": here})
