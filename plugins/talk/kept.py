"""What is kept of somebody here: what they wrote and saw, and nothing that others wrote."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F

from plugins.host.kept_rows import kept_rows
from vib.kept import CLIP, Kept
from vib.language import Text

from . import texts, texts_kept
from .models import Look, Remark, Reply

CALLED: Mapping[str, Text] = {str(name): text for name, text in (*texts.KINDS.items(), *texts.AUDIENCES.items())}


def kept_of(user: int) -> list[Kept]:
    """Return the remarks and replies of an account, and until when it saw those of others."""
    remarks = Remark.objects.filter(by=user).order_by("-at", "-pk")
    replies = Reply.objects.filter(by=user).order_by("-at", "-pk")
    looks = Look.objects.filter(by=user).order_by("-until", "-pk")
    written = ("at", "kind", "audience", "text", "second", "turn", "code", "about", "resolved_at")
    of_task, of_remark = {CLIP: F("task__data__clip")}, {CLIP: F("remark__task__data__clip")}
    return [
        kept_rows("remarks", texts_kept.REMARKS, remarks.values(*written, **of_task), words=CALLED, order=25),
        kept_rows("replies", texts_kept.REPLIES, replies.values("at", "text", **of_remark), order=26),
        kept_rows("looks", texts_kept.LOOKS, looks.values("until", **of_remark), order=27),
    ]
