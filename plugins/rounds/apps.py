"""The Django application of the rounds plugin."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Keeps who was reminded of which round."""

    name = "plugins.rounds"
    label = "vib_rounds"
    default_auto_field = "django.db.models.BigAutoField"
