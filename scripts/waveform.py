"""The sound of a clip in a light file of its own, as the waveform and the cutter need it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg

from scripts.encoding import BARE, placed
from scripts.running import run_ffmpeg
from vib.media import SAFE_INPUT, file_address

WAVEFORM: dict[str, Any] = {"acodec": "aac", "audio_bitrate": "40k", "ar": 16000, "ac": 1}

DIFFERENCE = "mono|c0=0.5*c0-0.5*c1"
BOTH = "mono|c0=0.7071*c0+0.7071*c1"


def write_waveform(
    clip: Path, audio: Path, channels: int, duration: float, *, encoded: bool, opposite: bool, source: Path
) -> None:
    """Write the sound of a clip as the waveform and the cutter need it.

    Of sides that cancel each other out the difference is heard, else their mean.

    Parameters
    ----------
    channels : int
        How many the sound of the recording has; 0 where there is none.
    duration : float
        Seconds of the clip.
    encoded : bool
        Whether the sound of the clip was encoded, and so has two sides.
    opposite : bool
        Whether these cancel each other out.
    """
    if not channels:
        sound = ffmpeg.input("anullsrc=r=16000:cl=mono", f="lavfi", t=f"{duration:.3f}")
    else:
        sound = placed(_one_channel(clip, channels, encoded, opposite), duration)
    output = ffmpeg.output(sound, f"file:{audio}", **BARE, **WAVEFORM)
    run_ffmpeg(output.global_args("-nostdin", "-v", "error").compile(overwrite_output=True), source, duration)


def _one_channel(clip: Path, channels: int, encoded: bool, opposite: bool) -> Any:
    sound = ffmpeg.input(file_address(clip), **SAFE_INPUT)["a:0"]
    if opposite:
        return sound.filter("pan", args=DIFFERENCE)
    if channels == 1 and encoded:
        # One channel on two loudspeakers is 3 dB softer on each.
        return sound.filter("pan", args=BOTH)
    return sound.filter("aformat", channel_layouts="mono")
