"""The pages of conversations, and what the script of the labelling page asks."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

VIEWS = "plugins.talk.views"
SEEN = (Right.SEE, Right.CODE)

PAGES = (
    Page(
        "talk/",
        f"{VIEWS}:index",
        "index",
        SEEN,
        title=texts.WORDS["conversations"],
        menu=Menu.MAIN,
        order=45,
        about=texts.ABOUT,
    ),
    Page("talk/clips/<int:task>/", f"{VIEWS}:clip", "clip", SEEN, methods=("GET", "POST")),
    Page("talk/clips/<int:task>/remarks", f"{VIEWS}:remarks", "remarks", SEEN, methods=("GET", "POST")),
    Page("talk/<int:remark>/", f"{VIEWS}:thread", "thread", SEEN, methods=("GET", "POST")),
    Page("talk/<int:remark>/seen", f"{VIEWS}:seen", "seen", SEEN, methods=("POST",)),
    Page("talk/<int:remark>/resolved", f"{VIEWS}:resolved", "resolved", SEEN, methods=("POST",)),
)
