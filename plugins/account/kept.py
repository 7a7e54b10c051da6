"""What is kept of somebody here: what they chose."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.host.kept_rows import kept_rows
from plugins.host.models import Preferences
from vib.kept import Kept
from vib.language import LANGUAGE_NAMES, Text

from . import texts

CALLED: Mapping[str, Text] = {str(theme): name for theme, name in texts.THEMES.items()} | {
    language: Text(nl=name, en=name) for language, name in LANGUAGE_NAMES.items()
}


def kept_of(user: int) -> list[Kept]:
    """Return the preferences of an account."""
    rows = Preferences.objects.filter(user=user).order_by("pk").values("language", "theme", "time_zone")
    return [kept_rows("preferences", texts.CHOSEN, rows, words=CALLED, order=12)]
