"""Keeping the logs of running servers small."""

from __future__ import annotations

import shutil
from pathlib import Path

MOST_BYTES = 10 * 1024**2
"""Of one log, and of the earlier part that is kept beside it."""


def keep_small(log: Path, most: int = MOST_BYTES) -> None:
    """Put a log that grew too large aside, and begin it anew; whoever writes it goes on writing at its end."""
    try:
        if log.stat().st_size > most:
            shutil.copyfile(log, log.with_name(f"{log.name}.1"))
            with log.open("r+b") as file:
                file.truncate()
    except OSError:
        # A full disk: there is nothing better to do than to try again.
        return
