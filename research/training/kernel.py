"""The kernel that tells children's voices from adults', kernels that did not hear a speaker, and the guard set."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.head import VoiceKernel
from research.training.extras import extra
from research.training.keeping import keep
from research.training.logistic import fit_logistic
from research.training.speech import FOLDS
from research.training.windows import KnownVoices
from vib.problem import InputProblem

WIDTH: Final = 1.5
"""What squared distances between voices are multiplied by."""

COST: Final = 2.0
"""How much a voice on the wrong side costs."""

GUARD_WINDOWS: Final = 6
"""Windows of each group in the guard set."""

GUARD_GROUPS: Final = 32
"""Groups of children in the guard set at most, and of adults."""

Floats = NDArray[np.float32]


def fit_kernel(voices: NDArray[np.floating], child: NDArray[np.bool_]) -> VoiceKernel:
    """Fit a support vector machine; its answer is not scaled to log-odds.

    Raises
    ------
    InputProblem
        scikit-learn is not installed, or all voices are of one role.
    """
    if child.all() or not child.any():
        raise InputProblem(
            "",
            nl="er zijn te weinig vensters met een kind of met een volwassene; vraag meer --hours",
            en="too few windows with a child or with an adult; ask for more --hours",
        )
    machine = extra("sklearn.svm").SVC(C=COST, gamma=WIDTH, class_weight="balanced")
    machine.fit(voices.astype(np.float32), child)
    return VoiceKernel(
        machine.support_vectors_.astype(np.float32),
        machine.dual_coef_[0].astype(np.float32),
        float(machine.intercept_[0]),
        WIDTH,
    )


def fit_kernels(known: KnownVoices) -> tuple[VoiceKernel, tuple[VoiceKernel, ...], Floats]:
    """Fit the kernel that ships, and one for each fold of speakers that heard none of them.

    Returns
    -------
    shipped : VoiceKernel
        Heard all, its answer scaled to log-odds by what kernels say of speakers they did not hear.
    others : tuple of VoiceKernel
        By fold; scaled likewise.
    said : ndarray of float32, shape (windows,)
        Log-odds by the kernel that did not hear the speaker.

    Raises
    ------
    InputProblem
        scikit-learn is not installed, or there are too few voices.
    """
    others = []
    said = np.zeros(len(known.fold), dtype=np.float32)
    for number in range(FOLDS):
        out = known.fold == number
        kernel = fit_kernel(known.voices[~out], known.child[~out])
        said[out] = kernel.logits(known.voices[out])
        others.append(kernel)
    scale = float(fit_logistic(said[:, None].astype(np.float64), known.child)[1])
    shipped = scaled(fit_kernel(known.voices, known.child), scale)
    return shipped, tuple(scaled(kernel, scale) for kernel in others), said * np.float32(scale)


def scaled(kernel: VoiceKernel, scale: float) -> VoiceKernel:
    """Return a kernel that says so many times as much."""
    return VoiceKernel(kernel.voices, kernel.weights * np.float32(scale), kernel.bias * scale, kernel.width)


def keep_kernel(path: Path, kernel: VoiceKernel) -> None:
    """Write a kernel as `backend_ml.turns.head` reads it."""
    keep(
        path,
        {
            "voices": kernel.voices.astype(np.float16),
            "weights": kernel.weights,
            "bias": np.array(kernel.bias, dtype=np.float32),
            "width": np.array(kernel.width, dtype=np.float32),
        },
        small=True,
    )


def keep_guard(path: Path, known: KnownVoices, said: Floats, seed: int) -> None:
    """Write the guard set as `backend_ml.learning.shipped` reads it: a few windows of children and of adults."""
    rows = guard_rows(known, seed)
    _, speaker = np.unique(known.group[rows], return_inverse=True)
    keep(
        path,
        {
            "voices": known.voices[rows],
            "child": known.child[rows],
            "speaker": speaker.astype(np.int16),
            "logits": said[rows],
        },
        small=True,
    )


def guard_rows(known: KnownVoices, seed: int) -> NDArray[np.intp]:
    """Return which windows are in the guard set: as many groups of children as of adults can be, drawn."""
    rng = np.random.default_rng([seed, 5])
    rows = []
    for child in (True, False):
        groups, counts = np.unique(known.group[known.child == child], return_counts=True)
        full = groups[counts >= min(GUARD_WINDOWS, counts.max())]
        for group in rng.permutation(full)[:GUARD_GROUPS]:
            rows.append(rng.permutation(np.flatnonzero(known.group == group))[:GUARD_WINDOWS])
    return np.sort(np.concatenate(rows))
