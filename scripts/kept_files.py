"""Which of our files in a data folder another version would write in another way."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from backend_ml.jobs import tables
from backend_ml.learning import store
from vib import library
from vib.problem import InputProblem

FILES: Mapping[str, str] = {
    library.LIBRARY: library.SCHEMA,
    "queue.sqlite3": tables.TABLES,
    "learning/corrections.sqlite3": store.TABLES,
}
"""What this version writes into each file, below the data folder."""

_COLUMNS = (
    "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
)


def differing(data: Path) -> tuple[dict[str, list[str]], list[InputProblem]]:
    """Return what this version would add to each file, and which files are of a newer version or damaged.

    What is added is said as ``table.column``. Nothing is changed, and a file that is not there is none.
    """
    changes, problems = {}, []
    for name, schema in FILES.items():
        file = data / name
        if not file.exists():
            continue
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(schema)
            ours = _columns(database)
        try:
            with closing(_reading(file)) as database:
                there = _columns(database)
        except sqlite3.Error as error:
            problems.append(InputProblem(str(file), nl=f"is niet te lezen ({error})", en=f"cannot be read ({error})"))
            continue
        if unknown := sorted(there - ours):
            names = ", ".join(unknown)
            problems.append(
                InputProblem(
                    str(file),
                    nl=f"is van een nieuwere versie (onbekend: {names}); installeer die",
                    en=f"is of a newer version (unknown: {names}); install that one",
                )
            )
        if missing := sorted(ours - there):
            changes[name] = missing
    return changes, problems


def _columns(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute(_COLUMNS)}


def _reading(file: Path) -> sqlite3.Connection:
    """Open a file without making the two others beside it that SQLite makes for reading such a file."""
    beside = file.with_name(f"{file.name}-wal")
    still = not beside.exists() or beside.stat().st_size == 0
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}", uri=True)
