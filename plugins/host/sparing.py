"""A log in which nothing that repeats itself fills the disk: of one kind so many lines a minute, the rest counted."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from vib.counted import Counted

MOST_LINES = 20
"""Lines a minute from one place in the code."""


class Sparing(logging.Filter):
    """Passes over what one place in the code says too often, and says how much that was."""

    def __init__(self) -> None:
        super().__init__()
        self._told = Counted(MOST_LINES, 60.0)

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line is to be written."""
        counted = self._told.take((record.name, record.pathname, record.lineno))
        if counted:
            record.msg = f"{record.getMessage()} (and {counted} more like this)"
            record.args = None
        return counted is not None


def spared(logging_settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return Django's setting ``LOGGING`` with every handler sparing."""
    handlers = {
        name: {**handler, "filters": [*handler.get("filters", ()), "sparing"]}
        for name, handler in logging_settings["handlers"].items()
    }
    filters = {**logging_settings.get("filters", {}), "sparing": {"()": "plugins.host.sparing.Sparing"}}
    return {**logging_settings, "filters": filters, "handlers": handlers}
