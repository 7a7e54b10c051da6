"""What Label Studio counts in the one row that a project has for it: last in a transaction, and only what changed.

Each submit and each draft adds its labels to that row, and whoever does so in the same project waits until that is
committed. So a request that is one transaction counts as its last step: others wait for that step and not for all of
the request, and what they counted meanwhile is read and not written over. Nothing is locked after that row, so that
no two requests wait for each other. And the columns of a task's data are counted where its data changed, not at each
change of the task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from django.db import transaction

Step = Callable[[Any], None]
"""Changes the counts of a project, whose row is locked."""

_later: ContextVar[list[tuple[int, Step]] | None] = ContextVar("vib_counted_later", default=None)
"""What is still to be counted of this transaction: for which project, and how."""


def install() -> None:
    """Count so from now on.

    Raises
    ------
    RuntimeError
        Label Studio has moved what this rests on.
    """
    tasks: Any = import_module("tasks.models")
    if not hasattr(tasks, "_task_data_is_not_updated"):
        raise RuntimeError("Label Studio has moved how it counts columns: see plugins/host/counters.py")
    tasks._task_data_is_not_updated = _is_without_data
    _replace(tasks.Task, "increase_project_summary_counters", _counting("update_data_columns"))
    _replace(tasks.Task, "decrease_project_summary_counters", _counting("remove_data_columns"))
    _replace(tasks.Annotation, "increase_project_summary_counters", _counting("update_created_annotations_and_labels"))
    _replace(tasks.Annotation, "decrease_project_summary_counters", _counting("remove_created_annotations_and_labels"))
    _replace(tasks.AnnotationDraft, "save", _draft_saved)
    _replace(tasks.AnnotationDraft, "delete", _draft_deleted)


@contextmanager
def counting_last() -> Iterator[None]:
    """Count what is stored within this at its end; within a transaction, which it is to be near."""
    token = _later.set([])
    try:
        yield
        steps = _later.get() or []
    finally:
        _later.reset(token)
    if steps and not transaction.get_rollback():
        _count(steps)


def _replace(model: Any, name: str, later: Callable[..., Step]) -> None:
    """Let a method of a model that counts do so at the end; `later` does the rest of it, and says how to count."""
    plain = getattr(model, name)

    def counted(self: Any, *given: Any, **named: Any) -> Any:
        steps = _later.get()
        if steps is None:
            return plain(self, *given, **named)
        project = getattr(self, "project", None) or self.task.project
        if not hasattr(project, "summary"):
            return plain(self, *given, **named)
        steps.append((project.pk, later(self, *given, **named)))
        return None

    setattr(model, name, counted)


def _counting(name: str) -> Callable[[Any], Step]:
    return lambda row: lambda summary: getattr(summary, name)([row])


def _draft_saved(draft: Any, *given: Any, **named: Any) -> Step:
    super(type(draft), draft).save(*given, **named)
    return lambda summary: summary.update_created_labels_drafts([draft])


def _draft_deleted(draft: Any) -> Step:
    def count(summary: Any) -> None:
        # Label Studio counts what is left while the draft is still there.
        summary.remove_created_drafts_and_labels([draft])
        super(type(draft), draft).delete()

    return count


def _count(steps: Sequence[tuple[int, Step]]) -> None:
    summaries: Any = import_module("projects.models").ProjectSummary.objects
    by_project = defaultdict(list)
    for project, step in steps:
        by_project[project].append(step)
    for summary in summaries.select_for_update().filter(project__in=by_project).order_by("pk"):
        for step in by_project[summary.project_id]:
            step(summary)


def _is_without_data(update_fields: Collection[str] | None) -> bool:
    return update_fields is not None and "data" not in update_fields
