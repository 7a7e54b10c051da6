"""Conversations as pages and the labelling page show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from users.models import User

from plugins.host.accounts import called
from plugins.host.media import clip_of, video_of
from plugins.talk import texts
from plugins.talk.models import Remark, Reply
from plugins.talk.reading import Thread
from vib.dates import written_moment
from vib.language import Language


def shown(thread: Thread, language: Language) -> dict[str, Any]:
    """Return a conversation as a page or the labelling page shows it."""
    remark, count = thread.remark, len(thread.replies)
    replies = texts.WORDS["replies_one" if count == 1 else "replies"].to(language).format(count)
    return {
        "number": remark.pk,
        "address": reverse("vib_talk:thread", args=[remark.pk]),
        "clip": clip_of(remark.task),
        "moment": moment_of(remark, language),
        "when": when_of(remark, language),
        "kind": texts.KINDS[remark.kind].to(language),
        "audience": texts.AUDIENCES[remark.audience].to(language),
        "replies": replies if count else "",
        "new": thread.new,
        "resolved": remark.resolved_at is not None,
        "last": said(thread.last, language),
        **said(remark, language),
    }


def said(one: Remark | Reply, language: Language) -> dict[str, Any]:
    """Return who said something, when, and what."""
    return {"by": called(one.by), "at": written_moment(localtime(one.at), language), "text": one.text}


def named(users: Iterable[User]) -> str:
    """Return what some people are called, in one line."""
    return ", ".join(called(user) for user in users)


def moment_of(remark: Remark, language: Language) -> str:
    """Return which moment a remark is about, with what was chosen there."""
    return f"{when_of(remark, language)} · {remark.about}" if remark.about else when_of(remark, language)


def when_of(remark: Remark, language: Language) -> str:
    """Return at which second of its clip a remark is."""
    return texts.WORDS["whole_clip"].to(language) if remark.second is None else clock(remark.second)


def clock(seconds: float) -> str:
    """Write a moment as people read it.

    Examples
    --------
    >>> clock(64.52), clock(3600)
    ('1:04.5', '60:00.0')
    """
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def video_at(remark: Remark) -> str:
    """Return the address of the video of a clip, beginning at the moment; empty where there is none."""
    address = video_of(remark.task.data)
    return f"{address}#t={remark.second:.1f}" if address and remark.second else address
