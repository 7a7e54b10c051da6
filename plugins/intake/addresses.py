"""The pages of the intake."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

VIEWS = "plugins.intake.tus_views"
SENDING = ("GET", "POST", "OPTIONS")
UPLOAD = ("GET", "POST", "PATCH", "DELETE", "OPTIONS")

PAGES = (
    Page("intake/<str:family>/", "plugins.intake.upload_views:send", "send", (Right.BRING,)),
    Page("intake/<str:family>/sending/", f"{VIEWS}:begin_view", "begin", (Right.BRING,), methods=SENDING),
    Page("intake/<str:family>/sending/<str:upload>/", f"{VIEWS}:upload_view", "upload", (Right.BRING,), methods=UPLOAD),
)
