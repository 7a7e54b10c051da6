"""The page on which everybody lands."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

PAGES = (Page("", "plugins.home.views:start", "start", (Right.ACCOUNT,)),)
