"""What an upgrade would do to the database, and doing it: a copy first, then the migrations.

Needs Django; `plugins.host.prepare` runs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, final

from plugins.host import copies
from vib.invocation import VIB
from vib.language import Text
from vib.prepared import installed, read_prepared
from vib.problem import InputProblem

Names = dict[str, list[str]]
"""Migrations by app."""

ROOM = 50 * 1024 * 1024
"""Bytes that stay free beside copy and migrations."""


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade would do.

    Parameters
    ----------
    database : str
        ``sqlite`` or ``postgresql``.
    new : bool
        There is nothing in it yet: nothing to copy.
    pending, newer : dict of str to list of str
        Migrations that would run; and those that ran already and that this version does not know.
    size, needed, free : int
        Bytes: of a copy at most; that must be free for all of it; that are free.
    problems : list of InputProblem
        Why it cannot be done.
    """

    database: str
    new: bool
    pending: Names
    newer: Names
    size: int
    needed: int
    free: int
    problems: list[InputProblem] = field(default_factory=list)

    def content(self) -> dict[str, Any]:
        """Return it for programs."""
        shown = asdict(replace(self, problems=[]))
        return {**shown, "problems": [problem.content() for problem in self.problems]}


def plan(data: Path, *, copied: bool = False) -> Plan:
    """Look what an upgrade would do; changes nothing.

    Parameters
    ----------
    copied : bool
        Somebody made a copy themselves: none is needed.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = set(loader.applied_migrations)
    known = set(loader.disk_migrations)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    # An app that is not there any more, such as that of a plugin that was deleted, is not newer than we are.
    newer = {name for name in applied - known - replaced if name[0] in loader.migrated_apps}
    pending = [(step.app_label, step.name) for step, _ in executor.migration_plan(loader.graph.leaf_nodes())]
    database = _file(connection)
    size = copies.size_of(data, database) if database else copies.size_of(data, None) + _size_of_server(connection)
    found = Plan(
        connection.vendor,
        not applied,
        _by_app(pending),
        _by_app(sorted(newer)),
        size,
        0 if copied or not applied or not pending else 2 * size + ROOM,
        copies.free_at(data),
    )
    found.problems.extend(_problems(found, data, database))
    return found


def upgrade(data: Path, *, copied: bool = False) -> tuple[Names, copies.Copy | None]:
    """Copy the database and run the migrations; return what ran and the copy.

    Raises
    ------
    InputProblem
        It cannot be done, with nothing changed; or a migration failed, with the way back.
    """
    from django.core.management import call_command

    found = plan(data, copied=copied)
    if found.problems:
        raise found.problems[0]
    copy = None if copied or found.new or not found.pending else _copy(data, found.pending)
    try:
        call_command("migrate", "--no-color", verbosity=0)
    except Exception as error:
        traceback.print_exc()
        raise _failed(data, error, copy) from error
    return found.pending, copy


def _copy(data: Path, pending: Names) -> copies.Copy:
    """Return a copy of what was there before these migrations and those of the same upgrade that ran already."""
    from django.db import connection

    newest = copies.copies(data)[-1:]
    version = installed().version
    for earlier in newest:
        left, were = _pairs(pending), _pairs(earlier.pending)
        if earlier.before == version and left < were:
            # Stopped or failed half-way: the database is no longer what it was before.
            return earlier
    file = _file(connection)
    made = copies.make_copy(data, file or partial(_dump, connection), version, pending)
    for earlier in newest:
        if earlier.before == version and earlier.pending == pending:
            # It was for this very upgrade, of which nothing had happened.
            copies.drop(data, earlier)
    return made


def _problems(found: Plan, data: Path, file: Path | None) -> Iterable[InputProblem]:
    here, there = installed(), read_prepared(data)
    if found.newer or (there is not None and there.newer_than(here)):
        by = there.version if there is not None and there.version else "?"
        names = ", ".join(f"{app} {name}" for app, names in found.newer.items() for name in names) or "-"
        yield InputProblem(
            str(data),
            nl=f"is van een nieuwere versie ({by}) dan deze ({here.version}); installeer die versie, of zet een kopie"
            f" van ervoor terug: {VIB} upgrade --restore NAAM (onbekende migraties: {names})",
            en=f"is of a newer version ({by}) than this one ({here.version}); install that version, or put a copy"
            f" of before it back: {VIB} upgrade --restore NAME (unknown migrations: {names})",
        )
    if found.free < found.needed:
        need, free = -(-found.needed // 2**20), found.free // 2**20
        yield InputProblem(
            str(data / copies.BACKUPS),
            nl=f"te weinig ruimte voor een kopie en de migraties: {free} MB vrij, nodig is {need} MB",
            en=f"too little room for a copy and the migrations: {free} MB free, {need} MB needed",
        )
    if found.needed and not (file is None or file.is_relative_to(data)):
        yield InputProblem(
            str(file),
            nl=f"ligt buiten {data}; maak zelf een kopie en zeg dat met --copied",
            en=f"lies outside {data}; make a copy yourself and say so with --copied",
        )
    if found.needed and file is None and shutil.which("pg_dump") is None:
        yield InputProblem(
            "pg_dump",
            nl="is hier niet, dus ik kan geen kopie van de database maken; maak er zelf een en zeg dat met --copied,"
            " zie docs/how-to/upgrade.md",
            en="is not here, so that the database cannot be copied; make a copy yourself and say so with --copied,"
            " see docs/how-to/upgrade.md",
        )


def _failed(data: Path, error: Exception, copy: copies.Copy | None) -> InputProblem:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    back = Text(nl="", en="")
    if copy is not None:
        back = Text(
            nl=f". Opnieuw proberen mag. Terug: {VIB} upgrade --restore {copy.name}, en dan de vorige VIB Studio",
            en=f". Trying again is safe. To go back: {VIB} upgrade --restore {copy.name}, then the earlier VIB Studio",
        )
    return InputProblem(
        str(data), nl=f"een migratie is mislukt ({reason}){back.nl}", en=f"a migration failed ({reason}){back.en}"
    )


def _file(connection: Any) -> Path | None:
    """Return the file of the database; None when a server has it."""
    return Path(connection.settings_dict["NAME"]).absolute() if connection.vendor == "sqlite" else None


def _size_of_server(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _dump(connection: Any, target: Path) -> None:
    """Write a dump of a PostgreSQL database."""
    chosen = connection.get_connection_params()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    environment = {**os.environ, **{name: str(chosen[key]) for name, key in names.items() if chosen.get(key)}}
    command = ["pg_dump", "--format=custom", "--no-password", f"--file={target}", f"--dbname={chosen['dbname']}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        raise OSError(f"pg_dump: {' '.join(done.stderr.split())[:300]}")


def _by_app(names: Iterable[tuple[str, str]]) -> Names:
    found: Names = {}
    for app, name in names:
        found.setdefault(app, []).append(name)
    return found


def _pairs(names: Names) -> set[tuple[str, str]]:
    return {(app, name) for app, of_app in names.items() for name in of_app}
