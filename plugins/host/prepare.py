"""Prepares a data folder: copies and migrates its database, makes the first accounts, writes logins.json.

Run as ``python -m plugins.host.prepare``. Running it again changes nothing that is there. With ``--check``
it only says what it would do, with ``--restore NAME`` it puts a copy back. Made-up accounts, for the demo
families, are made with ``--demo`` only. The last line of standard output is
JSON; when it cannot be done, that has ``problem``, and the exit code is 1, or 2 where there is no such copy.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plugins.host.copies import BACKUPS, NoSuchCopy, copies, drop_old, folder_of, restore
from plugins.host.database import write_ahead
from plugins.host.start import database, set_up
from plugins.host.upgrading import plan, upgrade
from vib.atomic import write_text
from vib.language import language_of
from vib.prepared import note_prepared
from vib.problem import InputProblem
from vib.roles import SERVICE, Role
from vib.settings import read_settings

ACCOUNTS = (
    (Role.ADMINISTRATOR, "beheer@vib.example"),
    (SERVICE, "dienst@vib.example"),
)
"""Who has to be there."""

MADE_UP = (
    (Role.SUPERVISOR, "opleider@vib.example"),
    (Role.COUNSELLOR, "begeleider@vib.example"),
    (Role.TRAINEE, "anna@vib.example"),
    (Role.TRAINEE, "bram@vib.example"),
)
"""Who is there for the demo families only."""


@dataclass(frozen=True)
class Account:
    """One line of logins.json; the machine's own account has no password."""

    role: str
    email: str
    password: str
    token: str


def ensure_accounts(logins: Path, url: str, *, demo: bool) -> list[Account]:
    """Make the accounts that are missing, those of the demo too when that is asked for; return those that were made.

    Passwords are random; `logins` keeps them for its owner only. An account that is in
    the database but not in `logins` is left as it is.
    """
    known = json.loads(logins.read_text(encoding="utf-8"))["accounts"] if logins.exists() else []
    accounts = [Account(**row) for row in known]
    made = [
        account
        for role, email in (*ACCOUNTS, *(MADE_UP if demo else ()))
        if (account := _make(role, email, {known.email for known in accounts})) is not None
    ]
    content = {"url": url, "accounts": [asdict(account) for account in [*accounts, *made]]}
    write_text(logins, json.dumps(content, indent=2) + "\n", mode=0o600)
    return made


def _make(role: str, email: str, listed: set[str]) -> Account | None:
    from core.utils.common import load_func
    from django.conf import settings
    from django.db import transaction
    from organizations.models import Organization
    from rest_framework.authtoken.models import Token
    from users.models import User

    from plugins.host.accounts import give_role

    existing = User.objects.filter(email=email).first()
    if existing is not None and email in listed:
        return None
    password = "" if role == SERVICE else secrets.token_urlsafe(12)
    with transaction.atomic():
        if existing is not None:
            # A stop between making the account and writing its password: give it a new one.
            user = existing
            user.set_password(password or None)
            user.save()
        else:
            user = User.objects.create_user(
                email=email,
                password=password or None,
                username=email.split("@")[0],
                first_name=email.split("@")[0].title(),
            )
        organization = Organization.objects.first()
        if organization is None:
            organization = load_func(settings.CREATE_ORGANIZATION)(title="VIB Studio", created_by=user)
        elif not organization.has_user(user):
            organization.add_user(user)
        user.active_organization = organization
        user.save()
        give_role(user, role)
        token, _ = Token.objects.get_or_create(user=user)
    return Account(role, email, password, token.key)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it in the data folder of the environment, print what came of it as JSON, and return the exit code."""
    parser = ArgumentParser(prog="python -m plugins.host.prepare", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--restore", metavar="NAME")
    parser.add_argument("--copied", action="store_true", help="a copy of the database was made already")
    parser.add_argument("--demo", action="store_true", help="make the made-up accounts of the demo too")
    chosen = parser.parse_args(arguments)
    try:
        answer = _restored(chosen.restore) if chosen.restore else _prepared(chosen.check, chosen.copied, chosen.demo)
    except (TimeoutError, ConnectionError) as error:
        print(error, file=sys.stderr)
        print(json.dumps({"problem": InputProblem("", nl=str(error), en=str(error)).content()}))
        return 1
    except InputProblem as problem:
        print(problem.message(language_of(os.environ)), file=sys.stderr)
        print(json.dumps({"problem": problem.content()}))
        return 2 if isinstance(problem, NoSuchCopy) else 1
    print(json.dumps(answer))
    return 0


def _restored(name: str) -> dict[str, Any]:
    return {"kept": restore(read_settings().data, name).name}


def _prepared(check: bool, copied: bool, demo: bool) -> dict[str, Any]:
    set_up()
    from django.conf import settings

    data = settings.VIB.data.absolute()
    if check:
        with database():
            found = plan(data, copied=copied).content()
        return {**found, "backups": str(data / BACKUPS), "copies": [copy.name for copy in copies(data)]}
    ran, copy = upgrade(data, copied=copied)
    write_ahead()
    url = os.environ.get("LABEL_STUDIO_HOST") or f"http://{settings.VIB.host}:{settings.VIB.port}"
    made = ensure_accounts(settings.VIB.logins, url, demo=demo)
    note_prepared(data)
    drop_old(data)
    return {
        "accounts": [account.email for account in made],
        "migrated": ran,
        "copy": copy and str(folder_of(data, copy)),
    }


if __name__ == "__main__":
    sys.exit(main())
