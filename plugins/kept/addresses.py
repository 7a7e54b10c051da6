"""The pages of what is kept of somebody: all of it, one kind, and all as files."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

VIEWS = "plugins.kept.views"

PAGES = (
    Page(
        "kept/",
        f"{VIEWS}:index",
        "index",
        (Right.ACCOUNT,),
        title=texts.WORDS["kept"],
        menu=Menu.ACCOUNT,
        order=60,
    ),
    Page("kept/download", f"{VIEWS}:download", "download", (Right.ACCOUNT,)),
    Page("kept/<str:name>/", f"{VIEWS}:one", "one", (Right.ACCOUNT,)),
)
