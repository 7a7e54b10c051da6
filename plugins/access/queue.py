"""Which clip a rater gets next: in a fixed order that nobody else's work changes.

Label Studio's own queue goes by how far others are, and by what they have open.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from projects.models import Project
from tasks.models import Task
from users.models import User

from plugins.access.consenting import is_consented
from plugins.access.narrowing import looking
from plugins.host.media import clip_of

AT_ONCE = 20
"""Tasks that are read together; the first is nearly always the one."""


def next_task(
    user: User, tasks: QuerySet[Task], project: Project, *queue: Any, **options: Any
) -> tuple[Task | None, str]:
    """Return the first task without own codes, else the first that was put off or skipped; whose consent is in force.

    It takes the arguments of ``projects.functions.next_task.get_next_task`` and stands in its
    place; for the machine's own account it leaves the choice to Label Studio.
    """
    from projects.functions.next_task import get_next_task

    viewer = looking()
    if viewer is None or viewer.service:
        chosen: tuple[Task | None, str] = get_next_task(user, tasks, project, *queue, **options)
        return chosen
    coded = user.annotations.filter(project=project)
    skipped = coded.filter(was_cancelled=True).values("task")
    later = user.drafts.filter(task__project=project, was_postponed=True).values("task")
    fresh = tasks.exclude(pk__in=coded.values("task"))
    for candidates in (fresh.exclude(pk__in=later), fresh.filter(pk__in=later), tasks.filter(pk__in=skipped)):
        for found in candidates.iterator(chunk_size=AT_ONCE):
            if is_consented(viewer, clip_of(found)):
                return found, ""
    return None, ""
