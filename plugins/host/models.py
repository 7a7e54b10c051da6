"""What is kept beside Label Studio's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tasks.models import Annotation


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
