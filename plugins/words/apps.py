"""The Django application of the words plugin."""

from __future__ import annotations

from django.apps import AppConfig


class WordsConfig(AppConfig):
    """Has the script that puts words in another language."""

    name = "plugins.words"
    label = "vib_words"
