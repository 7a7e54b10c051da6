"""The Django application of what is kept of somebody."""

from __future__ import annotations

from django.apps import AppConfig


class KeptConfig(AppConfig):
    """Has templates only: no models, no signals."""

    name = "plugins.kept"
    label = "vib_kept"
