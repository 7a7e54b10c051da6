"""The pages of rounds: all of somebody's, and one."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right, Role

from . import texts

PAGES = (
    Page(
        "rounds/",
        "plugins.rounds.views:index",
        "index",
        (Right.CODE,),
        title=texts.WORDS["rounds"],
        menu=Menu.MAIN,
        order=30,
        roles=(Role.SUPERVISOR, Role.TRAINEE),
        about=texts.WORDS["about"],
    ),
    Page("rounds/<str:round_name>/", "plugins.rounds.views:show", "round", (Right.CODE,)),
    Page("rounds/<str:round_name>/", "plugins.rounds.views:show", "round", (Right.AGREEMENT,), ("POST",)),
)
