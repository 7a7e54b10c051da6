"""What the plugin keeps: who was invited as what."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone


class Invitation(models.Model):
    """One person may make one account, of one role, until it expires.

    The token itself is only in the link: whoever reads the database cannot use an invitation.
    """

    email: models.CharField[str, str] = models.CharField(max_length=255, db_index=True)
    role: models.CharField[str, str] = models.CharField(max_length=150)
    token_hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True, editable=False)
    made_by: models.CharField[str, str] = models.CharField(max_length=255)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "vib_signin"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"
