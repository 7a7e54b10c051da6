"""The Django application of the intake plugin."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Has templates, scripts and a style sheet only: no models, no signals."""

    name = "plugins.intake"
    label = "vib_intake"
