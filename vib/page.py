"""A page of a plugin, or an address that its pages ask: all that the shell, the rights and the menus are made from."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self, final

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from vib.language import Text
from vib.roles import Right, Role

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
VIEW = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
NAME = re.compile(r"[a-z][a-z0-9-]*")


class Menu(StrEnum):
    """Where the shell shows the way to a page."""

    MAIN = "main"
    ACCOUNT = "account"
    MANAGE = "manage"


@final
@dataclass(frozen=True, slots=True)
class Page:
    """One address below ``/vib/``, with its view and for whom it is.

    Parameters
    ----------
    address : str
        Below ``/vib/``, as Django writes it: ``guide/<str:method>/``. Where several fit, the one with words where
        others of the same plugin have parameters comes first, whatever the order in which they are said.
    view : str
        The function that answers, as ``module:function``; it is imported as the server starts.
    name : str
        What templates and `reverse` call it, after ``vib_`` and the plugin's name: ``vib_guide:code``.
    rights : tuple of Right
        The rights of the role table of which one is needed. Which object it is about, a view checks itself, or
        leaves to queries. Where the address has ``<int:task>``, who may not see that task gets 404, and so does who
        may not code it where ``code`` alone is needed. Where it has ``<str:family>``, the pseudonym of a family,
        who has not that family gets 404.
    methods : tuple of str
        What may be asked. An address that wants another right for ``POST`` is said twice, with the same view.
    machine : bool
        For no person's account: the view itself makes sure who asks. Then there are no rights.
    title : Text or None
        What menus call it; None for what is no page of its own.
    menu : Menu or None
        The menu that leads to it; an address with parameters is in none.
    order : int
        Its place in the menu: the lowest first.
    roles : tuple of Role
        Who is shown the way to it, of those with the right.
    about : Text or None
        One sentence about what it is good for, where the front door has room for it.

    Raises
    ------
    pydantic.ValidationError
        It has no right, or does not fit together.

    Examples
    --------
    >>> Page("talk/<int:clip>/", "talk.views:clip", "clip", (Right.SEE,)).path
    'vib/talk/<int:clip>/'
    """

    address: str
    view: str
    name: str
    rights: tuple[Right, ...]
    methods: tuple[str, ...] = ("GET",)
    machine: bool = False
    title: Text | None = None
    menu: Menu | None = None
    order: int = 50
    roles: tuple[Role, ...] = tuple(Role)
    about: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.address.startswith("/"):
            raise ValueError(f"{self.address}: an address is below /vib/ and does not begin with /")
        if not VIEW.fullmatch(self.view):
            raise ValueError(f"{self.view}: a view is written module:function")
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name}: a name has small letters, digits and hyphens")
        if bool(self.rights) == self.machine:
            raise ValueError(f"{self.address}: say in rights who may open it, or machine=True, and not both")
        if not self.methods or not METHODS.issuperset(self.methods):
            raise ValueError(f"{self.address}: methods are of {', '.join(sorted(METHODS))}")
        if self.menu and (self.title is None or "<" in self.address or "GET" not in self.methods):
            raise ValueError(f"{self.address}: in a menu are pages with a title and without parameters")
        return self

    @property
    def path(self) -> str:
        """The whole address, as the role table has it."""
        return f"vib/{self.address}"

    @property
    def asked(self) -> frozenset[str]:
        """What no two pages may answer: each method with the address."""
        return frozenset(f"{method} {self.address}" for method in self.methods)

    @property
    def specificity(self) -> tuple[tuple[int, str], ...]:
        """How it is sorted among the others: words before parameters, and whole paths last."""
        parts = self.address.split("/")
        return tuple((2 if "<path:" in part else 1 if "<" in part else 0, part) for part in parts)
