"""The Django application of the coding plugin."""

from __future__ import annotations

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Has models and what is put on the labelling page."""

    name = "plugins.coding"
    label = "vib_coding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let no interface take away codes that somebody has not submitted yet."""
        from plugins.host.codes_in_use import also

        from .log import unsubmitted

        also(unsubmitted)
