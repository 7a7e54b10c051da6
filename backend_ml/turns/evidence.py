"""What was heard in a clip, before it is decided who acts: kept, so that deciding anew costs no listening."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from vib.atomic import replacing

LISTENING = "turns-1.2.0"
"""Changes whenever the same sound may give other evidence or, with the same head, other turns."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the models heard in one clip.

    Parameters
    ----------
    duration : float
        Seconds.
    frames : ndarray of float16, shape (frames, signals)
        What the first stage of the network, and then segmentation-3.0, made of each step of
        `signals.STEP` seconds: `network.HEARD` numbers, and the probability of speech.
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
    """Evidence by the SHA-256 of the clip's content, one file each, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Evidence | None:
        """Return what was kept; a missing or damaged file counts as none."""
        try:
            with np.load(self._file(key), allow_pickle=False) as kept:
                return Evidence(float(kept["duration"]), kept["frames"], kept["starts"], kept["ends"], kept["voices"])
        except (OSError, ValueError, KeyError, BadZipFile):
            return None

    def put(self, key: str, evidence: Evidence) -> None:
        """Keep evidence.

        Raises
        ------
        OSError
            The disk is full or the folder cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(self._file(key), suffix=".npz") as temporary:
            np.savez_compressed(
                temporary,
                duration=evidence.duration,
                frames=evidence.frames,
                starts=evidence.starts,
                ends=evidence.ends,
                voices=evidence.voices,
            )

    def erase(self, key: str) -> None:
        """Forget what was heard in a clip, by this and earlier versions."""
        for file in self._folder.glob(f"{key}-*.npz"):
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}-{LISTENING}.npz"
