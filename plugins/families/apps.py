"""The Django application of the families plugin."""

from __future__ import annotations

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """Has templates and a style sheet only: no models, no signals."""

    name = "plugins.families"
    label = "vib_families"
