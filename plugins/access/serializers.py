"""Label Studio's serializer of exports with our rules; named in its settings.

Label Studio imports this while its own models are being made: what needs them is imported late.
"""

from __future__ import annotations

from typing import Any

from data_export.serializers import BaseExportDataSerializer
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import ListSerializer

from plugins.access.narrowing import looking
from vib.for_whom import sensitive_in
from vib.methods import read_method
from vib.problem import InputProblem
from vib.project_key import ProjectDescription

ASKED = ("drafts__user", "comment_authors", "annotations__vib_made_with", "annotations__project")


class ExportedTasks(ListSerializer):  # type: ignore[type-arg]  # takes no argument when it runs
    """Tasks of an export, with what goes with each of them asked at once."""

    def to_representation(self, data: Any) -> list[Any]:
        """Return them as Label Studio does."""
        found = data.prefetch_related(*ASKED) if isinstance(data, QuerySet) else data
        shown: list[Any] = super().to_representation(found)
        return shown


class ExportSerializer(BaseExportDataSerializer):  # type: ignore[misc]  # Label Studio has no types
    """A task of an export, with the counts of what is in it."""

    class Meta(BaseExportDataSerializer.Meta):  # type: ignore[misc]  # Label Studio has no types
        list_serializer_class = ExportedTasks

    _team_only: frozenset[str] | None = None

    def to_representation(self, task: Any) -> dict[str, Any]:
        """Return the task as the viewer may have it."""
        from plugins.access.lens import exported

        shown: dict[str, Any] = super().to_representation(task)
        viewer = looking()
        if viewer is None or viewer.service:
            return shown
        # Label Studio makes one serializer for all tasks of a project.
        if self._team_only is None:
            self._team_only = _team_only(task.project)
        return exported(shown, self._team_only)


def _team_only(project: Any) -> frozenset[str]:
    """Return what the method of a project keeps for the team; who exports is told where that cannot be known."""
    found = ProjectDescription.parse(project.description)
    try:
        return frozenset() if found is None else sensitive_in(read_method(found.method))
    except InputProblem as problem:
        raise ValidationError(problem.content()) from problem
