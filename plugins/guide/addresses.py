"""The pages of the guide: the methods, their codes, and why one looks at all."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

ALL = (Right.ACCOUNT,)

PAGES = (
    Page(
        "guide/",
        "plugins.guide.views_guide:methods",
        "methods",
        ALL,
        title=texts.WORDS["methods"],
        menu=Menu.MAIN,
        order=60,
        about=texts.WORDS["guide_about"],
    ),
    Page("guide/_search/", "plugins.guide.views_guide:find", "search", ALL),
    Page(
        "guide/_why/",
        "plugins.guide.views_why:index",
        "why",
        ALL,
        title=texts.WORDS["why_short"],
        menu=Menu.MAIN,
        order=70,
    ),
    Page("guide/_why/<str:page>/", "plugins.guide.views_why:page", "why-page", ALL),
    Page("guide/<str:method>/", "plugins.guide.views_guide:guide", "guide", ALL),
    Page("guide/<str:method>/_hardest/", "plugins.guide.views_hardest:hardest", "hardest", (Right.AGREEMENT,)),
    Page("guide/<str:method>/<str:code>/", "plugins.guide.views_guide:code", "code", ALL),
)
