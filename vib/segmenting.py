"""What a segmenter is: something that cuts a clip into turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, final

Actor = Literal["kind", "volwassene", "onbekend"]

Watch = Callable[[float], None]
"""Told now and then which part of the work on a clip is done, from 0 to 1."""


@final
@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one actor acts. Times are seconds, confidence is from 0 to 1."""

    start: float
    end: float
    actor: Actor
    confidence: float


@final
@dataclass(frozen=True, slots=True)
class Segmentation:
    """The turns of one clip, in order of onset, and what made them."""

    clip: str
    duration: float
    model_version: str
    turns: tuple[Turn, ...]

    def content(self) -> dict[str, Any]:
        """Return the JSON content of the turns format."""
        return {
            "clip": self.clip,
            "duration": self.duration,
            "model_version": self.model_version,
            "turns": [
                {"start": t.start, "end": t.end, "actor": t.actor, "confidence": t.confidence} for t in self.turns
            ],
        }


class Segmenter(Protocol):
    """Cuts clips into turns; one instance serves one process."""

    version: str

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return the turns of a media file; a file without sound has none.

        Raises
        ------
        MediaProblem
            The file cannot be read, is too long, or takes too long.
        """
        ...
