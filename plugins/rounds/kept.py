"""What is kept of somebody here: of which rounds they were reminded."""

from __future__ import annotations

from plugins.host.kept_rows import kept_rows
from vib.kept import Kept

from . import texts
from .models import Reminder


def kept_of(user: int) -> list[Kept]:
    """Return the reminders of an account."""
    rows = Reminder.objects.filter(user=user).order_by("-sent_at", "-pk")
    return [kept_rows("reminders", texts.KEPT, rows.values("round", "sent_at"), order=42)]
