"""What the front door says of rounds: to a supervisor how far they are, to a trainee reminders and what was opened."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from users.models import User

from plugins.host.accounts import role_of
from plugins.host.pages import fragment
from plugins.host.rounds import rounds_of
from vib.coding_round import CodingRound
from vib.dates import written_day
from vib.language import Language
from vib.panel import Panel
from vib.roles import Part

from . import texts
from .models import Reminder
from .progress import Progress
from .reading import progress_of
from .shown import line_of, looking_back

MOST_SHOWN = 6
"""Rounds on the front door; the page of rounds has the others."""

MOST_OPENED = 3
"""Opened rounds there, those that were opened last."""


def panels_of(user: int, language: Language) -> list[Panel]:
    """Return the parts for an account."""
    rounds = rounds_of(user)
    led = [one for one in rounds if one.part is Part.SUPERVISOR]
    if led:
        return _led(user, led, language)
    return [*_opened(user, rounds, language), *_reminded(user, rounds, language)]


def _led(user: int, led: Sequence[CodingRound], language: Language) -> list[Panel]:
    role, today = role_of(User.objects.get(pk=user)), timezone.localdate()
    lines = [line_of(one, role, today, language) for one in progress_of(led[:MOST_SHOWN], user)]
    said = {
        "lines": [(line, texts.BEHIND.to(language).format(", ".join(line.behind))) for line in lines],
        "ready": texts.READY.to(language),
        "more": len(led) > MOST_SHOWN,
    }
    content = fragment("vib_rounds/led.html", texts.WORDS, said, language)
    return [Panel("rounds", texts.PANEL.to(language), content, order=20, wide=True)]


def _opened(user: int, rounds: Sequence[CodingRound], language: Language) -> list[Panel]:
    """Say which rounds a rater may look back at, the last opened first."""
    found = sorted((at, one.name) for one in rounds if (at := one.opened) is not None)
    named = [name for _, name in found[: -MOST_OPENED - 1 : -1]]
    if not named:
        return []
    role = role_of(User.objects.get(pk=user))
    opened = sorted(
        progress_of([one for one in rounds if one.name in named], user), key=lambda one: named.index(one.round.name)
    )
    said = {"lines": [looking_back(one, user, role, language) for one in opened], "more": len(found) > MOST_OPENED}
    content = fragment("vib_rounds/opened.html", texts.WORDS, said, language)
    return [Panel("opened", texts.OPENED_PANEL.to(language), content, order=8)]


def _reminded(user: int, rounds: Sequence[CodingRound], language: Language) -> list[Panel]:
    """Say of which rounds somebody was reminded in which they have something left."""
    names = set(Reminder.objects.filter(user=user).values_list("round", flat=True))
    asked = [one for one in rounds if one.name in names and one.opened is None]
    lines = [_reminder(one, user, language) for one in progress_of(asked, user) if one.unfinished()]
    if not lines:
        return []
    content = fragment("vib_rounds/reminded.html", texts.WORDS, {"lines": lines}, language)
    return [Panel("reminders", texts.REMINDER.to(language), content, order=10)]


def _reminder(progress: Progress, user: int, language: Language) -> dict[str, str]:
    [own] = [coder for coder in progress.coders if coder.account == user]
    due = progress.round.due
    return {
        "name": progress.round.name,
        "address": reverse("vib_rounds:round", args=[progress.round.name]),
        "left": texts.REMINDER_LINE.to(language).format(texts.clips(len(progress.left(own))).to(language)),
        "until": texts.UNTIL.to(language).format(written_day(due, language)) if due else "",
    }
