"""What the script of the labelling page asks, and where it leads after a submit."""

from __future__ import annotations

from vib.page import Page
from vib.roles import Right

VIEWS = "plugins.coding.views"
CODED = (Right.CODE,)
SEEN = (Right.SEE, Right.CODE)
"""Also once a round was opened, and its clips can no longer be coded: queries give only what is in sight."""

PAGES = (
    Page("coding/alive", f"{VIEWS}:alive", "alive", (Right.ACCOUNT,)),
    Page("coding/tasks/<int:task>/work", f"{VIEWS}:work", "work", CODED, methods=("GET", "POST")),
    Page("coding/tasks/<int:task>/changes", f"{VIEWS}:changes", "changes", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/take", f"{VIEWS}:take", "take", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/check", f"{VIEWS}:check", "check", CODED, methods=("POST",)),
    Page("coding/tasks/<int:task>/guide", "plugins.coding.guide:guide", "guide", CODED),
    Page("coding/tasks/<int:task>/done", "plugins.coding.done:after_submit", "done", SEEN),
    Page("coding/projects/<int:project>/done", "plugins.coding.done:queue_empty", "queue-empty", SEEN),
)
