"""The sound and features that the networks are compared with torch on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

HERE: Final = Path(__file__).parent
SECONDS: Final = (1.0, 2.3)
FRAMES: Final = (4, 118, 250)
"""Less than, about and more than one window; 250 frames are more than one segment of the network's context."""


def samples(seconds: float) -> npt.NDArray[np.float32]:
    """Return two sounds, (2, samples): rising tones that come and go, in noise."""
    time = np.arange(round(16_000 * seconds)) / 16_000
    tones = [np.sin(2 * np.pi * (low + 180 * time) * time) * np.sin(6 * np.pi * time) ** 2 for low in (140, 320)]
    noise = np.random.RandomState(5).standard_normal((2, len(time)))
    return (0.3 * np.stack(tones) + 0.02 * noise).astype(np.float32)


def features(frames: int) -> npt.NDArray[np.float32]:
    """Return two sets of features, (2, frames, 80)."""
    time, band = np.arange(frames)[:, np.newaxis], np.arange(80)
    return np.stack([3 * np.sin(time / 7 + band / step) * np.cos(time / 31 * step) for step in (5, 9)]).astype(
        np.float32
    )
