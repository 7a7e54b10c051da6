"""The one door through which codes come into the database: what does not fit is refused, and nothing is kept.

Label Studio makes annotations, drafts and predictions in a dozen places, one by one and in bulk, and so do
our plugins. All of them reach ``Field.pre_save``, so that is where they are looked at. Tasks that are
brought with codes are looked at as a whole before anything is made, so that the place names the task.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from django.db.models import Model
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser

from plugins.host.ruled_codes import check_rules, is_looked_at, looked_at, rules_of, rules_with
from vib.codebook import Codebook
from vib.controls import Controls, controls_of, filled
from vib.json_values import check_values
from vib.made_with import read_made_with
from vib.problem import InputProblem
from vib.stored_codes import check_lead_time, check_results, length_of

Check = Callable[[Any, Any], None]
"""Raises `InputProblem` for an instance and the value of one of its fields."""


class NotKept(ValidationError):
    """What was sent cannot be kept: 400, with the place, and the reason in both languages."""

    def __init__(self, problem: InputProblem) -> None:
        super().__init__(problem.content())
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def install() -> None:
    """Look at all that is kept from now on, and at every JSON that is sent.

    Raises
    ------
    RuntimeError
        Label Studio has other fields than those of 1.23.2.
    """
    from tasks.models import Annotation, AnnotationDraft, Prediction, Task

    for model in (Annotation, AnnotationDraft, Prediction):
        _guard(model, "result", _check_codes)
    _guard(Annotation, "result", _check_rules)
    for model in (Annotation, AnnotationDraft):
        _guard(model, "lead_time", lambda _, seconds: check_lead_time(seconds))
    _guard(Prediction, "score", partial(_check_value, "score"))
    for name in ("data", "meta"):
        _guard(Task, name, partial(_check_value, name))
    _check_what_is_brought()
    _check_what_is_sent()


def check_results_of(task: Any, results: object, place: str = "result") -> None:
    """Check results against the interface and the clip of a task.

    Raises
    ------
    InputProblem
        They do not fit; names the place.
    """
    check_results(results, *_fit(task), place)


def check_brought(tasks: Sequence[Any], label_config: str, rules: Codebook | None = None) -> None:
    """Check tasks that are brought to a project with the codes that they have.

    Parameters
    ----------
    tasks : sequence
    label_config : str
        The labelling interface of the project.
    rules : Codebook or None
        The codebook whose rules annotations must hold to that do not say with what they were made.

    Raises
    ------
    InputProblem
        Something does not fit; names the place, such as ``[4].annotations[0].result[2].value.start``.
    """
    controls = controls_of(label_config)
    for number, task in enumerate(tasks):
        if not isinstance(task, Mapping):
            continue
        length = length_of(task.get("data"))
        check_values(task.get("data"), f"[{number}].data")
        for kind in ("annotations", "drafts", "predictions"):
            for place, brought in enumerate(task.get(kind) or ()):
                here = f"[{number}].{kind}[{place}]"
                if isinstance(brought, Mapping):
                    check_values(brought, here)
                    # Of a prediction Label Studio takes a value alone too, and makes the result of it.
                    if isinstance(brought.get("result"), list):
                        check_results(brought["result"], filled(controls, task.get("data")), length, f"{here}.result")
                    made_with = read_made_with(brought.get("made_with"), f"{here}.made_with")
                    if kind == "annotations" and not brought.get("was_cancelled"):
                        check_rules(
                            brought.get("result"), task.get("data"), rules_with(made_with, rules), f"{here}.result"
                        )


def check_predictions(brought: Any, project: Any) -> None:
    """Check predictions that are brought for tasks of a project: Label Studio would leave out some without a word.

    Raises
    ------
    InputProblem
        Something does not fit; names the place.
    """
    found = [one for one in brought if isinstance(one, Mapping)] if isinstance(brought, list) else []
    numbers = [one["task"] for one in found if isinstance(one.get("task"), int)]
    known = dict(project.tasks.filter(pk__in=numbers).values_list("pk", "data"))
    controls = controls_of(project.label_config or "")
    for place, one in enumerate(found):
        if isinstance(one.get("result"), list):
            data = known.get(one.get("task"))
            check_results(one["result"], filled(controls, data), length_of(data), f"[{place}].result")


@contextmanager
def _or_not_kept() -> Iterator[None]:
    try:
        yield
    except InputProblem as problem:
        raise NotKept(problem) from problem


def _guard(model: type[Model], name: str, check: Check) -> None:
    field: Any = model._meta.get_field(name)
    plain = field.pre_save

    def pre_save(instance: Any, add: bool) -> Any:
        value = plain(instance, add)
        try:
            check(instance, value)
        except InputProblem as problem:
            if add or not _is_kept_already(instance, field.attname, value):
                raise NotKept(problem) from problem
        return value

    field.pre_save = pre_save


def _is_kept_already(instance: Any, name: str, value: Any) -> bool:
    """Tell whether a value is in the database as it is: then what else changes may be kept."""
    kept = type(instance)._base_manager.filter(pk=instance.pk).values_list(name, flat=True)
    return any(_written(found) == _written(value) for found in kept)


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _check_value(name: str, _: Any, value: Any) -> None:
    check_values(value, name)


def _check_codes(instance: Any, results: Any) -> None:
    if results is None and instance._meta.get_field("result").null:
        return
    check_results(results, *_fit(_task_of(instance)))


def _check_rules(instance: Any, results: Any) -> None:
    if instance.was_cancelled or is_looked_at():
        return
    task = _task_of(instance)
    if task is not None:
        check_rules(results, task.data, rules_of(task.project))


def _task_of(instance: Any) -> Any:
    """Return the task of codes with what is needed of it, None where there is none."""
    if instance.task_id is None or type(instance).task.is_cached(instance):
        return instance.task
    from tasks.models import Task

    found = Task.objects.filter(pk=instance.task_id).select_related("project")
    return found.only("data", "project__label_config", "project__description").first()


def _fit(task: Any) -> tuple[Controls, float | None]:
    if task is None:
        return {}, None
    controls = controls_of(task.project.label_config or "") if task.project else {}
    return filled(controls, task.data), length_of(task.data)


def _check_what_is_brought() -> None:
    from tasks.serializers import BaseTaskSerializerBulk

    importing: Any = import_module("data_import.api").ImportPredictionsAPI
    plain, plain_create = BaseTaskSerializerBulk.to_internal_value, importing.create
    plain_add = BaseTaskSerializerBulk.add_annotations

    def to_internal_value(self: Any, data: Any) -> Any:
        found = plain(self, data)
        with _or_not_kept():
            check_brought(found, (self.project and self.project.label_config) or "", rules_of(self.project))
        return found

    def create(self: Any, request: Any, *given: Any, **named: Any) -> Any:
        with _or_not_kept():
            check_predictions(request.data, self.get_object())
        return plain_create(self, request, *given, **named)

    def add_annotations(self: Any, task_annotations: Any, user: Any) -> Any:
        with looked_at():
            return plain_add(self, task_annotations, user)

    BaseTaskSerializerBulk.to_internal_value = to_internal_value
    BaseTaskSerializerBulk.add_annotations = add_annotations
    importing.create = create


def _check_what_is_sent() -> None:
    """Refuse JSON with half characters, endless numbers or bottomless depth, whatever it is for."""
    plain = JSONParser.parse

    def parse(self: JSONParser, *given: Any, **named: Any) -> Any:
        with _or_not_kept():
            try:
                sent = plain(self, *given, **named)
            except RecursionError as error:
                raise InputProblem("", nl="is te diep genest", en="is nested too deeply") from error
            check_values(sent)
        return sent

    setattr(JSONParser, "parse", parse)  # noqa: B010 - replaced by name
