"""With which version of a codebook, and at which level, codes were made: kept as they are submitted.

Label Studio stores annotations one by one and in bulk; both send a signal, within the transaction of the codes.
What is brought with tasks may say itself with what it was made. Exports say it of each annotation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import wraps
from importlib import import_module
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_save

from vib.made_with import MadeWith, read_made_with
from vib.project_key import BEFORE, ProjectDescription

FIELD = "made_with"
"""What an annotation that is brought or exported calls it."""


def install() -> None:
    """Keep it from now on, and say it in exports.

    Raises
    ------
    RuntimeError
        Label Studio has moved what this rests on.
    """
    from tasks.models import Annotation, post_bulk_create

    exported = import_module("data_export.serializers").AnnotationSerializer
    brought = import_module("tasks.serializers").BaseTaskSerializerBulk
    if not hasattr(exported, "to_representation") or not hasattr(brought, "add_annotations"):
        raise RuntimeError("Label Studio has moved its exports or imports: see plugins/host/made_with.py")
    pre_save.connect(_look, sender=Annotation)
    post_save.connect(_keep, sender=Annotation)
    post_bulk_create.connect(_keep_many, sender=Annotation)
    _say_in_exports(exported)
    _read_in_imports(brought)


def made_with_of(annotations: Collection[int], description: str | None) -> dict[int, MadeWith]:
    """Return with what annotations of a project were made, by number, as far as that is known.

    Parameters
    ----------
    description : str or None
        That of the project.
    """
    from plugins.host.models import MadeWith as Kept

    rows = Kept.objects.filter(annotation__in=annotations)
    found = {row.annotation_id: _content(row) for row in rows}
    before = _before(description)
    return found if before is None else {number: found.get(number, before) for number in annotations}


def _content(row: Any) -> MadeWith:
    return MadeWith(method=row.method, version=row.version, level=row.level or None)


def _before(description: str | None) -> MadeWith | None:
    """Return with what codes of a project were made before it was kept of each annotation."""
    found = ProjectDescription.parse(description)
    version = None if found is None else BEFORE.get(found.method)
    return None if found is None or version is None else MadeWith(method=found.method, version=version)


def _of_project(project: Any) -> MadeWith | None:
    found = ProjectDescription.parse(project.description if project else None)
    return None if found is None else found.made_with


def _look(instance: Any, **_: Any) -> None:
    """See whether codes are new or other than they were, before they are stored."""
    there = None if instance._state.adding else type(instance)._base_manager.filter(pk=instance.pk)
    kept = None if there is None else there.values_list("result", flat=True).first()
    instance.vib_codes_differ = there is None or kept != instance.result


def _keep(instance: Any, raw: bool = False, **_: Any) -> None:
    if instance.vib_codes_differ and not raw and instance.task is not None:
        _store([instance.pk], _of_project(instance.task.project))


def _keep_many(objs: Iterable[Any], **_: Any) -> None:
    by_project: dict[Any, list[int]] = {}
    for annotation in objs:
        if annotation.pk is not None and annotation.task is not None:
            by_project.setdefault(annotation.task.project, []).append(annotation.pk)
    for project, numbers in by_project.items():
        _store(numbers, _of_project(project))


def _store(annotations: Sequence[int], made_with: MadeWith | None) -> None:
    from plugins.host.models import MadeWith as Kept

    if made_with is None:
        Kept.objects.filter(annotation__in=annotations).delete()
        return
    columns = {"method": made_with.method, "version": made_with.version, "level": made_with.level or ""}
    rows = [Kept(annotation_id=number, **columns) for number in annotations]
    Kept.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["annotation"], update_fields=list(columns)
    )


def _say_in_exports(serializer: Any) -> None:
    plain = serializer.to_representation

    @wraps(plain)
    def to_representation(self: Any, instance: Model) -> Any:
        shown = plain(self, instance)
        row = getattr(instance, "vib_made_with", None)
        project: Any = getattr(instance, "project", None)
        found = _before(project.description if project else None) if row is None else _content(row)
        return {**shown, FIELD: None if found is None else found.content()}

    serializer.to_representation = to_representation


def _read_in_imports(serializer: Any) -> None:
    plain = serializer.add_annotations

    @wraps(plain)
    def add_annotations(self: Any, task_annotations: Sequence[Sequence[Any]], user: Any) -> Any:
        brought = [one for of_task in task_annotations for one in of_task if isinstance(one, Mapping)]
        stated = [read_made_with(one.get(FIELD)) for one in brought]
        found = plain(self, task_annotations, user)
        by_statement: dict[MadeWith, list[int]] = {}
        for annotation, made_with in zip(self.db_annotations, stated, strict=True):
            if made_with is not None:
                by_statement.setdefault(made_with, []).append(annotation.pk)
        for made_with, numbers in by_statement.items():
            _store(numbers, made_with)
        return found

    serializer.add_annotations = add_annotations
