"""The script of the labelling page, on Label Studio's pages."""

from __future__ import annotations

from django.http import HttpRequest

from plugins.host.inserting import IntoApplication, module
from plugins.host.language import language_of
from vib.language import in_language

from .texts_screen import SCREEN


class Script(IntoApplication):
    """Add the script, with its words and who is signed in."""

    def added(self, request: HttpRequest) -> str:
        """Return the script."""
        about = {
            "account": request.user.pk,
            "email": getattr(request.user, "email", ""),
            "words": in_language(SCREEN, language_of(request)),
        }
        return module("vib_coding/main.js", "vib_coding/coding.css", "vib-coding-page", about)
