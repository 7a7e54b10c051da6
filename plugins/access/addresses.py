"""The style sheet that hides on Label Studio's pages what a role cannot use."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

PAGES = (Page("access/style.css", "plugins.access.hiding:style", "style", (Right.ACCOUNT,)),)
