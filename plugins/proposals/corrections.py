"""Handing on to the ML backend what people made of its turns, so that it can learn from them.

Label Studio's own webhooks go out inside the request, once, without a secret; for the ML backend
they are off. These go out after the codes are safe in the database, apart from the request, and are
tried again. Nothing here can make saving codes fail.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from projects.models import Project
from tasks.models import Annotation, Task

from vib.project_key import key_of

from .outbox import outbox

CREATED, UPDATED, DELETED = "ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED"


def listen() -> None:
    """Hear of codes that are saved and deleted, and of the first request."""
    post_save.connect(saved, sender=Annotation, dispatch_uid="vib_turns_saved")
    post_delete.connect(deleted, sender=Annotation, dispatch_uid="vib_turns_deleted")
    request_started.connect(serve, dispatch_uid="vib_turns_serving")


def serve(**_: Any) -> None:
    """Send what waits: a process that answers requests stays, one that runs a command does not."""
    outbox.start()


def saved(instance: Annotation, created: bool, **_: Any) -> None:
    """Hand on codes once they are in the database."""
    action = CREATED if created else UPDATED
    transaction.on_commit(lambda: hand_on(action, instance, instance.pk), robust=True)


def deleted(instance: Annotation, **_: Any) -> None:
    """Hand on that codes are gone."""
    # Django takes the number away from what it has deleted.
    number = instance.pk
    transaction.on_commit(lambda: hand_on(DELETED, instance, number), robust=True)


def hand_on(action: str, annotation: Annotation, number: int) -> None:
    """Send what was submitted in a project of `vib sync`; of what is deleted or was skipped, that it is gone."""
    if settings.VIB.ml_secret is None:
        return
    # The moment first: what another request writes after we look is sent with a later one, and stays.
    at = time.time()
    found = Annotation.objects.filter(pk=number, was_cancelled=False).values("result").first()
    if found is None:
        action = DELETED
    project = Project.objects.filter(pk=annotation.project_id).first()
    if action != DELETED and (project is None or key_of(project.description) is None):
        return
    # Codes also go because their task goes, with all of its data.
    data = Task.objects.filter(pk=annotation.task_id).values_list("data", flat=True).first() or {}
    outbox.send(
        "/webhook",
        {
            "action": action,
            "at": at,
            "project": annotation.project_id,
            "task": {"id": annotation.task_id, "data": data},
            "annotation": {
                "id": number,
                "result": found["result"] or [] if found else [],
                "family": str(data.get("family", "")),
            },
        },
        about=number,
        at=at,
        urgent=action == DELETED,
    )
