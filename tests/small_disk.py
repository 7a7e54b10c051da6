"""A disk that is soon full."""

from __future__ import annotations

import os
from pathlib import Path


def on_a_small_disk(folder: Path, megabytes: int, *command: str | Path) -> list[str]:
    """Return a command that runs another one while a folder is a disk of its own, which nobody else sees."""
    # Root may mount as it is; a user namespace is for others, and is refused in a changed root.
    namespaces = ["--mount"] if os.geteuid() == 0 else ["--map-root-user", "--mount"]
    script = 'mount -t tmpfs -o "size=$1m" tmpfs "$2" && shift 2 && exec "$@"'
    return ["unshare", *namespaces, "sh", "-c", script, "sh", str(megabytes), str(folder), *map(str, command)]
