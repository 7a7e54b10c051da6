"""Giving and taking away: families, roles, accounts that close. Rounds are in `rounds`.

Who is allowed what comes from the role table alone. Each operation says what it did and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from rest_framework.authtoken.models import Token
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from users.models import User

from plugins.access import texts_command as texts
from plugins.access.models import Family, FamilyGrant
from plugins.access.narrowing import everything
from plugins.access.viewer import Viewer, viewer_of
from plugins.access.visible import granted
from plugins.host.accounts import give_role as put_in_role
from plugins.host.accounts import is_machine, role_of
from vib.access_event import AccessEvent
from vib.actor import Actor
from vib.language import Text
from vib.problem import InputProblem
from vib.roles import ROLES, SERVICE, TABLE, May, Right, Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, or was found to be so already."""

    text: Text
    changed: bool = True


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and what is to be recorded of it."""

    actor: Actor
    events: list[AccessEvent] = field(default_factory=list)

    def note(self, what: str, which: str, families: Iterable[str] = ()) -> None:
        """Remember something that is done, to be recorded when all of it is."""
        self.events.append(self.actor.event(f"access {what}", families=families, which=which))


@contextmanager
def acting(actor: Actor) -> Iterator[By]:
    """Let somebody change who may see what: all of it is done and recorded, or nothing is."""
    by = By(actor)
    with everything(), transaction.atomic():
        yield by
        for event in by.events:
            settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)


def problem(place: str, text: Text, **values: object) -> InputProblem:
    """Return what is wrong with something that was asked for."""
    said = text.filled(**values)
    return InputProblem(place, nl=said.nl, en=said.en)


def unknown(word: str, text: Text, known: Iterable[str], **values: object) -> InputProblem:
    """Say that something is not there, and what was perhaps meant."""
    near = ", ".join(get_close_matches(word, sorted(known), n=2, cutoff=0.7))
    like = texts.LIKE.filled(names=near) if near else Text(nl="", en="")
    filled = Text(nl=text.nl.replace("{like}", like.nl), en=text.en.replace("{like}", like.en))
    return problem(word, filled, **values)


def account(email: str) -> User:
    """Return the account with an address, however its letters are written."""
    found = User.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise unknown(email, texts.NO_ACCOUNT, User.objects.values_list("email", flat=True))
    return found


def family(pseudonym: str) -> Family:
    """Return the family with a pseudonym."""
    found = Family.objects.filter(pseudonym=pseudonym).first()
    if found is None:
        raise unknown(pseudonym, texts.NO_FAMILY, Family.objects.values_list("pseudonym", flat=True))
    return found


def role_named(name: str) -> Role:
    """Return the role with a name, Dutch or English."""
    names = {said.casefold(): role for role in Role for said in (role.value, ROLES[role].nl, ROLES[role].en)}
    if name.casefold() not in names:
        raise unknown(name, texts.NO_SUCH_ROLE, names, roles=", ".join(role.value for role in Role))
    return names[name.casefold()]


def roles_that(rule: Callable[[Viewer], bool]) -> tuple[Role, ...]:
    """Return the roles for which something holds."""
    return tuple(role for role in Role if rule(Viewer(id=0, email="", role=role)))


def check_families(user: User) -> None:
    """See to it that families can be assigned to an account.

    Raises
    ------
    InputProblem
        Its role has none.
    """
    _check_role(user, lambda viewer: viewer.has_families, texts.NO_FAMILIES)


def check_part(user: User, part: str) -> None:
    """See to it that an account can take a part in rounds.

    Raises
    ------
    InputProblem
        That is not what its role does.
    """
    _check_role(user, lambda viewer: viewer.part == part, texts.NO_PART, part)


def _check_role(user: User, rule: Callable[[Viewer], bool], text: Text, part: str = "rater") -> None:
    viewer = viewer_of(user)
    if viewer.service:
        raise problem(user.email, texts.OWN_ACCOUNT)
    if viewer.role is None:
        raise problem(user.email, texts.HAS_NO_ROLE)
    if not rule(viewer):
        said, roles = ROLES[viewer.role], [ROLES[role] for role in roles_that(rule)]
        named = Text(nl=", ".join(role.nl for role in roles), en=", ".join(role.en for role in roles))
        raise InputProblem(
            user.email,
            nl=text.nl.format(role=said.nl, roles=named.nl, part=texts.PARTS[part].nl),
            en=text.en.format(role=said.en, roles=named.en, part=texts.PARTS[part].en),
        )


def grant(by: By, email: str, families: Sequence[str]) -> list[Outcome]:
    """Assign families to an account."""
    user = account(email)
    check_families(user)
    outcomes = []
    for row in [family(pseudonym) for pseudonym in dict.fromkeys(families)]:
        made = FamilyGrant.objects.get_or_create(user=user, family=row)[1]
        if made:
            by.note("grant", f"account {user.email}", (row.pk,))
        text = texts.GRANTED if made else texts.HAD
        outcomes.append(Outcome(text.filled(email=user.email, family=row.pk), made))
    return outcomes


def give_made(by: By, number: int, pseudonym: str) -> list[Outcome]:
    """Give a family that is made now to the account that makes it: to a trainee for own practice.

    Raises
    ------
    InputProblem
        The account makes no families, or there is a family of this pseudonym.
    """
    user = User.objects.get(pk=number)
    _check_role(user, lambda viewer: viewer.may(Right.BRING) is not May.NO, texts.MAKES_NO_FAMILIES)
    if Family.objects.filter(pseudonym__iexact=pseudonym).exists():
        raise problem(pseudonym, texts.FAMILY_TAKEN)
    row = Family.objects.create(pseudonym=pseudonym)
    FamilyGrant.objects.create(user=user, family=row, own_practice=viewer_of(user).has_own_practice)
    by.note("made", f"account {user.email}", (row.pk,))
    return [Outcome(texts.GRANTED.filled(email=user.email, family=row.pk))]


def revoke(by: By, email: str, families: Sequence[str] | None) -> list[Outcome]:
    """Take families away from an account; None takes all."""
    user = account(email)
    if families is None:
        families = list(user.vib_grants.order_by("family").values_list("family", flat=True))
        if not families:
            return [Outcome(texts.HAD_NONE.filled(email=user.email), changed=False)]
    outcomes = []
    for row in [family(pseudonym) for pseudonym in dict.fromkeys(families)]:
        deleted, _ = FamilyGrant.objects.filter(user=user, family=row).delete()
        if deleted:
            by.note("revoke", f"account {user.email}", (row.pk,))
        text = texts.REVOKED if deleted else texts.HAD_NOT
        outcomes.append(Outcome(text.filled(email=user.email, family=row.pk), bool(deleted)))
    return outcomes


def set_role(by: By, email: str, role: str) -> list[Outcome]:
    """Give an account one role in place of what it had; take away families that do not go with it.

    It stays in its rounds, where what it coded stays in sight of the supervisors; a part that
    does not go with the new role gives it nothing.
    """
    user, wanted = account(email), role_named(role)
    said = {"email": user.email, "role": wanted.value}
    if is_machine(user):
        raise problem(user.email, texts.OWN_ACCOUNT)
    has = role_of(user)
    if not user.is_active:
        raise problem(user.email, texts.CLOSED_ACCOUNT)
    managing = TABLE[Right.MANAGE][wanted] is May.YES
    if has is wanted and user.is_staff == user.is_superuser == managing:
        return [Outcome(texts.ROLE_WAS.filled(**said), changed=False)]
    if not managing:
        _check_not_last(user)
    _leave_groups(user)
    put_in_role(user, wanted)
    by.note("role", f"account {user.email}: {has.value if has else 'none'} -> {wanted.value}")
    return [Outcome(texts.ROLE_SET.filled(**said)), *_without_families(by, user)]


def give_role(by: By, email: str, role: str) -> list[Outcome]:
    """Give a role to an account that has none; what it has already is not changed."""
    has, service = role_of(user := account(email)), is_machine(user)
    if service or (has is not None and has is not role_named(role)):
        raise problem(user.email, texts.HAS_ROLE, role=has.value if has else SERVICE)
    return set_role(by, email, role)


def leave(by: By, email: str) -> list[Outcome]:
    """Close the account of somebody who left. What they coded stays, under their name, in its rounds."""
    user = account(email)
    if is_machine(user):
        raise problem(user.email, texts.OWN_ACCOUNT)
    _check_not_last(user)
    was = user.is_active or user.is_staff or user.is_superuser
    user.is_active = user.is_staff = user.is_superuser = False
    user.save(update_fields=["is_active", "is_staff", "is_superuser"])
    _leave_groups(user)
    tokens, _ = Token.objects.filter(user=user).delete()
    for token in OutstandingToken.objects.filter(user=user, blacklistedtoken=None):
        # Deleting its row would make it valid: only what is on this list is refused.
        BlacklistedToken.objects.create(token=token)
        tokens += 1
    lost = _without_families(by, user)
    if not (was or tokens or lost):
        return [Outcome(texts.HAD_LEFT.filled(email=user.email), changed=False)]
    by.note("leave", f"account {user.email}")
    return [Outcome(texts.LEFT.filled(email=user.email)), *lost]


def _leave_groups(user: User) -> None:
    user.groups.remove(*Group.objects.filter(name__in=[role.value for role in Role]))


def _without_families(by: By, user: User) -> list[Outcome]:
    """Take away the families that do not go with the role that an account has now."""
    kept = granted(viewer_of(user)).values_list("family", flat=True)
    gone = list(user.vib_grants.exclude(family__in=kept).order_by("family").values_list("family", flat=True))
    return revoke(by, user.email, gone) if gone else []


def _check_not_last(user: User) -> None:
    manages = [role.value for role in Role if TABLE[Right.MANAGE][role] is May.YES]
    active = User.objects.filter(is_active=True, groups__name__in=manages)
    if active.filter(pk=user.pk).exists() and not active.exclude(pk=user.pk).exists():
        raise problem(user.email, texts.LAST_ADMINISTRATOR)
