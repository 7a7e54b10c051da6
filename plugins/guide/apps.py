"""The Django application of the guide plugin."""

from __future__ import annotations

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Has templates only: no models, no signals."""

    name = "plugins.guide"
    label = "vib_guide"
