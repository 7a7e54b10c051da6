"""The recordings of a clip -> how its time follows from theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.recording import HELD, LEAST_SAID, Recording
from vib.clip_time import ClipTime, Missing, Piece
from vib.media import MediaInfo


@dataclass(frozen=True, slots=True)
class Part:
    """A recording in a clip.

    Parameters
    ----------
    file : str
        Its name.
    info : MediaInfo
        What is in it.
    recording : Recording
        What of it is used.
    begins, lasts : float
        Where in the clip it begins, and how long it lasts, in seconds.
    """

    file: str
    info: MediaInfo
    recording: Recording
    begins: float
    lasts: float


def clip_time(parts: Sequence[Part]) -> ClipTime:
    """Return how the time of a clip follows from that of its recordings, one after the other."""
    pieces = tuple(_piece(part) for part in parts)
    return ClipTime(pieces=pieces, gaps=tuple(gap for part in parts for gap in _missing(part)))


def _piece(part: Part) -> Piece:
    video, recording = part.info.video, part.recording
    return Piece(
        file=part.file,
        clip=round(part.begins, 6),
        recording=round(recording.zero - part.info.start, 6),
        timestamp=round(recording.zero, 6),
        duration=round(part.lasts, 6),
        frames_per_second=round(float(video.frames_per_second), 6) if video else 0.0,
    )


def _missing(part: Part) -> Iterator[Missing]:
    recording = part.recording
    shift = part.begins - recording.zero
    for gap in recording.picture.gaps:
        if gap.end - gap.start > HELD:
            yield Missing(of="picture", start=round(gap.start + shift, 3), end=round(gap.end + shift, 3))
    if recording.sound is None:
        return
    for gap in recording.sound.gaps:
        if gap.end - gap.start > LEAST_SAID:
            yield Missing(of="sound", start=round(gap.start + shift, 3), end=round(gap.end + shift, 3))
    if recording.picture.end - recording.sound.end > LEAST_SAID:
        end = part.begins + part.lasts
        yield Missing(of="sound", start=round(recording.sound.end + shift, 3), end=round(end, 3))
