"""What is in the database already and cannot be sent is mended as it is read, so that it takes nothing else down.

An older version kept whatever came: endless numbers, half characters, bottomless lists. One of them made
Label Studio's lists and exports fail for everybody. What they said of a clip is left out and named by
`vib.submitted`; here it only becomes something that can be written.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import FloatField, JSONField
from rest_framework.renderers import JSONRenderer

from vib.controls import controls_of, filled
from vib.json_values import MOST_DEPTH, fits_depth, mended
from vib.problem import InputProblem
from vib.stored_codes import check_results, length_of

log = logging.getLogger("vib.host")

APPS = ("tasks", "projects", "data_manager")
"""Applications of Label Studio that keep what people send."""

MOST_NAMED = 20
"""Annotations that the log names of one export; it counts the others."""

HALF = re.compile(r"\\u(?:d[89a-f]|0000)", re.IGNORECASE)
ENDLESS = re.compile(r"[0-9][eE]\+?[0-9]{3}")
"""What JSON in the database has, besides words for no number, when something in it may have to be mended."""


def install() -> None:
    """Mend from now on whatever is read, and whatever is sent and was made of it."""
    for name in APPS:
        for model in apps.get_app_config(name).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, JSONField):
                    _mend_json(field)
                elif isinstance(field, FloatField):
                    field.from_db_value = _finite  # type: ignore[attr-defined]  # Django asks for it by name
    _mend_answers()
    _mend_exports()


def readable(tasks: Sequence[Any], label_config: str) -> tuple[list[Any], list[InputProblem]]:
    """Return tasks as they are exported without results that do not fit, and what was left out, by name.

    Programs that make other formats of an export stop at the first result that is not as they expect it.
    """
    controls, problems = controls_of(label_config), list[InputProblem]()
    kept = []
    for task in tasks:
        annotations = []
        for one in task.get("annotations") or ():
            try:
                check_results(one.get("result"), filled(controls, task.get("data")), length_of(task.get("data")))
                annotations.append(one)
            except InputProblem as problem:
                problems.append(problem.at(f"task {task.get('id')}, annotation {one.get('id')}"))
                annotations.append({**one, "result": []})
        kept.append({**task, "annotations": annotations})
    return kept, problems


def _mend_json(field: Any) -> None:
    plain = field.from_db_value

    def from_db_value(value: Any, expression: Any, connection: Any) -> Any:
        try:
            found = plain(value, expression, connection)
        except RecursionError:
            return None
        if isinstance(value, str) and (_is_suspect(value) or (_may_be_deep(value) and not fits_depth(found))):
            return mended(found)
        return found

    field.from_db_value = from_db_value


def _is_suspect(text: str) -> bool:
    # Asked of every JSON that is read: looking for plain words first halves its time.
    if "NaN" in text or "Infinity" in text or ("\\u" in text and HALF.search(text)):
        return True
    return ENDLESS.search(text) is not None


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > MOST_DEPTH


def _finite(value: Any, expression: Any, connection: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _mend_answers() -> None:
    """Mend an answer that cannot be written: a database adds and averages what it has."""
    plain = JSONRenderer.render

    def render(self: JSONRenderer, data: Any, *given: Any, **named: Any) -> Any:
        try:
            return plain(self, data, *given, **named)
        except (ValueError, RecursionError) as error:
            log.warning("an answer was mended, it could not be written: %s", type(error).__name__)
            return plain(self, mended(data), *given, **named)

    setattr(JSONRenderer, "render", render)  # noqa: B010 - replaced by name


def _mend_exports() -> None:
    exporting: Any = import_module("data_export.models").DataExport
    plain = exporting.generate_export_file

    def generate_export_file(project: Any, tasks: Any, output_format: str, *given: Any, **named: Any) -> Any:
        if output_format != "JSON":
            tasks, problems = readable(tasks, project.label_config or "")
            for problem in problems[:MOST_NAMED]:
                log.warning("left out of an export of project %s: %s", project.pk, problem)
            if len(problems) > MOST_NAMED:
                log.warning("left out of an export of project %s: %s more", project.pk, len(problems) - MOST_NAMED)
        return plain(project, tasks, output_format, *given, **named)

    exporting.generate_export_file = staticmethod(generate_export_file)
