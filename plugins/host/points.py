"""Ratings of before, when a scale was stars or a number, as the points that are chosen by their words now.

They stay as they were made; whoever opens them is given the point. Label Studio's editor shows nothing of an answer of
another type than its control, and would send it back empty.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import Any

from vib.controls import controls_of
from vib.stored_codes import as_points, has_stars


def install() -> None:
    """Give the points from now on, of annotations and of drafts.

    Raises
    ------
    RuntimeError
        Label Studio has moved what this rests on.
    """
    serializers = import_module("tasks.serializers")
    for name in ("AnnotationSerializer", "AnnotationDraftSerializer"):
        found = getattr(serializers, name, None)
        if not hasattr(found, "to_representation"):
            raise RuntimeError(f"Label Studio has moved {name}: see plugins/host/points.py")
        _give_points(found)


def _give_points(serializer: Any) -> None:
    plain = serializer.to_representation

    @wraps(plain)
    def to_representation(self: Any, instance: Any) -> Any:
        shown = plain(self, instance)
        results = shown.get("result")
        if isinstance(results, list) and any(map(has_stars, results)):
            task = getattr(instance, "task", None)
            config = task.project.label_config if task is not None and task.project else None
            return {**shown, "result": as_points(results, controls_of(config or ""))}
        return shown

    serializer.to_representation = to_representation
