"""What Label Studio counts in the one row that a project has for it: last in a transaction, and only what changed.

Each submit adds its labels to that row, and whoever submits in the same project waits until that is committed. So a
request that is one transaction counts as its last step: others wait for that step and not for all of the request, and
what they counted meanwhile is read and not written over. And the columns of a task's data are counted where its data
changed, not at each change of the task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from django.db import transaction

_later: ContextVar[list[Any] | None] = ContextVar("vib_counted_later", default=None)
"""Annotations of this transaction that are still to be counted."""


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
    plain = tasks.Annotation.increase_project_summary_counters

    def increase_project_summary_counters(self: Any) -> None:
        later = _later.get()
        if later is None:
            plain(self)
        else:
            later.append(self)

    tasks.Annotation.increase_project_summary_counters = increase_project_summary_counters


@contextmanager
def counting_last() -> Iterator[None]:
    """Count the annotations that are stored within this at its end; within a transaction, which it is to be near."""
    token = _later.set([])
    try:
        yield
        stored = _later.get() or []
    finally:
        _later.reset(token)
    if stored and not transaction.get_rollback():
        _count(stored)


def _count(stored: Collection[Any]) -> None:
    summaries: Any = import_module("projects.models").ProjectSummary.objects
    by_project = defaultdict(list)
    for annotation in stored:
        by_project[annotation.project_id].append(annotation)
    for summary in summaries.select_for_update().filter(project__in=by_project).order_by("pk"):
        summary.update_created_annotations_and_labels(by_project[summary.project_id])


def _is_without_data(update_fields: Collection[str] | None) -> bool:
    return update_fields is not None and "data" not in update_fields
