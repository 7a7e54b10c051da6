"""Opens the data folder of a release where Django is; run as a module with VIB_DATA and what is expected.

Prints what the server tells afterwards as JSON, for `tests.upgrade.test_releases` to compare. What an upgrade with
migrations does, it tries before on a second folder, ``trial`` beside the first.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from tests.upgrade.told import everything, seen

DATABASE = Path("label-studio") / "label_studio.sqlite3"
MIGRATIONS = ("0001_invitation", "0002_session_policy")
"""Of `vib_signin`. The first makes a table that the second does without: with the table away both can run again."""


def main(expected: Path) -> None:
    """Upgrade it as the server does, and look."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plugins.settings")
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings

    data = settings.VIB.data
    told = {"trials": trials(data)}
    told |= {"prepared": prepared(), **look(json.loads(expected.read_text(encoding="utf-8")), settings.VIB.logins)}
    print(json.dumps(told))


def prepared(*words: str) -> dict[str, Any]:
    """Prepare the folder as `scripts/up` does, and return the answer."""
    from plugins.host import prepare

    said, errors = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(errors):
        code = prepare.main(words)
    return {"code": code, "said": errors.getvalue(), **json.loads(said.getvalue().splitlines()[-1])}


def look(expected: dict[str, Any], logins: Path) -> dict[str, Any]:
    """Return what the server tells, and what commands say."""
    from django.test import Client
    from typer.testing import CliRunner

    from scripts.cli import make_app

    accounts = json.loads(logins.read_text(encoding="utf-8"))["accounts"]
    tokens = {account["email"]: account["token"] for account in accounts}
    client = Client(raise_request_exception=False)

    def ask(email: str, path: str) -> Any:
        answer = client.get(path, headers={"Authorization": f"Token {tokens[email]}"})
        return answer.json() if answer.status_code == 200 else None

    def change(email: str, code: int) -> int:
        headers = {"Authorization": f"Token {tokens[email]}"}
        path = f"/api/annotations/{code}/"
        return client.patch(path, {"result": []}, content_type="application/json", headers=headers).status_code

    def vib(*words: str) -> str:
        done = CliRunner().invoke(make_app(), [*words, "--data", str(logins.parent)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    service = next(account["email"] for account in accounts if account["role"] == "service")
    tasks = [pair for project in expected["projects"].values() for pair in project["tasks"].items()]
    numbers = [task["id"] for _, task in tasks]
    emails = dict(expected["accounts"])
    coded = [(code["id"], emails[code["by"]], clip) for clip, task in tasks for code in task["codes"]]
    opened = {clip for held in expected["access"]["rounds"] if held["opened"] for clip in held["clips"]}
    return {
        "projects": everything(ask, service),
        "seen": {email: seen(ask, email, numbers) for email in expected["seen"]},
        "accounts": sorted([user["id"], user["email"]] for user in ask(service, "/api/users/")),
        "access": json.loads(vib("access", "list", "--json")),
        "invitations": vib("invite", "--list").splitlines(),
        "changed": {
            f"{who} {code}": change(who, code)
            for code, by, clip in coded
            for who in expected["seen"]
            if who != by or clip in opened
        },
    }


def trials(data: Path) -> dict[str, Any]:
    """Let migrations run, fail and run again on another folder, and return what was there after each step."""
    from plugins.host.upgrading import plan

    trial = data.parent / "trial"
    for name in ("library.sqlite3", "logins.json", "prepared", str(DATABASE)):
        (trial / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(data / name, trial / name)
    found: dict[str, Any] = {}
    with served_from(trial / DATABASE):
        _without_table(trial, dropped=False)
        found["plan"] = plan(trial).content()
        found["failing"] = [_tried(trial) for _ in range(2)]
        _without_table(trial, dropped=True)
        found["running"] = _tried(trial)
        found["half-way"] = _half_way(trial)
        _note_migration(trial, "vib_signin", "0999_of_the_future")
        found["newer"] = plan(trial).content()
    return found


def _tried(data: Path) -> dict[str, Any]:
    from plugins.host.copies import copies
    from plugins.host.upgrading import upgrade
    from vib.problem import InputProblem

    problem, copy = None, None
    with redirect_stderr(StringIO()):
        try:
            _, copy = upgrade(data)
        except InputProblem as error:
            problem = str(error)
    there = copies(data)
    return {
        "problem": problem,
        "copy": copy and copy.name,
        "copies": [one.name for one in there],
        "invitations": _invitations(data / DATABASE),
        "copied": [_invitations(data / "backups" / one.name / DATABASE) for one in there],
    }


def _half_way(data: Path) -> dict[str, Any]:
    """Upgrade where the first of two migrations ran before it was stopped."""
    from plugins.host.copies import copies, make_copy
    from vib.prepared import installed

    before = make_copy(data, data / DATABASE, installed().version, {"vib_signin": list(MIGRATIONS)})
    _forget_migrations(data, MIGRATIONS[1])
    tried = _tried(data)
    return {**tried, "before": before.name, "kept": [copy.name for copy in copies(data)]}


def _without_table(data: Path, *, dropped: bool) -> None:
    _forget_migrations(data, *MIGRATIONS)
    if dropped:
        with closing(sqlite3.connect(data / DATABASE)) as database, database:
            database.execute("DROP TABLE vib_signin_invitation")


def _forget_migrations(data: Path, *names: str) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        for name in names:
            database.execute("DELETE FROM django_migrations WHERE app = 'vib_signin' AND name = ?", (name,))


def _note_migration(data: Path, app: str, name: str) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, datetime())", (app, name))


def _invitations(file: Path) -> int | None:
    """Return how many invitations a database has; None without the table."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        try:
            return int(database.execute("SELECT count(*) FROM vib_signin_invitation").fetchone()[0])
        except sqlite3.OperationalError:
            return None


@contextmanager
def served_from(file: Path) -> Iterator[None]:
    """Let Django use another database until the block ends."""
    from django.db import connection

    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


if __name__ == "__main__":
    main(Path(sys.argv[1]))
