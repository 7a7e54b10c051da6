"""Inviting somebody, and taking up an invitation."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from plugins.host.accounts import give_role
from vib import actor
from vib.actor import Actor
from vib.problem import InputProblem
from vib.roles import Role

from . import texts
from .events import record
from .models import Invitation


class NotOpen(Exception):
    """The invitation was used, withdrawn or expired, perhaps a moment ago."""


def invite(email: str, role: Role, days: int, by: Actor) -> tuple[Invitation, str]:
    """Make an invitation and return it with its token; an earlier one of the same address ends.

    Raises
    ------
    InputProblem
        The address is none, or has an account.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InputProblem(email, nl="is geen e-mailadres", en="is not an email address") from error
    if get_user_model().objects.filter(email__iexact=email).exists():
        raise InputProblem(email, nl=texts.ADDRESS_TAKEN.nl, en=texts.ADDRESS_TAKEN.en)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        still_open().filter(email=email).update(withdrawn_at=timezone.now())
        made = Invitation.objects.create(
            email=email,
            role=str(role),
            token_hash=_hash(token),
            made_by=by.who,
            expires=timezone.now() + timedelta(days=days),
        )
        record(by.event("invite", which=f"account {email} as {role}"))
    return made, token


def withdraw(email: str, by: Actor) -> int:
    """End the open invitations of an address and return how many there were."""
    with transaction.atomic():
        ended = still_open().filter(email=email.strip().lower()).update(withdrawn_at=timezone.now())
        if ended:
            record(by.event("invite --withdraw", which=f"account {email}"))
    return ended


def still_open() -> QuerySet[Invitation]:
    """Return the invitations that can be used now."""
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires__gt=timezone.now())


def find(token: str | None) -> Invitation | None:
    """Return the open invitation of a token."""
    return still_open().filter(token_hash=_hash(token)).first() if token else None


def state(invitation: Invitation) -> str:
    """Say how an invitation stands, as a key of `texts.STATES`."""
    if invitation.used_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "open" if invitation.expires > timezone.now() else "expired"


def take_up(invitation: Invitation, register: Callable[[], Any], where: str) -> Any:
    """Use an invitation: make the account with `register` and give it its role; all of it or nothing.

    Raises
    ------
    NotOpen
        Somebody else was first, or it ended.
    """
    with transaction.atomic():
        # First of all: of two who come at once, the second waits here and then finds nothing.
        if still_open().filter(pk=invitation.pk).update(used_at=timezone.now()) != 1:
            raise NotOpen
        answer = register()
        user = get_user_model().objects.get(email=invitation.email)
        give_role(user, Role(invitation.role))
        by = actor.account(invitation.email, invitation.role, where)
        record(by.event("sign up", which=f"account {invitation.email}"))
    return answer


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
