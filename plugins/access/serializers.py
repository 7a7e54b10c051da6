"""Label Studio's serializer of exports with our rules; named in its settings.

Label Studio imports this while its own models are being made: what needs them is imported late.
"""

from __future__ import annotations

from typing import Any

from data_export.serializers import BaseExportDataSerializer

from plugins.access.narrowing import looking


class ExportSerializer(BaseExportDataSerializer):  # type: ignore[misc]  # Label Studio has no types
    """A task of an export, with the counts of what is in it."""

    def to_representation(self, task: Any) -> dict[str, Any]:
        """Return the task as the viewer may have it."""
        from plugins.access.lens import exported

        shown: dict[str, Any] = super().to_representation(task)
        viewer = looking()
        return shown if viewer is None or viewer.service else exported(shown)
