"""Who has which family, and who is in which round."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from vib.roles import Part

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager
    from projects.models import Project
    from tasks.models import Task
    from users.models import User


class Family(models.Model):
    """A family, by its pseudonym."""

    grants: RelatedManager[FamilyGrant]
    pseudonym: models.CharField[str, str] = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return str(self.pseudonym)


class VibProject(models.Model):
    """A project that `vib sync` made: of a family, or, without one, of a practice set."""

    project: models.OneToOneField[Project, Project] = models.OneToOneField(
        "projects.Project", models.CASCADE, primary_key=True, related_name="vib"
    )
    key: models.CharField[str, str] = models.CharField(max_length=200, unique=True)
    family: models.ForeignKey[Family | None, Family | None] = models.ForeignKey(
        Family, models.PROTECT, null=True, related_name="projects"
    )

    def __str__(self) -> str:
        return str(self.key)


class FamilyGrant(models.Model):
    """Somebody has a family. Taking it away deletes the row; the audit log keeps the history.

    A family for own practice was made by a trainee, and is theirs to see and to code.
    """

    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_grants"
    )
    family_id: str
    family: models.ForeignKey[Family, Family] = models.ForeignKey(Family, models.CASCADE, related_name="grants")
    granted_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    own_practice: models.BooleanField[bool, bool] = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "family"), name="one_grant"),)

    def __str__(self) -> str:
        return f"{self.family_id}: {self.user}"


class Round(models.Model):
    """Clips of a practice set that raters code without seeing each other's codes.

    Once it is opened the raters see each other's codes, and cannot change their own.
    """

    members: RelatedManager[RoundMember]
    clips: RelatedManager[HandedOut]
    name: models.CharField[str, str] = models.CharField(max_length=100, unique=True)
    project_id: int
    project: models.ForeignKey[Project, Project] = models.ForeignKey(
        "projects.Project", models.CASCADE, related_name="vib_rounds"
    )
    predictions_shown: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    opened_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    due: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.name)


class RoundMember(models.Model):
    """Somebody's part in a round."""

    round: models.ForeignKey[Round, Round] = models.ForeignKey(Round, models.CASCADE, related_name="members")
    user_id: int
    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_rounds"
    )
    part: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(part.value, part.value.title()) for part in Part]
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "user"), name="one_part"),)

    def __str__(self) -> str:
        return f"{self.round}: {self.user} ({self.part})"


class HandedOut(models.Model):
    """A clip that is coded in a round, with its task."""

    round: models.ForeignKey[Round, Round] = models.ForeignKey(Round, models.CASCADE, related_name="clips")
    task: models.ForeignKey[Task, Task] = models.ForeignKey("tasks.Task", models.CASCADE, related_name="vib_rounds")
    clip: models.CharField[str, str] = models.CharField(max_length=255, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "task"), name="handed_out_once"),)
        verbose_name_plural = "handed out"

    def __str__(self) -> str:
        return f"{self.round}: {self.clip}"


class Withheld(models.Model):
    """A task whose clip nobody is to see: its recording lies with another family than that of the clip."""

    task: models.OneToOneField[Task, Task] = models.OneToOneField(
        "tasks.Task", models.CASCADE, primary_key=True, related_name="vib_withheld"
    )
    clip: models.CharField[str, str] = models.CharField(max_length=255, db_index=True)

    class Meta:
        verbose_name_plural = "withheld"

    def __str__(self) -> str:
        return str(self.clip)
