"""The part of the front door about conversations: what is new, and, for who leads rounds, which doubts are open.

What was said is on the page of a conversation, which is recorded when it is opened; here is only that it is there.
"""

from __future__ import annotations

from django.urls import reverse
from users.models import User

from plugins.host.narrowed import NARROWED
from plugins.host.pages import fragment
from plugins.talk import reading, showing, texts
from plugins.talk.models import Remark
from vib.language import Language
from vib.panel import Panel

MOST_SHOWN = 5
ORDER = 30


def panels(user: int, language: Language) -> list[Panel]:
    """Return the part for somebody; none where nothing is new and no doubt waits for them, or nothing may be read."""
    if Remark not in NARROWED:
        return []
    new = reading.new_to(user)
    counts = {"new": new.count()}
    shown = list(reading.newest_first(new)[:MOST_SHOWN])
    if reading.leads(User.objects.get(pk=user)):
        doubts = reading.open_doubts(user)
        counts["doubts"] = doubts.count()
        there = {remark.pk for remark in shown}
        shown += [one for one in reading.newest_first(doubts)[:MOST_SHOWN] if one.pk not in there]
    if not any(counts.values()):
        return []
    context = {
        "lines": [_counted(name, count, language) for name, count in counts.items() if count],
        "threads": [showing.shown(one, language) for one in reading.threads(user, shown[:MOST_SHOWN])],
        "all": reverse("vib_talk:index"),
    }
    heading = texts.WORDS["conversations"].to(language)
    return [Panel("talk", heading, fragment("vib_talk/panel.html", texts.WORDS, context, language), ORDER)]


def _counted(name: str, count: int, language: Language) -> str:
    return texts.PANEL[f"{name}_one" if count == 1 else name].to(language).format(count)
