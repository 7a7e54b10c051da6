"""The pages of the intake."""

from __future__ import annotations

from vib.page import Menu, Page
from vib.roles import Right

from .family_texts import WORDS

VIEWS = "plugins.intake.tus_views"
SENDING = ("GET", "POST", "OPTIONS")
UPLOAD = ("GET", "POST", "PATCH", "DELETE", "OPTIONS")

FORMS = "plugins.intake.family_views"

PAGES = (
    Page(
        "intake/",
        f"{FORMS}:index",
        "index",
        (Right.BRING,),
        ("GET", "POST"),
        title=WORDS["intake"],
        menu=Menu.MAIN,
        order=22,
        about=WORDS["about"],
    ),
    Page("intake/<str:family>/members/", f"{FORMS}:members", "members", (Right.BRING,), ("GET", "POST")),
    Page("intake/<str:family>/consent/", f"{FORMS}:consent", "consent", (Right.BRING,), ("GET", "POST")),
    Page("intake/<str:family>/recordings/", f"{FORMS}:recordings", "recordings", (Right.BRING,), ("GET", "POST")),
    Page("intake/<str:family>/", "plugins.intake.upload_views:send", "send", (Right.BRING,)),
    Page("intake/<str:family>/sending/", f"{VIEWS}:begin_view", "begin", (Right.BRING,), methods=SENDING),
    Page("intake/<str:family>/sending/<str:upload>/", f"{VIEWS}:upload_view", "upload", (Right.BRING,), methods=UPLOAD),
)
