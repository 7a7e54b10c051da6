"""The pages of the intake."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

PAGES = (Page("intake/<str:family>/", "plugins.intake.upload_views:send", "send", (Right.SEE,)),)
