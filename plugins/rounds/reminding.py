"""Reminding raters of what is left in a round: by mail where it is configured, and on their front door."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from users.models import User

from plugins.host.language import language_for
from plugins.host.mailing import send
from vib.dates import written_day
from vib.language import Language

from . import texts
from .models import Reminder
from .progress import Coder, Progress

ONCE_IN = timedelta(hours=24)
"""Nobody is reminded of the same round more often."""


def remind(progress: Progress, accounts: Collection[int], address: str) -> list[str]:
    """Remind these accounts, each in their language, as far as they have something left; return who was reminded.

    Parameters
    ----------
    address : str
        The whole address of the round's page.
    """
    now = timezone.now()
    lately = Reminder.objects.filter(round=progress.round.name, sent_at__gt=now - ONCE_IN)
    known = set(lately.values_list("user", flat=True))
    coders = [one for one in progress.unfinished() if one.account in accounts and one.account not in known]
    people = User.objects.select_related("vib_preferences").in_bulk([one.account for one in coders])
    for coder in coders:
        Reminder.objects.update_or_create(round=progress.round.name, user_id=coder.account, defaults={"sent_at": now})
        language = language_for(people[coder.account])
        subject = texts.MAIL_SUBJECT.to(language).format(progress.round.name)
        send(people[coder.account].email, subject, _text(progress, coder, address, language))
    return [coder.name for coder in coders]


def _text(progress: Progress, coder: Coder, address: str, language: Language) -> str:
    due = progress.round.due
    until = f", {texts.UNTIL.to(language).format(written_day(due, language))}" if due else ""
    left = texts.clips(len(progress.left(coder))).to(language)
    return texts.MAIL.to(language).format(progress.round.name, left, until, address)
