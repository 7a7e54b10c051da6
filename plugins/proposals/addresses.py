"""The pages about turns, and the address to which the backend pushes them."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

VIEWS = "plugins.proposals.views"
SEEN = (Right.SEE, Right.CODE)

PAGES = (
    Page(
        "turns/",
        f"{VIEWS}:index",
        "index",
        SEEN,
        title=texts.OFFERED["heading"],
        menu=Menu.MAIN,
        order=50,
        about=texts.OFFERED["about"],
    ),
    Page("turns/<int:project>/", f"{VIEWS}:project", "project", SEEN),
    Page("turns/<int:project>/", f"{VIEWS}:project", "project", (Right.SEE,), methods=("POST",)),
    Page("turns/<int:project>/state", f"{VIEWS}:state", "state", SEEN),
    Page("turns/results", "plugins.proposals.results:take", "results", (), methods=("POST",), machine=True),
)
