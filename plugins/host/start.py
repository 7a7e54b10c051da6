"""How a command starts Django: the server's database in the process of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from plugins.host import texts
from vib.language import Text, language_of
from vib.problem import InputProblem
from vib.settings import read_settings

SETTINGS = "plugins.settings"
"""Django's settings, unless the environment names others that build upon them."""

PATIENCE_SECONDS = 30
"""How long to wait for the database while the server writes to it."""


def start_django(data: Path | None, table: str) -> None:
    """Make the models of the server's database usable in this process.

    A process in which they are usable already, for the same data folder, goes on with them.

    Parameters
    ----------
    data : Path or None
        The data folder that was asked for; None leaves it to the settings.
    table : str
        A table of the database that the command needs, and that older versions do not have.

    Raises
    ------
    InputProblem
        There is no such database, or it is not of this version; or this process uses another one.
    TimeoutError, ConnectionError
        As `database` raises them.
    """
    chosen = read_settings(data)
    folder = chosen.data.absolute()
    if not chosen.logins.exists():
        raise _problem(folder, texts.NOT_STARTED)
    from django.apps import apps
    from django.conf import settings

    if not apps.ready:
        os.environ["VIB_DATA"] = str(folder)
        # Label Studio says where its folders are; nobody asked.
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            set_up()
    used = getattr(settings, "VIB", None)
    if used is None:
        raise _problem(os.environ["DJANGO_SETTINGS_MODULE"], texts.OTHER_SETTINGS)
    if used.data.resolve() != folder.resolve():
        raise _problem(folder, texts.OTHER_DATA)
    from django.db import connection

    _be_patient()
    with database():
        there = connection.introspection.table_names()
    if table not in there:
        raise _problem(folder, texts.OLDER)


def set_up() -> None:
    """Make Django ready, with the settings that the environment names, or else ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


@contextmanager
def database() -> Iterator[None]:
    """Say in one line what is wrong with the database.

    Raises
    ------
    TimeoutError
        It stayed locked.
    ConnectionError
        It cannot be reached.
    """
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise TimeoutError(texts.BUSY.to(language_of(os.environ))) from error
        raise ConnectionError(" ".join(str(error).split())) from error


def _be_patient() -> None:
    """Have SQLite wait for who else writes, longer than a server would."""
    from django.db import connection

    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite" and options.get("timeout") != PATIENCE_SECONDS:
        connection.close()
        options["timeout"] = PATIENCE_SECONDS


def _problem(place: object, text: Text) -> InputProblem:
    return InputProblem(str(place), nl=text.nl, en=text.en)
