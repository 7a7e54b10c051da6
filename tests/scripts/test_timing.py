"""How the time of a clip follows from that of its recordings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from scripts.packets import Gap, Track
from scripts.recording import Recording
from scripts.timing import Part, clip_time
from vib.clip_time import Missing
from vib.media import AudioStream, MediaInfo, VideoStream


def part(begins: float, *, start: float, zero: float, lasts: float, heard_until: float | None = None) -> Part:
    video = VideoStream(0, "h264", "yuv420p", 64, 48, Fraction(30), 0, zero, lasts, Fraction(1), False)
    audio = AudioStream(1, "aac", 48000, 2, zero, lasts)
    info = MediaInfo("mpegts", lasts, start, video, audio, 1, ())
    picture = Track([zero], [zero], zero + lasts, [Gap(zero + 2, zero + 5)], False)
    sound = Track([zero], [zero], zero + (heard_until or lasts), [Gap(zero + 1, zero + 1.1)], False)
    return Part(Path(f"{begins:.0f}.mts"), info, Recording(picture, sound, 1, zero, zero - start, 0.0), begins, lasts)


def test_a_moment_of_a_clip_is_one_of_its_recording_and_back() -> None:
    time = clip_time([part(0, start=1.4, zero=3.4, lasts=10)])
    [piece] = time.pieces
    assert (piece.recording, piece.timestamp) == (2, 3.4)
    moment = time.original(7.5)
    assert (moment.file, moment.seconds) == ("0.mts", 9.5)
    assert time.of_clip(moment) == 7.5


def test_what_goes_on_in_the_next_recording_ends_by_the_clock_of_the_first() -> None:
    time = clip_time([part(0, start=0, zero=0, lasts=10), part(10, start=5, zero=6, lasts=10)])
    first, end = time.original_span(9, 12)
    assert (first.file, first.seconds, end) == ("0.mts", 9, 12)
    first, end = time.original_span(10, 12)
    assert (first.file, first.seconds, end) == ("10.mts", 1, 3)


def test_where_a_recording_has_no_picture_or_sound_stands_in_the_time_of_the_clip() -> None:
    time = clip_time([part(20, start=0, zero=100, lasts=10, heard_until=8)])
    assert time.gaps == (Missing(of="picture", start=22, end=25), Missing(of="sound", start=28, end=30))
