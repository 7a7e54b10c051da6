"""The style sheet that hides what a role cannot use, and what `vib sync` asks about clips that moved."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

MOVING = "plugins.access.moving_api"

PAGES = (
    Page("access/style.css", "plugins.access.hiding:style", "style", (Right.ACCOUNT,)),
    Page("access/sight", f"{MOVING}:sight", "sight", (), methods=("POST",), machine=True),
    Page("access/moved", f"{MOVING}:moved", "moved", (), methods=("POST",), machine=True),
    Page("access/renamed", f"{MOVING}:renamed", "renamed", (), methods=("POST",), machine=True),
)
