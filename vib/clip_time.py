"""From the time of a clip to that of its recording and back: the content of a clip's ``.time.json``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from vib.clip_files import TIME, clip_file
from vib.yaml_file import Checked


class Piece(Checked):
    """A part of a clip that is of one recording. Times are seconds.

    Attributes
    ----------
    file : str
        Name of the recording.
    clip : float
        Where the part begins in the clip.
    recording : float
        What a player of the recording shows there; it shows zero where the recording begins.
    timestamp : float
        What the clock within the recording says there, which need not begin at zero.
    duration : float
        How long the part lasts in the clip.
    rate : float
        Seconds of the recording for one of the clip.
    frames_per_second : float
        Pictures of the recording in a second, on average.
    """

    file: str
    clip: float = Field(ge=0)
    recording: float
    timestamp: float
    duration: float = Field(ge=0)
    rate: float = Field(default=1.0, gt=0)
    frames_per_second: float = Field(ge=0)


class Missing(Checked):
    """From when to when, in seconds of the clip, the recording has no picture or no sound."""

    of: Literal["picture", "sound"]
    start: float
    end: float


class Moment(Checked):
    """A moment of a recording: its file, and what a player of it shows, in seconds."""

    file: str
    seconds: float


class ClipTime(Checked):
    """How the time of a clip follows from that of its recordings.

    Attributes
    ----------
    pieces : tuple of Piece
        The parts of the clip, one after the other.
    gaps : tuple of Missing
        Where the last picture is held, or it is silent.
    """

    format: Literal["vib-clip-time/1"] = "vib-clip-time/1"
    pieces: tuple[Piece, ...] = Field(min_length=1)
    gaps: tuple[Missing, ...] = ()

    def original(self, seconds: float) -> Moment:
        """Return which moment of a recording one of the clip is.

        Examples
        --------
        >>> first = Piece(file="1.mts", clip=0, recording=2, timestamp=3.4, duration=10, frames_per_second=25)
        >>> second = Piece(file="2.mts", clip=10, recording=0, timestamp=0, duration=5, frames_per_second=25)
        >>> time = ClipTime(pieces=(first, second))
        >>> [(moment.file, moment.seconds) for moment in (time.original(1), time.original(10), time.original(15))]
        [('1.mts', 3.0), ('2.mts', 0.0), ('2.mts', 5.0)]
        """
        piece = [one for one in self.pieces if one.clip <= seconds or one is self.pieces[0]][-1]
        return Moment(file=piece.file, seconds=_at(piece, seconds))

    def original_span(self, start: float, end: float) -> tuple[Moment, float]:
        """Return the moment at which a stretch of the clip begins in a recording, and when it ends by that clock.

        One that goes on in the next recording ends after the end of the first.
        """
        first = self.original(start)
        rate = next(piece.rate for piece in self.pieces if piece.file == first.file)
        return first, round(first.seconds + (end - start) * rate, 6)

    def of_clip(self, moment: Moment) -> float | None:
        """Return when a moment of a recording is in the clip; None where it is not in it.

        Examples
        --------
        >>> piece = Piece(file="1.mts", clip=0, recording=2, timestamp=3.4, duration=10, frames_per_second=25)
        >>> time = ClipTime(pieces=(piece,))
        >>> [time.of_clip(Moment(file="1.mts", seconds=seconds)) for seconds in (3, 1, 13)]
        [1.0, None, None]
        """
        for piece in self.pieces:
            seconds = round(piece.clip + (moment.seconds - piece.recording) / piece.rate, 6)
            if piece.file == moment.file and piece.clip <= seconds <= piece.clip + piece.duration:
                return seconds
        return None


def _at(piece: Piece, seconds: float) -> float:
    return round(piece.recording + (seconds - piece.clip) * piece.rate, 6)


def read_clip_times(media_root: Path, clips: Iterable[str]) -> dict[str, ClipTime]:
    """Return how the time of clips follows from that of their recordings, by clip, of those of which it is kept."""
    found = {}
    for clip in clips:
        path = clip_file(media_root, clip, TIME)
        if path.resolve().is_relative_to(media_root.resolve()):
            try:
                found[clip] = ClipTime.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue
    return found
