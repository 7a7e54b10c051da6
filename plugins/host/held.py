"""What people made in a project, or of a task: what is not to be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.models import Project
from tasks.models import Task

if TYPE_CHECKING:
    from django.db.models import Model

NOBODYS = frozenset(
    """fsm.projectstate fsm.taskstate core.asyncmigrationstatus projects.projectonboarding projects.projectsummary
    projects.projectmember projects.projectimport projects.projectreimport projects.labelstreamhistory tasks.task
    tasks.prediction tasks.failedprediction tasks.tasklock data_manager.view ml.mlbackend
    vib_access.vibproject vib_access.withheld""".split()
)
"""What a project and its tasks have without anybody's work in it. Anything else, of plugins too, is kept."""


def made_in(project: int) -> dict[str, int]:
    """Count what people made in a project and its tasks, by what it is called."""
    return _counted(Project, "{}", project) | _counted(Task, "{}__project", project)


def made_of(task: int) -> dict[str, int]:
    """Count what people made of a task, by what it is called."""
    return _counted(Task, "{}", task)


def _counted(model: type[Model], condition: str, number: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for relation in model._meta.related_objects:
        kind: type[Model] = relation.related_model
        if kind._meta.label_lower not in NOBODYS:
            place = condition.format(relation.field.name)
            count = kind._base_manager.filter(**{place: number}).distinct().count()
            if count:
                found[str(kind._meta.verbose_name_plural)] = count
    return found
