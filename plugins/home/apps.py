"""The Django application of the front door."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Has templates and a style sheet only: no models, no signals."""

    name = "plugins.home"
    label = "vib_home"
