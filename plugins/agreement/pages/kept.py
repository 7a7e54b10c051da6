"""What is kept of somebody here: the moments that they settled or opened again, with their notes."""

from __future__ import annotations

from django.db.models import F

from plugins.host.kept_rows import kept_rows
from vib.kept import CLIP, Kept

from . import texts_settled as texts
from .models import Settling


def kept_of(user: int) -> list[Kept]:
    """Return the settlings of an account."""
    rows = Settling.objects.filter(by=user).order_by("-at", "-pk")
    written = ("at", "round", "tier", "attribute", "start", "end", "settled", "note")
    of_task = {CLIP: F("task__data__clip")}
    return [kept_rows("settled", texts.KEPT, rows.values(*written, **of_task), order=28)]
