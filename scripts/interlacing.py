"""Whether the pictures of a film are each two half ones, whatever its header says."""

from __future__ import annotations

import ffmpeg

from scripts.encoding import HalfFirst
from scripts.excerpts import half_pictures, halves_looked_at
from scripts.running import run_ffmpeg
from scripts.timing import Part
from vib.media import SAFE_INPUT, MediaProblem, file_address

LINES = frozenset({480, 486, 512, 576, 608, 1080, 1088})
"""How many rows pictures have that may be two half ones: those of television."""

NEVER = frozenset({"vp8", "vp9", "av1", "hevc"})
"""Kinds of film that are not made by what gives half pictures."""

PLACES, LOOKED_AT = 3, 0.5
"""At how many places of a film is looked, and for how many seconds."""

MOST = 0.5
"""Share of the pictures that must be two half ones."""


def first_half(part: Part) -> HalfFirst | None:
    """Return which half picture is first where two stand in one though the header does not say so; else None."""
    video, recording = part.info.video, part.recording
    if video is None or video.interlaced or video.height not in LINES or video.codec in NEVER:
        return None
    begins, duration = recording.picture.start - part.info.start, recording.duration
    said = b""
    for number in range(PLACES if duration > 2 * PLACES * LOOKED_AT else 1):
        at = begins + duration * number / PLACES
        given = ffmpeg.input(file_address(part.path), **SAFE_INPUT, ss=f"{at:.3f}", t=LOOKED_AT)
        looked = halves_looked_at(given[str(video.index)]).output("-", format="null")
        try:
            said += run_ffmpeg(looked.global_args("-nostdin", "-nostats", "-v", "info").compile(), part.path, LOOKED_AT)
        except MediaProblem:
            continue
    share, first = half_pictures(said)
    return first if share > MOST else None
