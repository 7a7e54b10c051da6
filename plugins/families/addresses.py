"""The pages of families: all of somebody's, and one."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right, Role

from . import texts

PAGES = (
    Page(
        "families/",
        "plugins.families.views:index",
        "index",
        (Right.SEE, Right.BRING),
        title=texts.WORDS["families"],
        menu=Menu.MAIN,
        order=20,
        roles=(Role.COUNSELLOR, Role.SUPERVISOR, Role.TRAINEE),
        about=texts.WORDS["about"],
    ),
    Page("families/<int:project>/", "plugins.families.views:family", "family", (Right.SEE, Right.BRING)),
)
