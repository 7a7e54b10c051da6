"""What the server or a command did for somebody, or refused: the lines of an audit log."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEvent:
    """One thing that somebody did or tried.

    Parameters
    ----------
    who : str
        Address of the account; ``console:<name>`` for who works on the machine itself;
        empty when nobody was logged in.
    role : str
        Their role at that moment; empty when they had none.
    what : str
        A route (``GET api/tasks/<int:pk>/``), or a command (``access grant``).
    allowed : bool
        Whether it was done.
    families : tuple of str
        Pseudonyms of the families whose material it touched.
    which : str
        The object: ``task 12``, ``clip F-0001/maaltijd``, the account that got a role.
    where : str
        The address from which they came; empty for the console.
    """

    who: str
    role: str
    what: str
    allowed: bool
    families: tuple[str, ...] = ()
    which: str = ""
    where: str = ""
