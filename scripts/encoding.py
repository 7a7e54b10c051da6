"""What ffmpeg is told so that a clip comes of a recording: its form, and how picture and sound come to be."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import ffmpeg

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.recording import Recording
from scripts.running import Chain
from scripts.timing import Part
from vib.media import SAFE_INPUT, WIDE_RANGE, VideoStream, file_address

PLACED_WITHIN = 0.02
"""Seconds that sound may be off its own time before it is put right: half a frame."""

USUAL_WHITE, BRIGHTEST = 100, 1000
"""Light of white on a usual screen, and the most that HDR is taken to have, in candela per square metre."""

OWN_TIME = ("-copyts", "-start_at_zero")
"""Has ffmpeg take sound at the time that it says: of streams one after the other it would move all after an overlap."""

HalfFirst = Literal["tff", "bff"]
"""Which of two half pictures comes first: that of the upper rows, or of the lower ones."""

BARE: dict[str, Any] = {"format": "mp4", "movflags": "+faststart", "map_metadata": -1, "map_chapters": -1}
H264: dict[str, Any] = {
    "vcodec": "libx264",
    "preset": "veryfast",
    "crf": 21,
    "pix_fmt": "yuv420p",
    "g": FRAMES_PER_SECOND,
}
AAC: dict[str, Any] = {"acodec": "aac", "audio_bitrate": "128k", "ar": 48000, "ac": 2}


def clip_command(
    parts: Sequence[Part], video: Path, *, encode: bool, halves: Sequence[HalfFirst | None], piped_sound: bool
) -> list[str]:
    """Return the ffmpeg command that writes the clip; sound that is encoded comes in by a pipe.

    Parameters
    ----------
    parts : Sequence[Part]
        Its recordings; of several the picture is encoded.
    encode : bool
        Whether the picture is encoded, or kept as it is.
    halves : Sequence[HalfFirst or None]
        Of each recording which of two half pictures is the first where they stand in one and the header does not say
        so.
    """
    # Filters of the picture bear a change of size; building them anew would begin at zero again.
    whole = {"reinit_filter": 0} if encode else {}
    given = [
        ffmpeg.input(file_address(part.path), **SAFE_INPUT, itsoffset=_shift(part.recording), **whole) for part in parts
    ]
    first = parts[0].info
    assert first.video is not None
    streams: list[Any] = [_pictures(given, parts, halves) if encode else given[0][str(first.video.index)]]
    kept: dict[str, Any] = H264 if encode else {"vcodec": "copy"}
    if piped_sound:
        streams.append(ffmpeg.input("pipe:0", format="s16le", ar=AAC["ar"], ac=AAC["ac"])["a:0"])
        kept = {**kept, **AAC}
    elif first.audio:
        streams.append(given[0][str(first.audio.index)])
        kept = {**kept, "acodec": "copy"}
    clip = ffmpeg.output(*streams, f"file:{video}", **BARE, **kept)
    options = ("-nostdin", "-v", "error", "-progress", "pipe:1", "-stats_period", "1")
    command: list[str] = clip.global_args(*options).compile(overwrite_output=True)
    return command


def _pictures(given: Sequence[Any], parts: Sequence[Part], halves: Sequence[HalfFirst | None]) -> Any:
    """Return the pictures of all parts, one after the other, each of the size of the first and as long as it lasts."""
    films = [part.info.video for part in parts]
    assert films[0] is not None
    size = _size(films[0])
    upright = [
        _upright(source[str(film.index)], film, half, size)
        for source, film, half in zip(given, films, halves, strict=True)
        if film is not None
    ]
    if len(parts) == 1:
        return upright[0]
    exact = [
        picture.filter("tpad", stop=-1, stop_mode="clone")
        .filter("trim", end_frame=round(part.lasts * FRAMES_PER_SECOND))
        .filter("setpts", "PTS-STARTPTS")
        for picture, part in zip(upright, parts, strict=True)
    ]
    return ffmpeg.concat(*exact, v=1, a=0)


def sound_chains(parts: Sequence[Part]) -> list[Chain]:
    """Return what gives the sound of all parts, one after the other; of one that has none, silence."""
    silence = AAC["ar"] * AAC["ac"] * 2
    return [
        sound_commands(part.path, part.recording, part.lasts) if part.recording.sound else round(part.lasts * silence)
        for part in parts
    ]


def sound_commands(source: Path, recording: Recording, duration: float) -> list[list[str]]:
    """Return the commands that give the sound from zero to the end of the picture, each reading what the last one gave.

    The first decodes, and passes on each sample with its own time; the second puts it there.
    ffmpeg builds all filters of a command anew when the sound changes midway, and what counts
    from the beginning would begin again.
    """
    assert recording.sound_index is not None
    given = ffmpeg.input(file_address(source), **SAFE_INPUT, itsoffset=_shift(recording))
    sound = given[str(recording.sound_index)]
    stereo = sound.filter("aresample", AAC["ar"]).filter("aformat", sample_fmts="s16", channel_layouts="stereo")
    decoding = stereo.output("pipe:1", format="nut", acodec="pcm_s16le")
    placing = placed(ffmpeg.input("pipe:0", format="nut")["a:0"], duration).output("pipe:1", format="s16le")
    options = ("-nostdin", "-v", "error")
    return [
        decoding.global_args(*options, *OWN_TIME).compile(),
        placing.global_args(*options, "-copyts").compile(),
    ]


def placed(sound: Any, duration: float) -> Any:
    """Return sound with silence wherever there is none, up to the end of the picture."""
    placed = sound.filter("aresample", **{"async": 1, "min_hard_comp": PLACED_WITHIN, "first_pts": 0})
    return placed.filter("apad", whole_dur=f"{duration:.6f}").filter("atrim", end=f"{duration:.6f}")


def _shift(recording: Recording) -> str:
    """Return what ffmpeg is to add to the time of all that is in a recording, in seconds.

    It is never nothing: of a transport stream ffmpeg would then take the first of what it is to read
    for the beginning, and that differs for picture and sound.
    """
    return f"{-recording.late:.6f}" if recording.late else "0.000001"


@cache
def shows_wide_range() -> bool:
    """Tell whether this ffmpeg can show HDR as a usual screen does."""
    run = subprocess.run(["ffmpeg", "-hide_banner", "-filters"], capture_output=True, check=False)
    return all(re.search(rb"^ \S+ +" + name + rb" ", run.stdout, re.MULTILINE) for name in (b"zscale", b"tonemap"))


def _upright(picture: Any, video: VideoStream, first_half: HalfFirst | None, size: tuple[int, int]) -> Any:
    """Return the picture at a constant rate from zero, of one size with even sides and square pixels."""
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    elif first_half:
        picture = picture.filter("bwdif", mode="send_frame", parity=first_half, deint="all")
    width, height = size
    steady = picture.filter("fps", fps=FRAMES_PER_SECOND, start_time=0)
    if video.transfer in WIDE_RANGE and shows_wide_range():
        steady = _usual_range(steady, video.transfer)
    # The filter that keeps proportions knows no pixels that are not square.
    proportions = "decrease" if video.pixel_aspect == 1 else "disable"
    fitted = steady.filter("scale", width, height, force_original_aspect_ratio=proportions)
    return fitted.filter("pad", width, height, "(ow-iw)/2", "(oh-ih)/2", eval="frame").filter("setsar", 1)


def _usual_range(picture: Any, transfer: str) -> Any:
    """Return an HDR picture as a usual screen shows it: what is brighter than that is pressed together."""
    linear = picture.filter("zscale", tin=transfer, min="bt2020nc", pin="bt2020", t="linear", npl=USUAL_WHITE)
    narrow = linear.filter("format", "gbrpf32le").filter("zscale", p="bt709")
    pressed = narrow.filter("tonemap", "hable", desat=0, peak=BRIGHTEST / USUAL_WHITE)
    return pressed.filter("zscale", t="bt709", m="bt709", r="tv").filter("format", "yuv420p")


def _size(video: VideoStream) -> tuple[int, int]:
    """Return width and height of the clip: upright, even, no smaller than the picture."""
    width = math.floor(video.width * max(Fraction(1), video.pixel_aspect) / 2) * 2
    height = math.floor(video.height / min(Fraction(1), video.pixel_aspect) / 2) * 2
    return (height, width) if video.rotation % 180 else (width, height)
