"""Recordings -> clips that every browser plays alike and whose time is the same everywhere.

A clip is MP4 with H.264 at a constant 25 frames a second, AAC sound when there is any,
a key frame at least every second, its index in front, upright, and starting at zero.
Beside it goes a light mono sound file for the waveform.
"""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from scripts import children
from vib.atomic import replacing
from vib.media import SAFE_INPUT, MediaInfo, MediaProblem, PassingProblem, file_address, probe, reason_of, run_ffprobe

FRAMES_PER_SECOND = 25
KEY_FRAME_SECONDS = 1.0
LONGEST = 4 * 3600.0
"""Seconds; a longer recording is refused."""

PATIENCE = 6.0
"""Seconds of work allowed for each second of recording, with a minimum of `LEAST_PATIENCE`."""

LEAST_PATIENCE = 300.0

BARE: dict[str, Any] = {"format": "mp4", "movflags": "+faststart", "map_metadata": -1, "map_chapters": -1}
H264: dict[str, Any] = {
    "vcodec": "libx264",
    "preset": "veryfast",
    "crf": 21,
    "pix_fmt": "yuv420p",
    "g": FRAMES_PER_SECOND,
}
AAC: dict[str, Any] = {"acodec": "aac", "audio_bitrate": "128k", "ar": 48000, "ac": 2}
WAVEFORM: dict[str, Any] = {"acodec": "aac", "audio_bitrate": "40k", "ar": 16000, "ac": 1}

Progress = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Clip:
    """A normalised clip: where it is, its duration in seconds, and whether it has sound."""

    video: Path
    audio: Path
    duration: float
    has_audio: bool
    encoded: bool


def normalise(source: Path, target: Path, progress: Progress = lambda done, total: None) -> Clip:
    """Make a clip of a recording; the streams of one that already conforms are kept as they are.

    Parameters
    ----------
    source : Path
        Is only read. What its header tells of place, time and device is left behind.
    target : Path
        The ``.mp4`` to write; the sound goes beside it as ``.m4a``. Each appears when it
        is whole.
    progress : Callable[[float, float], None]
        Called with the seconds that have been done and the seconds in all.

    Raises
    ------
    MediaProblem
        The recording cannot be used; says why.
    OSError
        The disk is full or not writable.
    """
    info = probe(source)
    _usable(source, info)
    encoded = not conforms(source, info)
    audio = target.with_suffix(".m4a")
    with replacing(target, suffix=".mp4") as video_part, replacing(audio, suffix=".m4a") as audio_part:
        _run(_command(source, info, video_part, audio_part, encoded), source, info.duration, progress)
        duration = probe(video_part).duration if encoded else info.duration
        promised = info.duration - max(0.0, info.start)
        if duration < promised - max(1.0, 0.02 * promised):
            raise MediaProblem(
                str(source),
                nl=f"onvolledig ({duration:.1f} van {promised:.1f} s); kopieer de opname opnieuw",
                en=f"incomplete ({duration:.1f} of {promised:.1f} s); copy the recording again",
            )
    return Clip(target, audio, duration, info.audio is not None, encoded)


def conforms(path: Path, info: MediaInfo) -> bool:
    """Tell whether a recording already is what `normalise` makes."""
    video, audio = info.video, info.audio
    if video is None or "mp4" not in info.container.split(","):
        return False
    if (video.codec, video.pixel_format, video.rotation) != ("h264", "yuv420p", 0):
        return False
    if video.frames_per_second != FRAMES_PER_SECOND or video.start != 0:
        return False
    if audio is not None and (audio.codec != "aac" or abs(audio.start) > 0.001):
        return False
    return _index_in_front(path) and _regular(path, info.duration)


def _usable(source: Path, info: MediaInfo) -> None:
    if info.video is None:
        raise MediaProblem(str(source), nl="er is geen beeld in dit bestand", en="there is no picture in this file")
    if info.duration <= 0:
        raise MediaProblem(str(source), nl="de opname heeft geen duur", en="the recording has no duration")
    if info.duration > LONGEST:
        hours = LONGEST / 3600
        raise MediaProblem(
            str(source),
            nl=f"de opname is langer dan {hours:.0f} uur; knip er een stuk uit",
            en=f"the recording is longer than {hours:.0f} hours; cut a part of it",
        )


def _regular(path: Path, duration: float) -> bool:
    """Tell whether frames come at a constant rate to the end, with a key frame each second."""
    packets = run_ffprobe(path, select_streams="v:0", show_entries="packet=pts_time,flags").get("packets", [])
    try:
        times = sorted(float(packet["pts_time"]) for packet in packets)
        keys = sorted(float(packet["pts_time"]) for packet in packets if "K" in packet["flags"])
    except KeyError:
        return False
    if not keys or not times:
        return False
    step = 1 / FRAMES_PER_SECOND
    whole = times[-1] + step > duration - 0.5
    even = all(abs(time - number * step) < 0.002 for number, time in enumerate(times))
    gaps = [after - before for before, after in zip(keys, [*keys[1:], times[-1]], strict=True)]
    return whole and even and keys[0] < step and max(gaps) <= KEY_FRAME_SECONDS + 0.002


def _index_in_front(path: Path) -> bool:
    """Tell whether an MP4's ``moov`` box comes before its ``mdat``, so that it plays at once."""
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, name = int.from_bytes(head[:4], "big"), head[4:]
            if name in (b"moov", b"mdat"):
                return name == b"moov"
            if size == 1:
                size = int.from_bytes(file.read(8), "big") - 8
            if size < 8:
                return False
            file.seek(size - 8, os.SEEK_CUR)
    return False


def _command(source: Path, info: MediaInfo, video: Path, audio: Path, encode: bool) -> list[str]:
    """Return the one ffmpeg command that writes the clip and its sound file."""
    given = ffmpeg.input(file_address(source), **SAFE_INPUT)
    streams: list[Any] = [_picture(given) if encode else given["v:0"]]
    sound = given["a:0"] if info.audio else None
    if sound is None:
        wave = ffmpeg.input("anullsrc=r=16000:cl=mono", f="lavfi", t=f"{info.duration:.3f}")
    else:
        parts = sound.filter("aresample", **{"async": 1, "first_pts": 0}).filter_multi_output("asplit", 2)
        streams.append(parts.stream(0) if encode else sound)
        wave = parts.stream(1) if encode else sound.filter("aresample", **{"async": 1, "first_pts": 0})
    kept: dict[str, Any] = {"codec": "copy"} if not encode else {**H264, **(AAC if info.audio else {})}
    clip = ffmpeg.output(*streams, f"file:{video}", **BARE, **kept)
    light = ffmpeg.output(wave, f"file:{audio}", **BARE, **WAVEFORM)
    options = ("-nostdin", "-v", "error", "-progress", "pipe:1", "-stats_period", "1")
    command: list[str] = ffmpeg.merge_outputs(clip, light).global_args(*options).compile(overwrite_output=True)
    return command


def _picture(given: Any) -> Any:
    """Return the picture at a constant rate from zero, with even sides and square pixels."""
    steady = given["v:0"].filter("fps", fps=FRAMES_PER_SECOND, start_time=0)
    return steady.filter("scale", "trunc(iw*max(1,sar)/2)*2", "trunc(ih/min(1,sar)/2)*2").filter("setsar", 1)


def _run(arguments: list[str], source: Path, duration: float, progress: Progress) -> None:
    limit = max(LEAST_PATIENCE, duration * PATIENCE)
    with tempfile.TemporaryFile() as errors:
        process = children.start(arguments, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL)
        alarm = threading.Timer(limit, process.kill)
        alarm.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                name, _, value = line.decode("ascii", "replace").strip().partition("=")
                if name == "out_time_us" and value.isdigit():
                    progress(int(value) / 1e6, duration)
            status = process.wait()
        finally:
            expired = not alarm.is_alive()
            alarm.cancel()
            process.kill()
            process.wait()
        errors.seek(0)
        said = errors.read()
    if expired:
        raise PassingProblem(
            str(source),
            nl=f"het omzetten duurde langer dan {limit:.0f} s",
            en=f"converting took longer than {limit:.0f} s",
        )
    if b"No space left" in said:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if status < 0:
        raise PassingProblem(
            str(source),
            nl="het omzetten werd afgebroken; voer dit opnieuw uit",
            en="converting was broken off; run this again",
        )
    if status != 0:
        reason = reason_of(said)
        raise MediaProblem(
            str(source), nl=f"beschadigd of onvolledig ({reason})", en=f"damaged or incomplete ({reason})"
        )
