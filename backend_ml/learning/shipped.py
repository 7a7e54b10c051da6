"""What comes with the product for learning: which head it is, and voices that nothing may be worse for."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from backend_ml import turns
from backend_ml.cache import sha256_of
from backend_ml.learning.examples import Examples
from backend_ml.turns.head import SHIPPED
from vib.problem import InputProblem

GUARD_FILE = Path(turns.__file__).parent / "guard.npz"

WINDOWS = 3
"""How many windows of the guard set are judged together, as those of a turn are."""


def name_of_shipped(file: Path = SHIPPED) -> str:
    """Return which head comes with the product: eight characters of the hash of its file.

    Raises
    ------
    InputProblem
        The file is missing.
    """
    try:
        return sha256_of(file)[:8]
    except OSError as error:
        raise _incomplete(file) from error


def guard_set(file: Path = GUARD_FILE) -> Examples:
    """Read the guard set: people of all kinds, whom learning may cost nothing.

    Its arrays are ``voices`` (n, 192), ``child`` (n,), ``speaker`` (n,) and ``logits`` (n,): what a head
    like the shipped one says of each, trained without that speaker.

    Raises
    ------
    InputProblem
        The file is missing or damaged.
    """
    try:
        with np.load(file, allow_pickle=False) as kept:
            return guard_of(kept["voices"], kept["logits"], kept["child"], kept["speaker"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise _incomplete(file) from error


def guard_of(
    voices: NDArray[np.floating], said: NDArray[np.floating], child: NDArray[np.bool_], speaker: NDArray[np.integer]
) -> Examples:
    """Make examples of voices, the windows of a speaker in the order in which they were said."""
    _, numbers = np.unique(speaker, return_inverse=True)
    before = np.array([np.sum(numbers[:row] == number) for row, number in enumerate(numbers)], dtype=np.int64)
    return Examples(
        voices.astype(np.float32),
        said.astype(np.float64),
        child.astype(bool),
        np.ones(len(numbers)),
        numbers * len(numbers) + before // WINDOWS,
        numbers,
        numbers,
        numbers,
    )


def _incomplete(file: Path) -> InputProblem:
    return InputProblem(
        file.name, nl="ontbreekt of is beschadigd; installeer opnieuw", en="is missing or damaged; install again"
    )
