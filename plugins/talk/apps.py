"""The Django application of the talk plugin."""

from __future__ import annotations

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """Has models, pages, and what is put on the labelling page."""

    name = "plugins.talk"
    label = "vib_talk"
    default_auto_field = "django.db.models.BigAutoField"
