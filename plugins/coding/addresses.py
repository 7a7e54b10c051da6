"""What the script of the labelling page asks."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

VIEWS = "plugins.coding.views"
CODED = (Right.CODE,)

PAGES = (
    Page("coding/alive", f"{VIEWS}:alive", "alive", (Right.ACCOUNT,)),
    Page("coding/tasks/<int:task>/work", f"{VIEWS}:work", "work", CODED, methods=("GET", "POST")),
    Page("coding/tasks/<int:task>/changes", f"{VIEWS}:changes", "changes", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/take", f"{VIEWS}:take", "take", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/check", f"{VIEWS}:check", "check", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/guide", "plugins.coding.guide:guide", "guide", CODED),
)
