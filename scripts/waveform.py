"""The sound of a clip in a light file of its own, as the waveform and the cutter need it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import ffmpeg

from scripts.encoding import BARE, placed
from scripts.recording import Recording
from scripts.running import run_ffmpeg
from vib.media import SAFE_INPUT, MediaInfo, file_address

CANCELLED = 3.0
"""Decibels that the difference of two sides is louder than their mean when they are opposite."""

WAVEFORM: dict[str, Any] = {"acodec": "aac", "audio_bitrate": "40k", "ar": 16000, "ac": 1}

DIFFERENCE = "mono|c0=0.5*c0-0.5*c1"
BOTH = "mono|c0=0.7071*c0+0.7071*c1"


def write_waveform(
    clip: Path, made: MediaInfo, audio: Path, info: MediaInfo, recording: Recording, source: Path
) -> bool:
    """Write the sound of a clip as the waveform and the cutter need it, and tell whether its sides are opposite.

    Of sides that cancel each other out the difference is heard, else their mean.
    """
    if made.audio is None or info.audio is None:
        silence = ffmpeg.input("anullsrc=r=16000:cl=mono", f="lavfi", t=f"{recording.duration:.3f}")
        run_ffmpeg(_light(silence, audio), source, recording.duration)
        return False
    opposite = made.audio.channels == 2 and info.audio.channels > 1 and _is_opposite(clip, source, recording.duration)
    sound = ffmpeg.input(file_address(clip), **SAFE_INPUT)["a:0"]
    if opposite:
        sound = sound.filter("pan", args=DIFFERENCE)
    elif info.audio.channels == 1 and made.audio.channels == 2:
        # One channel on two loudspeakers is 3 dB softer on each.
        sound = sound.filter("pan", args=BOTH)
    else:
        sound = sound.filter("aformat", channel_layouts="mono")
    run_ffmpeg(_light(placed(sound, recording.duration), audio), source, recording.duration)
    return opposite


def _is_opposite(clip: Path, source: Path, duration: float) -> bool:
    """Tell whether the two sides of a clip cancel each other out."""
    parts = ffmpeg.input(file_address(clip), **SAFE_INPUT)["a:0"].filter_multi_output("asplit", 2)
    mean = parts.stream(0).filter("aformat", channel_layouts="mono").filter("volumedetect")
    difference = parts.stream(1).filter("pan", args=DIFFERENCE).filter("volumedetect")
    outputs = ffmpeg.merge_outputs(mean.output("-", format="null"), difference.output("-", format="null"))
    said = run_ffmpeg(outputs.global_args("-nostdin", "-v", "info").compile(), source, duration)
    # Filters speak as they end, in any order, and are numbered as they were made.
    levels = dict(re.findall(rb"volumedetect_(\d+) @ \S+\] mean_volume: (\S+) dB", said))
    if len(levels) != 2:
        return False
    of_mean, of_difference = (float(levels[name]) for name in sorted(levels, key=int))
    return of_difference > of_mean + CANCELLED


def _light(sound: Any, audio: Path) -> list[str]:
    output = ffmpeg.output(sound, f"file:{audio}", **BARE, **WAVEFORM)
    command: list[str] = output.global_args("-nostdin", "-v", "error").compile(overwrite_output=True)
    return command
