"""The Django application of the turns plugin."""

from __future__ import annotations

from django.apps import AppConfig


class TurnsConfig(AppConfig):
    """Has templates and listens to codes being saved; no models."""

    name = "plugins.proposals"
    label = "vib_turns"

    def ready(self) -> None:
        """Listen."""
        from . import corrections

        corrections.listen()
