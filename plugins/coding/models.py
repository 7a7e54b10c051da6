"""What is kept while somebody codes: the log of a work, and what was answered to submits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager
    from tasks.models import Annotation, Task
    from users.models import User


class Work(models.Model):
    """One person's coding of one task, of a new annotation or of one that is there.

    Its log is what it began with and the changes since. Once it is submitted the annotation says it all: the
    changes go, and this row stays to tell another tab.
    """

    changes: RelatedManager[Change]
    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_works"
    )
    task: models.ForeignKey[Task, Task] = models.ForeignKey("tasks.Task", models.CASCADE, related_name="vib_works")
    annotation: models.ForeignKey[Annotation | None, Annotation | None] = models.ForeignKey(
        "tasks.Annotation", models.CASCADE, null=True, related_name="vib_works"
    )
    start: models.JSONField[Any, Any] = models.JSONField(null=True)
    last: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    size: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    holder: models.UUIDField[UUID, UUID] = models.UUIDField()
    seen: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    submitted: models.BooleanField[bool, bool] = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "task"), condition=Q(annotation__isnull=True), name="vib_one_new_work"
            ),
            models.UniqueConstraint(fields=("user", "annotation"), name="vib_one_work"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.task}"


class Change(models.Model):
    """One change of a work: operations that are applied together."""

    work: models.ForeignKey[Work, Work] = models.ForeignKey(Work, models.CASCADE, related_name="changes")
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    operations: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("work", "number"), name="vib_one_change"),)

    def __str__(self) -> str:
        return f"{self.work} {self.number}"


class Submission(models.Model):
    """What was answered to a submit, so that the same one is answered again and not done again.

    It is made in the transaction of the submit: where there is an answer, there are the codes.
    """

    user_id: int
    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_submissions"
    )
    key: models.UUIDField[UUID, UUID] = models.UUIDField()
    annotation_id: int | None
    annotation: models.ForeignKey[Annotation | None, Annotation | None] = models.ForeignKey(
        "tasks.Annotation", models.CASCADE, null=True, related_name="vib_submissions"
    )
    asked: models.CharField[str, str] = models.CharField(max_length=200)
    status: models.PositiveSmallIntegerField[int | None, int | None] = models.PositiveSmallIntegerField(null=True)
    body: models.TextField[str, str] = models.TextField(default="")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="vib_submitted_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.key}"
