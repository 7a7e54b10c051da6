"""What is kept of moments on which raters differ: which were settled, by whom, with which note."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from plugins.host.narrowed import NarrowedManager
from vib.conversation import Audience

if TYPE_CHECKING:
    from tasks.models import Task
    from users.models import User


class Settling(models.Model):
    """That a moment of a clip was talked over and settled, or that it is open again: the newest of a stretch says.

    `round` is the name of the round in which it was, which does not change; empty for the project of a family.
    `audience` is always shared: whoever sees the moment sees it, as far as the rules of conversations go.
    """

    task_id: int
    task: models.ForeignKey[Task, Task] = models.ForeignKey("tasks.Task", models.CASCADE, related_name="vib_settlings")
    by_id: int
    by: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_settlings"
    )
    round: models.CharField[str, str] = models.CharField(max_length=100, blank=True, default="")
    tier: models.CharField[str, str] = models.CharField(max_length=200)
    attribute: models.CharField[str, str] = models.CharField(max_length=200, blank=True, default="")
    start: models.FloatField[float, float] = models.FloatField()
    end: models.FloatField[float, float] = models.FloatField()
    settled: models.BooleanField[bool, bool] = models.BooleanField()
    note: models.TextField[str, str] = models.TextField(blank=True, default="")
    audience: models.CharField[str, str] = models.CharField(max_length=10, default=Audience.SHARED.value)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    objects = NarrowedManager()

    class Meta:
        indexes = (models.Index(fields=("task", "-at"), name="vib_settling_at"),)

    def __str__(self) -> str:
        return f"{self.by}: {self.task}, {self.tier} {self.start:g}"
