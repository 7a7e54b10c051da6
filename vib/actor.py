"""Who acts: an account, somebody at the console of the machine, or nobody who is known.

What a log is told of who did something is made here, and from nothing that they can set themselves.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable
from dataclasses import dataclass
from typing import final

from vib.access_event import AccessEvent

CONSOLE = "console:"
"""How who works on the machine itself begins; no address of an account does."""


@final
@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or a program, as a log names them.

    Parameters
    ----------
    who : str
        Address of an account, ``console:<name>``, or nothing for who is not known.
    role : str
        Their role at this moment; empty when they have none.
    where : str
        The address from which they come; empty for the console.
    """

    who: str
    role: str = ""
    where: str = ""

    def event(self, what: str, *, allowed: bool = True, families: Iterable[str] = (), which: str = "") -> AccessEvent:
        """Return what a log is told when they do something, or are refused."""
        return AccessEvent(
            who=self.who,
            role=self.role,
            what=what,
            allowed=allowed,
            families=tuple(families),
            which=which,
            where=self.where,
        )


def account(address: str, role: str, where: str) -> Actor:
    """Return who has an account; the machine's own account, through which commands reach the server, is one.

    Raises
    ------
    ValueError
        The address could be taken for somebody at the console.
    """
    if address.startswith(CONSOLE):
        raise ValueError(f"{address!r} is no address of an account")
    return Actor(address, role, where)


def nobody(where: str = "") -> Actor:
    """Return who is not known: nobody is logged in."""
    return Actor("", where=where)


def command() -> Actor:
    """Return who runs this process, a command on the machine itself.

    Examples
    --------
    >>> command().who == CONSOLE + os_user()
    True
    """
    return Actor(CONSOLE + os_user())


def os_user() -> str:
    """Return the name of who runs this process, or their number where the machine knows no name.

    By their number, and not by the environment, which anyone can set.
    """
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
