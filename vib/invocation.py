"""How our command is typed where this runs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final


def as_typed(environment: Path, checkout: Path, path: str | None = None) -> str:
    """Return what to type for `vib`: the name when the shell finds it, else where the checkout has it.

    Parameters
    ----------
    environment
        The folder of the Python environment that this runs in.
    checkout
        The folder in which somebody types, when the environment lies directly in it.
    path
        The folders in which the shell looks; those of this process by default.

    Examples
    --------
    >>> as_typed(Path("/srv/vib/.venv"), Path("/srv/vib"), path="/usr/bin")
    '.venv/bin/vib'
    >>> as_typed(Path("/venv"), Path("/app"), path="/usr/bin")
    'vib'
    """
    program = environment / "bin" / "vib"
    found = shutil.which("vib", path=path)
    if environment.parent != checkout or (found and Path(found) == program):
        return "vib"
    return program.relative_to(checkout).as_posix()


VIB: Final = as_typed(Path(sys.prefix), Path(__file__).parent.parent)
"""What messages say to type. In a container and in an environment that is active this is ``vib``."""
