"""Who was reminded of which round."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from users.models import User


class Reminder(models.Model):
    """The last reminder of a round to one of its raters; a round is known here by its name, which does not change."""

    round: models.CharField[str, str] = models.CharField(max_length=100)
    user_id: int
    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_reminders"
    )
    sent_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "user"), name="last_reminder"),)

    def __str__(self) -> str:
        return f"{self.round}: {self.user}"
