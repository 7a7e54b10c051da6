"""What is kept of how somebody came in: their invitations, and the passwords that were wrong."""

from __future__ import annotations

from axes.models import AccessAttempt
from users.models import User

from plugins.host.kept_rows import kept_rows
from vib.kept import Kept
from vib.roles import ROLES

from . import texts
from .models import Invitation

ROLE_NAMES = {str(role): name for role, name in ROLES.items()}


def kept_of(user: int) -> list[Kept]:
    """Return the invitations to an account and by it, and the failed logins with its address."""
    address = User.objects.values_list("email", flat=True).get(pk=user)
    return [_invited(address), _inviting(address), _wrong_passwords(address)]


def _invited(address: str) -> Kept:
    rows = Invitation.objects.filter(email__iexact=address).order_by("-made_at", "-pk")
    fields = ("email", "role", "made_at", "expires", "used_at", "withdrawn_at")
    return kept_rows("invitations", texts.INVITED, rows.values(*fields), words=ROLE_NAMES, order=11)


def _inviting(address: str) -> Kept:
    rows = Invitation.objects.filter(made_by=address).order_by("-made_at", "-pk")
    fields = ("role", "made_at", "expires", "withdrawn_at")
    return kept_rows("invitations-made", texts.INVITING, rows.values(*fields), words=ROLE_NAMES, order=70)


def _wrong_passwords(address: str) -> Kept:
    rows = AccessAttempt.objects.filter(username__iexact=address).order_by("-attempt_time", "-pk")
    fields = ("attempt_time", "failures_since_start")
    return kept_rows("wrong-passwords", texts.WRONG_PASSWORDS, rows.values(*fields), order=81)
