"""Who has which family, and who is in which round."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from vib.roles import Part


class Family(models.Model):
    """A family, by its pseudonym."""

    pseudonym = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return str(self.pseudonym)


class VibProject(models.Model):
    """A project that `vib sync` made: of a family, or, without one, of a practice set."""

    project = models.OneToOneField("projects.Project", models.CASCADE, primary_key=True, related_name="vib")
    key = models.CharField(max_length=200, unique=True)
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="projects")

    def __str__(self) -> str:
        return str(self.key)


class FamilyGrant(models.Model):
    """Somebody has a family. Taking it away deletes the row; the audit log keeps the history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_grants")
    family = models.ForeignKey(Family, models.CASCADE, related_name="grants")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "family"), name="one_grant"),)

    def __str__(self) -> str:
        return f"{self.family_id}: {self.user}"


class Round(models.Model):
    """Clips of a practice set that raters code without seeing each other's codes.

    Once it is opened the raters see each other's codes, and cannot change their own.
    """

    name = models.CharField(max_length=100, unique=True)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="vib_rounds")
    predictions_shown = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.name)


class RoundMember(models.Model):
    """Somebody's part in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vib_rounds")
    part = models.CharField(max_length=10, choices=[(part.value, part.value.title()) for part in Part])

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "user"), name="one_part"),)

    def __str__(self) -> str:
        return f"{self.round}: {self.user} ({self.part})"


class HandedOut(models.Model):
    """A clip that is coded in a round, with its task."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="clips")
    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="vib_rounds")
    clip = models.CharField(max_length=255, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "task"), name="handed_out_once"),)
        verbose_name_plural = "handed out"

    def __str__(self) -> str:
        return f"{self.round}: {self.clip}"
