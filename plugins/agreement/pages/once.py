"""What annotations of this server say, read once a change: where it is kept, and when it is forgotten."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete
from tasks.models import Annotation, Task

from .read_once import FOLDER, ReadOnce


@cache
def once() -> ReadOnce:
    """Return what reads annotations, one in a server process."""
    return ReadOnce(settings.VIB.data / FOLDER)


def listen() -> None:
    """Forget what annotations say when they or their task are deleted."""
    post_delete.connect(_annotation_deleted, sender=Annotation, dispatch_uid="vib_agreement_annotation_deleted")
    post_delete.connect(_task_deleted, sender=Task, dispatch_uid="vib_agreement_task_deleted")


def _annotation_deleted(instance: Any, **_: object) -> None:
    once().forget(instance.task_id)


def _task_deleted(instance: Any, **_: object) -> None:
    once().forget(instance.pk)
