"""Columns of the data manager: which are shown, and by which may be sorted and filtered."""

from __future__ import annotations

from typing import Any

from plugins.access import texts
from plugins.access.narrowing import looking
from plugins.host.language import language_of

SHOWN = frozenset({"id", "inner_id", "created_at", "draft_exists", "data", "total_annotations", "total_predictions"})
LISTED = frozenset({"clip", "video"})
"""What of a task's data a list shows until somebody chooses more; the rest is for machines."""

FILTERS = frozenset({"id", "inner_id", "created_at", "draft_exists"})
"""The others would tell what others coded: Label Studio makes them by joins, over everybody."""


def preprocess_field_name(raw_field_name: str, project: Any = None) -> tuple[str, bool]:
    """Return the field that a filter or an order of the data manager names, and its direction.

    It stands in the place of Label Studio's own, by its setting ``PREPROCESS_FIELD_NAME``.

    Raises
    ------
    PermissionDenied
        The viewer could learn from it what others coded.
    """
    from core.current_request import get_current_request
    from data_manager.functions import preprocess_field_name as plain_field_name
    from rest_framework.exceptions import PermissionDenied

    name, ascending = plain_field_name(raw_field_name, project=project)
    viewer = looking()
    free = viewer is None or viewer.service or name in FILTERS or name.startswith("data__")
    if not free:
        raise PermissionDenied(texts.COLUMN.to(language_of(get_current_request())))
    return name, ascending
