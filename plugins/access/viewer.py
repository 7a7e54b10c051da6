"""Who asks: a role, what it may do, and which material is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.host.accounts import is_machine, role_of
from vib.roles import SERVICE, May, Part, Right, Role, may

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
        return may(self.role, right)

    @property
    def role_name(self) -> str:
        """The name of the role, empty when there is none."""
        return SERVICE if self.service else self.role or ""

    @property
    def has_families(self) -> bool:
        """Whether families can be assigned to this role."""
        return May.FAMILIES in (self.may(Right.SEE), self.may(Right.CODE)) and not self.managing

    @property
    def has_own_practice(self) -> bool:
        """Whether this role has the families that it makes to practise on, and no others."""
        return self.may(Right.BRING) is May.OWN_PRACTICE and not self.managing

    @property
    def part(self) -> Part | None:
        """The part that this role takes in rounds, None when it has none."""
        parts = {May.ROUNDS: Part.SUPERVISOR, May.HANDED_OUT: Part.RATER}
        return None if self.managing else parts.get(self.may(Right.CODE))


def viewer_of(user: User) -> Viewer:
    """Return the viewer that an account is."""
    role = role_of(user)
    return Viewer(user.pk, user.email, role, service=role is None and is_machine(user))
