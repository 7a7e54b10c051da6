"""Prepares a data folder: migrates its database, makes the first accounts, writes logins.json.

Run as ``python -m plugins.host.prepare``. Running it again changes nothing that is there.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from plugins.host.start import set_up
from vib.atomic import write_text
from vib.roles import SERVICE, Role

ACCOUNTS = (
    (Role.ADMINISTRATOR, "beheer@vib.example"),
    (SERVICE, "dienst@vib.example"),
    (Role.SUPERVISOR, "opleider@vib.example"),
    (Role.COUNSELLOR, "begeleider@vib.example"),
    (Role.TRAINEE, "anna@vib.example"),
    (Role.TRAINEE, "bram@vib.example"),
)


@dataclass(frozen=True)
class Account:
    """One line of logins.json; the machine's own account has no password."""

    role: str
    email: str
    password: str
    token: str


def migrate() -> None:
    """Bring the database up to date with Label Studio and our plugins."""
    from django.core.management import call_command

    call_command("migrate", "--no-color", verbosity=0)


def ensure_accounts(logins: Path, url: str) -> list[Account]:
    """Make the accounts that are missing and return those that were made.

    Passwords are random; `logins` keeps them for its owner only. An account that is in
    the database but not in `logins` is left as it is.
    """
    known = json.loads(logins.read_text(encoding="utf-8"))["accounts"] if logins.exists() else []
    accounts = [Account(**row) for row in known]
    made = [
        account
        for role, email in ACCOUNTS
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


def main() -> None:
    """Prepare the data folder of the environment and print the accounts made, as JSON."""
    set_up()
    from django.conf import settings

    migrate()
    url = os.environ.get("LABEL_STUDIO_HOST") or f"http://{settings.VIB.host}:{settings.VIB.port}"
    made = ensure_accounts(settings.VIB.logins, url)
    print(json.dumps([account.email for account in made]))


if __name__ == "__main__":
    main()
