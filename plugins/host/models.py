"""What is kept beside Label Studio's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from tasks.models import Annotation
    from users.models import User


class MadeWith(models.Model):
    """With which codebook the codes of an annotation were made; those of before this was kept have none."""

    annotation_id: int
    annotation: models.OneToOneField[Annotation, Annotation] = models.OneToOneField(
        "tasks.Annotation", models.CASCADE, primary_key=True, related_name="vib_made_with"
    )
    method: models.CharField[str, str] = models.CharField(max_length=64)
    version: models.CharField[str, str] = models.CharField(max_length=64)
    level: models.CharField[str, str] = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.method} {self.version} {self.level}".rstrip()


class Preferences(models.Model):
    """What somebody chose for all pages; what is empty is left to the browser, the device and the installation."""

    user_id: int
    user: models.OneToOneField[User, User] = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="vib_preferences"
    )
    language: models.CharField[str, str] = models.CharField(max_length=8, default="", blank=True)
    theme: models.CharField[str, str] = models.CharField(max_length=8, default="", blank=True)
    time_zone: models.CharField[str, str] = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.language} {self.theme} {self.time_zone}".rstrip()
