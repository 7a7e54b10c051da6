"""How the server uses its database: SQLite for many who write at once, PostgreSQL with connections that stay."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

WAIT_SECONDS = 20
"""How long a transaction of SQLite waits for another that writes."""

KEPT_SECONDS = 600
"""How long a connection is used again; each thread of the server has one."""

SQLITE: Mapping[str, Any] = {
    "timeout": WAIT_SECONDS,
    # One that begins by reading is refused at once when it comes to write after another has; this one waits.
    "transaction_mode": "IMMEDIATE",
}
"""Options of SQLite. What a commit says is on the disk (``synchronous`` stays FULL)."""

POSTGRESQL: Mapping[str, Any] = {"options": "-c jit=off"}
"""Options of PostgreSQL. Who may see a row is asked by conditions that it takes for dear and that cost little: making a
program of each query takes far longer than answering it."""

RETRYING = "core.middleware.DatabaseIsLockedRetryMiddleware"
"""Label Studio's own repeating of a request whose transaction failed: what was stored half is stored again."""


def tuned(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a database with ours added.

    Examples
    --------
    >>> tuned({"ENGINE": "django.db.backends.postgresql"})["OPTIONS"]
    {'options': '-c jit=off'}
    """
    kept = {**database, "CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
    ours = SQLITE if database["ENGINE"] == "django.db.backends.sqlite3" else POSTGRESQL
    return {**kept, "OPTIONS": {**database.get("OPTIONS", {}), **ours}}


def write_ahead() -> None:
    """Have who reads a file of SQLite wait for nobody, and nobody for who reads; the file remembers it, copies too."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


RETRIED = (("tasks.serializers", "BaseTaskSerializerBulk"), ("data_import.api", "ReImportAPI"))
"""What Label Studio stores again, up to ten times, when the database is locked, with what it stored before."""


def without_retries() -> None:
    """Have Label Studio store tasks once: who waits for the database waits before the first of them.

    Raises
    ------
    RuntimeError
        Label Studio has moved what it retries.
    """
    for module, name in RETRIED:
        found = getattr(import_module(module), name, None)
        once = getattr(getattr(found, "create", None), "__wrapped__", None)
        if once is None:
            raise RuntimeError(f"Label Studio has moved {module}.{name}.create: see plugins/host/database.py")
        setattr(found, "create", once)  # noqa: B010 - replaced by name
