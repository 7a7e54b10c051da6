"""The recordings of a clip -> how its time follows from theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.recording import HELD, LEAST_SAID, Recording
from vib.clip_time import ClipTime, Missing, Piece
from vib.media import MediaInfo


@dataclass(frozen=True, slots=True)
class Part:
    """A recording in a clip.

    Parameters
    ----------
    path : Path
        Its file.
    info : MediaInfo
        What is in it.
    recording : Recording
        What of it is used.
    begins, lasts : float
        Where in the clip it begins, and how long it lasts, in seconds.
    """

    path: Path
    info: MediaInfo
    recording: Recording
    begins: float
    lasts: float


def in_turn(recordings: Sequence[tuple[Path, MediaInfo, Recording]]) -> tuple[Part, ...]:
    """Return the parts of a clip: one recording as long as it is, several each beginning with a frame of the clip."""
    if len(recordings) == 1:
        [(path, info, recording)] = recordings
        return (Part(path, info, recording, 0.0, recording.duration),)
    ends = [*accumulate((recording.duration for _, _, recording in recordings), initial=0.0)]
    frames = [round(end * FRAMES_PER_SECOND) / FRAMES_PER_SECOND for end in ends]
    return tuple(
        Part(*one, begins, ends - begins) for one, (begins, ends) in zip(recordings, pairwise(frames), strict=True)
    )


def clip_time(parts: Sequence[Part]) -> ClipTime:
    """Return how the time of a clip follows from that of its recordings, one after the other."""
    pieces = tuple(_piece(part) for part in parts)
    return ClipTime(pieces=pieces, gaps=tuple(gap for part in parts for gap in _missing(part)))


def _piece(part: Part) -> Piece:
    video, recording = part.info.video, part.recording
    return Piece(
        file=part.path.name,
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
