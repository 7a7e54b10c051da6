"""Arrays on disk: whole or not there, so that training goes on where it was broken off."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from vib.atomic import replacing
from vib.problem import InputProblem

Arrays = dict[str, NDArray[np.generic]]


def keep(path: Path, arrays: Arrays, *, small: bool = False) -> None:
    """Write arrays to an npz file; a small one takes longer to write."""
    with replacing(path, suffix=".npz") as temporary:
        temporary.chmod(0o644)
        write = np.savez_compressed if small else np.savez
        # numpy's types take an array by the name of its own option for one.
        write(temporary, **arrays)  # type: ignore[arg-type]  # named arrays, which the stubs take for options


def kept(path: Path) -> Arrays:
    """Read arrays that `keep` wrote.

    Raises
    ------
    InputProblem
        The file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise InputProblem(
            str(path), nl="beschadigd; verwijder dit bestand en begin opnieuw", en="damaged; remove it and start again"
        ) from error
