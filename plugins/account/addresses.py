"""The page of somebody's preferences, and the address to which the header sends a language."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

PAGES = (
    Page(
        "account/",
        "plugins.account.views:show",
        "preferences",
        (Right.ACCOUNT,),
        ("GET", "POST"),
        title=texts.WORDS["preferences"],
        menu=Menu.ACCOUNT,
        order=10,
    ),
    Page("account/language", "plugins.account.views:language", "language", (Right.ACCOUNT,), ("POST",)),
)
