"""A task of Label Studio that goes on as another clip, and with all that was made of it into another project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import Max
from projects.models import Project
from tasks.models import Annotation, AnnotationDraft, FailedPrediction, Prediction, Task

from plugins.host.held import made_of
from vib.controls import controls_of
from vib.in_use import keeps_all
from vib.problem import InputProblem


def tell(task: int, said: Mapping[str, Any]) -> None:
    """Give a task other values for some of its data."""
    found = Task.objects.select_for_update().get(pk=task)
    found.data = {**found.data, **said}
    found.save(update_fields=["data", "updated_at"])


def move(task: int, project: int) -> bool:
    """Put a task into another project, with its codes, and return whether it keeps its turns.

    Turns for which that project has no place are left out: they can be made again.

    Raises
    ------
    InputProblem
        People coded it, and that project's labelling interface has no place for all of its own one's codes.
    """
    found = Task.objects.select_for_update().select_related("project").get(pk=task)
    if found.project_id == project:
        return True
    there = Project.objects.select_for_update().get(pk=project)
    keeps = keeps_all(controls_of(found.project.label_config or ""), controls_of(there.label_config or ""))
    if not keeps:
        _refuse_coded(found)
        Prediction.objects.filter(task=task).delete()
    annotations = list(Annotation.objects.filter(task=task))
    drafts = list(AnnotationDraft.objects.filter(task=task))
    before, after = found.project.summary, there.summary
    before.remove_data_columns([found])
    before.remove_created_annotations_and_labels(annotations)
    before.remove_created_drafts_and_labels(drafts)
    last = Task.objects.filter(project=project).aggregate(last=Max("inner_id"))["last"] or 0
    Task.objects.filter(pk=task).update(project=project, inner_id=last + 1)
    for model in (Annotation, Prediction, FailedPrediction):
        model.objects.filter(task=task).update(project=project)
    apps.get_model("fsm.TaskState").objects.filter(task=task).update(project_id=project)
    apps.get_model("fsm.AnnotationState").objects.filter(annotation__task=task).update(project_id=project)
    after.update_data_columns([found])
    after.update_created_annotations_and_labels(annotations)
    after.update_created_labels_drafts(drafts)
    return keeps


def _refuse_coded(task: Task) -> None:
    count = sum(made_of(task.pk).values())
    if count:
        raise InputProblem(
            "",
            nl=f"er is aan gewerkt (codes en meer: {count}), en het project van het andere gezin heeft geen plaats voor"
            " al deze codes; laat beide gezinnen met dezelfde methode coderen",
            en=f"there is work on it (codes and more: {count}), and the project of the other family has no place for"
            " all these codes; have both families coded with the same method",
        )
