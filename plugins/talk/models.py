"""What is kept of a conversation: remarks, replies, and who has seen them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from plugins.host.narrowed import NarrowedManager
from plugins.talk.said import Kind
from vib.conversation import Audience

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager
    from tasks.models import Task
    from users.models import User


class Remark(models.Model):
    """Something that somebody says about a clip, or a moment of it.

    `second` is where in the clip it is about, None where it is about the whole; `turn` and `code` are what was
    chosen on the screen there, and `about` is that in the words of the screen.
    """

    replies: RelatedManager[Reply]
    looks: RelatedManager[Look]
    task_id: int
    task: models.ForeignKey[Task, Task] = models.ForeignKey("tasks.Task", models.CASCADE, related_name="vib_remarks")
    by_id: int
    by: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_remarks"
    )
    kind: models.CharField[str, str] = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    audience: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Audience]
    )
    text: models.TextField[str, str] = models.TextField()
    second: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    turn: models.CharField[str, str] = models.CharField(max_length=100, blank=True, default="")
    code: models.CharField[str, str] = models.CharField(max_length=100, blank=True, default="")
    about: models.CharField[str, str] = models.CharField(max_length=200, blank=True, default="")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    resolved_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    objects = NarrowedManager()

    class Meta:
        indexes = (models.Index(fields=("-at",), name="vib_remark_at"),)

    def __str__(self) -> str:
        return f"{self.by}: {self.task}"


class Reply(models.Model):
    """What somebody answers to a remark."""

    remark_id: int
    remark: models.ForeignKey[Remark, Remark] = models.ForeignKey(Remark, models.CASCADE, related_name="replies")
    by_id: int
    by: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_replies"
    )
    text: models.TextField[str, str] = models.TextField()
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    objects = NarrowedManager()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"{self.by}: {self.remark}"


class Look(models.Model):
    """Until when somebody has seen a remark with its replies."""

    remark_id: int
    remark: models.ForeignKey[Remark, Remark] = models.ForeignKey(Remark, models.CASCADE, related_name="looks")
    by_id: int
    by: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_looks"
    )
    until: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    objects = NarrowedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("remark", "by"), name="vib_one_look"),)

    def __str__(self) -> str:
        return f"{self.by}: {self.remark}"
