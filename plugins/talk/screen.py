"""The script of conversations, on Label Studio's pages."""

from __future__ import annotations

from django.http import HttpRequest

from plugins.host.inserting import IntoApplication, module
from plugins.host.language import language_of
from plugins.talk.texts import AUDIENCES, KINDS, SCREEN
from vib.language import in_language


class Script(IntoApplication):
    """Add the script, with its words."""

    def added(self, request: HttpRequest) -> str:
        """Return the script."""
        said = {"words": SCREEN, "kinds": KINDS, "audiences": AUDIENCES}
        about = {name: in_language(words, language_of(request)) for name, words in said.items()}
        return module("vib_talk/screen.js", "vib_talk/screen.css", "vib-talk-page", about)
