"""Who asks: a role, what it may do, and which material is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.access.table import SERVICE, TABLE, May, Right, Role

if TYPE_CHECKING:
    from users.models import User


@dataclass(slots=True)
class Viewer:
    """Somebody who asks the server something; made anew for each request.

    Parameters
    ----------
    role : Role or None
        None for who has no role, or more than one: they may do nothing.
    service : bool
        The machine's own account, which sees everything.
    managing : bool
        On a route that is in no row of the table: families and rounds are out of sight then.
    """

    id: int
    email: str
    role: Role | None = None
    service: bool = False
    managing: bool = False

    def may(self, right: Right) -> May:
        """Return how far this viewer may go."""
        return May.NO if self.role is None else TABLE[right][self.role]

    @property
    def role_name(self) -> str:
        """The name of the role, empty when there is none."""
        return SERVICE if self.service else self.role.value if self.role else ""

    @property
    def has_families(self) -> bool:
        """Whether families can be assigned to this role."""
        return May.FAMILIES in (self.may(Right.SEE), self.may(Right.CODE)) and not self.managing

    @property
    def part(self) -> str | None:
        """The part that this role takes in rounds, None when it has none."""
        parts = {May.ROUNDS: "supervisor", May.HANDED_OUT: "rater"}
        return None if self.managing else parts.get(self.may(Right.CODE))


def viewer_of(user: User) -> Viewer:
    """Return the viewer that an account is."""
    return Viewer(user.pk, user.email, *role_of(user))


def role_of(user: User) -> tuple[Role | None, bool]:
    """Return the one role of an account, if it has just one, and whether it is the machine's own."""
    known = {role.value: role for role in Role}
    names = set(user.groups.values_list("name", flat=True)) & {*known, SERVICE}
    if len(names) != 1 or not user.is_active:
        return None, False
    (name,) = names
    if name == SERVICE:
        # An administrator can put anybody in a group: nobody who can sign in is the machine.
        return None, not user.has_usable_password()
    return known[name], False
