"""What was heard in a clip, before it is decided who acts: kept, so that deciding anew costs no listening."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from vib.atomic import replacing


@final
@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the models heard in one clip.

    Parameters
    ----------
    duration : float
        Seconds.
    frames : ndarray of float16, shape (frames, signals)
        Signals at each step of `turns.activity.STEP` seconds.
    starts, ends : ndarray of float32, shape (windows,)
        When each window of voice was. Seconds.
    voices : ndarray of float16, shape (windows, 192)
        The speaker embedding of each window, of length 1.
    """

    duration: float
    frames: NDArray[np.float16]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    voices: NDArray[np.float16]


@final
class EvidenceStore:
    """Evidence by the key of its clip, one file each, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Evidence | None:
        """Return what was kept; a missing or damaged file counts as none."""
        try:
            with np.load(self._folder / f"{key}.npz", allow_pickle=False) as kept:
                return Evidence(float(kept["duration"]), kept["frames"], kept["starts"], kept["ends"], kept["voices"])
        except (OSError, ValueError, KeyError):
            return None

    def put(self, key: str, evidence: Evidence) -> None:
        """Keep evidence.

        Raises
        ------
        OSError
            The disk is full or the folder cannot be written.
        """
        with replacing(self._folder / f"{key}.npz", suffix=".npz") as temporary:
            np.savez_compressed(
                temporary,
                duration=evidence.duration,
                frames=evidence.frames,
                starts=evidence.starts,
                ends=evidence.ends,
                voices=evidence.voices,
            )
