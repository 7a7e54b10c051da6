"""The accounts of Label Studio as ours: which role each has, and who acts in a request."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from users.models import User

from vib import actor
from vib.actor import Actor
from vib.roles import SERVICE, May, Right, Role, may
from vib.submitted import short_names


def role_of(user: User) -> Role | None:
    """Return the role of an account; None for who has none or several, has left, or is the machine."""
    names = _names(user)
    return Role(names.pop()) if len(names) == 1 and names != {SERVICE} else None


def called(user: User) -> str:
    """Return what somebody is called: their name, else their address."""
    return user.get_full_name().strip() or str(user.email)


def is_machine(user: User) -> bool:
    """Tell whether an account is the machine's own, with which commands reach the server.

    An administrator can put anybody in a group: nobody who can sign in is the machine.
    """
    return _names(user) == {SERVICE} and not user.has_usable_password()


def machine() -> User | None:
    """Return the machine's own account, None where there is none."""
    found = in_group_of(SERVICE).order_by("pk")
    return next((user for user in found if is_machine(user)), None)


def in_group_of(role: Role | str) -> QuerySet[User]:
    """Return the open accounts in the group of a role, or of the machine, those that are in another too."""
    found: QuerySet[User] = User.objects.filter(groups__name=role, is_active=True)
    return found


def give_role(user: User, role: Role | str) -> None:
    """Put an account in the group of a role, or of the machine, and give it the powers that go with it."""
    user.groups.add(Group.objects.get_or_create(name=str(role))[0])
    user.is_staff = user.is_superuser = role != SERVICE and may(Role(role), Right.MANAGE) is May.YES
    user.save(update_fields=["is_staff", "is_superuser"])


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes a request, for a log."""
    where = request.META.get("REMOTE_ADDR", "")
    user = request.user
    if not user.is_authenticated:
        return actor.nobody(where)
    return account(user, where)


def account(user: User, where: str) -> Actor:
    """Return an account as a log names it, with its role of now."""
    return actor.account(user.email, SERVICE if is_machine(user) else role_of(user) or "", where)


def people() -> dict[Role | None, int]:
    """Return how many open accounts have each role, and how many have none; the machine is nobody."""
    found = [user for user in User.objects.filter(is_active=True).prefetch_related("groups") if not is_machine(user)]
    counted = Counter(map(role_of, found))
    return {role: counted[role] for role in (*Role, None)}


def rater_names() -> dict[int, str]:
    """Return what every account is called as a rater, by its number."""
    return short_names(dict(User.objects.order_by("pk").values_list("pk", "email")))


def _names(user: User) -> set[str]:
    """Return the roles that an account is in the groups of, none when it is closed."""
    names = {group.name for group in user.groups.all()} if user.is_active else set()
    return names & {*Role, SERVICE}
