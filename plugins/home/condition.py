"""How plugins, database, disk and mail are, for the administrator."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from plugins.host.mailing import is_configured
from vib.failures import kept
from vib.health import Health

from . import texts

GIGABYTE = 1_000_000_000
UNITS = ((GIGABYTE, "GB"), (1_000_000, "MB"), (1_000, "kB"))

LEAST_FREE = GIGABYTE
"""Bytes below which the disk is as good as full: one long recording is more."""

LITTLE_FREE = 10 * GIGABYTE

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def parts() -> list[Health]:
    """Return how the parts are that no plugin has for its own."""
    usage = shutil.disk_usage(settings.VIB.data)
    return [_plugins(), _database(), disk(usage.total, usage.free), _mail()]


def disk(total: int, free: int) -> Health:
    """Return how full a disk is."""
    low = free < LITTLE_FREE and free * 10 < total
    said = (texts.DISK_LOW if low else texts.DISK_FREE).filled(written_size(free), written_size(total))
    return Health(texts.DISK, "wrong" if free < LEAST_FREE else "attention" if low else "good", said, order=15)


def written_size(count: int) -> str:
    """Write a number of bytes.

    Examples
    --------
    >>> written_size(12_345_678), written_size(12)
    ('12 MB', '12 B')
    """
    return next((f"{count // size} {unit}" for size, unit in UNITS if count >= size), f"{count} B")


def _plugins() -> Health:
    found = settings.VIB_PLUGIN_HOST.found_with(kept(settings.VIB.failed))
    wrong = [plugin.name for plugin in found if plugin.error or plugin.failures]
    said = texts.PLUGINS_FAIL.filled(", ".join(wrong)) if wrong else texts.PLUGINS_WORK.filled(len(found))
    return Health(texts.WORDS["plugins"], "attention" if wrong else "good", said, "#_plugins", 40)


def _database() -> Health:
    name = DATABASES.get(connection.vendor, connection.vendor)
    said = texts.DATABASE_SIZE.filled(name, written_size(_database_size()))
    return Health(texts.DATABASE, "good", said, order=10)


def _database_size() -> int:
    if connection.vendor == "sqlite":
        file = str(connection.settings_dict["NAME"])
        return sum(path.stat().st_size for path in (Path(file), Path(f"{file}-wal")) if path.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _mail() -> Health:
    return Health(texts.MAIL, "good", texts.MAIL_SENT if is_configured() else texts.NO_MAIL, order=30)
