"""What a segmenter is: something that cuts a clip into turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, final, runtime_checkable

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
class Seen:
    """What was seen in the picture of a clip, in half seconds.

    Parameters
    ----------
    seconds : float
        How long there was a picture.
    face : float
        In which part of that time there was a face, seen from the front, from 0 to 1.
    still : tuple of (float, float)
        From when to when, in seconds, the picture stood still.
    cuts : tuple of float
        When another shot begins, in seconds.
    """

    seconds: float
    face: float
    still: tuple[tuple[float, float], ...]
    cuts: tuple[float, ...]


@final
@dataclass(frozen=True, slots=True)
class Segmentation:
    """The turns of one clip, in order of onset, and what made them.

    `seen` is None where the picture was not looked at, or there is none.
    """

    clip: str
    duration: float
    model_version: str
    turns: tuple[Turn, ...]
    seen: Seen | None = None

    def content(self) -> dict[str, Any]:
        """Return the JSON content of the turns format; without what was seen where nothing was."""
        content: dict[str, Any] = {
            "clip": self.clip,
            "duration": self.duration,
            "model_version": self.model_version,
            "turns": [
                {"start": t.start, "end": t.end, "actor": t.actor, "confidence": t.confidence} for t in self.turns
            ],
        }
        return content if self.seen is None else content | {"seen": asdict(self.seen)}


class Segmenter(Protocol):
    """Cuts clips into turns; one instance serves one process."""

    @property
    def version(self) -> str:
        """The model's version; an attribute will do."""
        ...

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return the turns of a media file; a file without sound has none.

        Raises
        ------
        MediaProblem
            The file cannot be read, is too long, or takes too long.
        """
        ...


@runtime_checkable
class FamilySegmenter(Protocol):
    """What a segmenter may do too: cut the clips of a family in a version of its own."""

    def version_for(self, family: str) -> str:
        """Return the version for a family, by its name such as ``F-0001``; `version` unless it has its own."""
        ...

    def at(self, version: str) -> Segmenter:
        """Return what cuts in a version of `version_for`; itself when that one is no longer in use."""
        ...


def version_for(segmenter: Segmenter, family: str | None) -> str:
    """Return the version in which a segmenter cuts the clips of a family, or of none."""
    return segmenter.version_for(family) if family and isinstance(segmenter, FamilySegmenter) else segmenter.version


def at_version(segmenter: Segmenter, version: str) -> Segmenter:
    """Return what cuts in a version of `version_for`; a segmenter that knows no families has one."""
    return segmenter.at(version) if isinstance(segmenter, FamilySegmenter) else segmenter
