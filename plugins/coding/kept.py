"""What is kept of somebody while they code; of a task that they may no longer see only that it is there."""

from __future__ import annotations

from django.db.models import Case, Exists, F, JSONField, OuterRef, When
from tasks.models import Annotation, Task

from plugins.host.kept_rows import kept_rows
from vib.kept import CLIP, Kept

from . import texts_kept as texts
from .models import Change, Submission, Work


def kept_of(user: int) -> list[Kept]:
    """Return the works of an account, their changes, and the answers to its submits."""
    return [_works(user), _changes(user), _answers(user)]


def _seen(task: str) -> Exists:
    """Tell whether the task of a row may be seen: the query of tasks is narrowed to that."""
    return Exists(Task.objects.filter(pk=OuterRef(task)))


def _works(user: int) -> Kept:
    rows = Work.objects.filter(user=user).order_by("-seen", "-pk")
    of_clip = {CLIP: F("task__data__clip"), "began_from": F("start")}
    seen = {name: Case(When(_seen("task"), then=what), output_field=JSONField()) for name, what in of_clip.items()}
    fields = ("id", "seen", "submitted", "last", "annotation")
    return kept_rows("works", texts.WORK, rows.values(*fields, **seen), order=30)


def _changes(user: int) -> Kept:
    rows = Change.objects.filter(_seen("work__task"), work__user=user).order_by("-pk")
    of_clip = {CLIP: F("work__task__data__clip")}
    return kept_rows("changes", texts.CHANGES, rows.values("work", "number", "at", "operations", **of_clip), order=31)


def _answers(user: int) -> Kept:
    rows = Submission.objects.filter(user=user).order_by("-at", "-pk")
    seen = Exists(Annotation.objects.filter(pk=OuterRef("annotation")))
    of_clip = {CLIP: Case(When(seen, then=F("annotation__task__data__clip"))), "answer": Case(When(seen, then="body"))}
    return kept_rows("answers", texts.ANSWERS, rows.values("key", "at", "asked", "status", **of_clip), order=32)
