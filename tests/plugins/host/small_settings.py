"""Settings of Django with a database and nothing else, so that starting it takes no time."""

from __future__ import annotations

from vib.settings import Settings

VIB = Settings()
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VIB.data / "small.sqlite3"}}
print("settings are read")
