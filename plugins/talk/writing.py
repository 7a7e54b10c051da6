"""Saying something: a remark, a reply; having seen it; settling it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from tasks.models import Task
from users.models import User

from plugins.talk.models import Look, Remark, Reply
from plugins.talk.said import SentRemark, SentReply


def say(user: User, task: Task, sent: SentRemark) -> Remark:
    """Keep a remark about a task that somebody sees."""
    with transaction.atomic():
        remark: Remark = Remark.objects.create(task=task, by=user, **sent.model_dump())
        look(user, remark, now())
    return remark


def reply(user: User, remark: Remark, sent: SentReply) -> Reply:
    """Keep a reply to a remark that somebody sees."""
    with transaction.atomic():
        made: Reply = remark.replies.create(by=user, text=sent.text)
        look(user, remark, now())
    return made


def look(user: User, remark: Remark, until: datetime) -> None:
    """Note that somebody has seen what was said until some time; never less than was noted."""
    noted, made = Look.objects.get_or_create(remark=remark, by=user, defaults={"until": until})
    if not made and noted.until < until:
        Look.objects.filter(pk=noted.pk, until__lt=until).update(until=until)


def settle(remark: Remark, settled: bool) -> None:
    """Note that a remark needs nothing more, or that it does."""
    Remark.objects.filter(pk=remark.pk).update(resolved_at=now() if settled else None)
