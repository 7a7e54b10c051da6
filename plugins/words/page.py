"""The script that puts Label Studio's words into Dutch, on the pages of who reads Dutch: it knows English alone."""

from __future__ import annotations

from django.http import HttpRequest

from plugins.host.inserting import IntoApplication
from plugins.host.language import language_of
from plugins.host.static_files import static_address


class Words(IntoApplication):
    """Add the script."""

    def added(self, request: HttpRequest) -> str:
        """Return the script where somebody reads Dutch; nothing is drawn in English first."""
        if language_of(request) != "nl":
            return ""
        return f'<script type="module" blocking="render" src="{static_address("vib_words/main.js")}"></script>'
