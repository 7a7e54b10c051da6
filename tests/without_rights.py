"""Programs that may not read what root may read though it is closed."""

from __future__ import annotations

import os
from pathlib import Path


def without_rights(*command: str | Path) -> list[str]:
    """Return a command that runs another one for which closed files are closed, whoever runs it."""
    rights = "-dac_override,-dac_read_search"
    drop = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}"] if os.geteuid() == 0 else []
    return [*drop, *map(str, command)]
