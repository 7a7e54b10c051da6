"""Looking at untrusted media with ffmpeg: what is in a file, and how to open it safely.

Every ffmpeg or ffprobe call of the project passes `SAFE_INPUT`, so that a file that
pretends to be a video cannot make ffmpeg open other files or hosts.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from vib.problem import InputProblem
from vib.unreadable import ffmpeg_reason

CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,asf,flv,ogg,"
    "wav,w64,flac,mp3,aac,amr,aiff,caf,dv,h264,hevc,mxf"
)
"""Demuxers that read one file and nothing else: no playlists, no scripts, no devices."""

SAFE_INPUT: dict[str, str] = {"protocol_whitelist": "file,pipe", "format_whitelist": CONTAINERS}
"""Input options without which no media file is opened."""

PROBE_SECONDS = 120.0

WIDE_RANGE = frozenset({"arib-std-b67", "smpte2084"})
"""HLG and PQ: what makes a picture HDR."""

LONGEST = 4 * 3600
"""Seconds; a longer recording is refused."""


class MediaProblem(InputProblem):
    """A file that cannot be used as a recording, with the reason."""


class PassingProblem(MediaProblem):
    """A file that could not be used this time; another time it may be."""


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The film in a file, not a cover or a strip of thumbnails. Times are seconds.

    Parameters
    ----------
    index : int
        Number of the stream in the file.
    duration : float
        What the file says of this stream; 0 where it says nothing.
    pixel_aspect : Fraction
        Width of a pixel for its height.
    interlaced : bool
        Whether a frame is two half pictures, one after the other, as the header has it.
    transfer : str
        How light is written down, as ffmpeg calls it; those in `WIDE_RANGE` hold more than a usual screen shows.
    """

    index: int
    codec: str
    pixel_format: str
    width: int
    height: int
    frames_per_second: Fraction
    rotation: int
    start: float
    duration: float
    pixel_aspect: Fraction
    interlaced: bool
    transfer: str = ""


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A sound track of a file that can be decoded here. Times are seconds.

    Parameters
    ----------
    index : int
        Number of the stream in the file.
    number : int
        Which of the sound tracks it is, from 1.
    """

    index: int
    codec: str
    sample_rate: int
    channels: int
    start: float
    duration: float
    number: int = 1


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What ffprobe sees in a file.

    Parameters
    ----------
    duration : float
        Seconds, as the container tells; some count from zero, some from `start`.
    start : float
        Time in seconds of what comes first.
    audio : AudioStream or None
        The sound track that is used: the first that can be decoded, unless another is chosen.
    sound_tracks : int
        How many sound tracks there are.
    undecodable : tuple[str, ...]
        What the sound tracks are that cannot be decoded here.
    sounds : tuple[AudioStream, ...]
        Those that can.
    """

    container: str
    duration: float
    start: float
    video: VideoStream | None
    audio: AudioStream | None
    sound_tracks: int
    undecodable: tuple[str, ...]
    sounds: tuple[AudioStream, ...] = ()

    def with_audio(self, audio: AudioStream) -> MediaInfo:
        """Return the same with another sound track in use."""
        return replace(self, audio=audio)


def probe(path: Path, *, seconds: float = PROBE_SECONDS) -> MediaInfo:
    """Read what is in a media file.

    Parameters
    ----------
    path : Path
        A file on this machine.
    seconds : float
        How long ffprobe may take.

    Raises
    ------
    MediaProblem
        The file is missing, empty, not media, or takes too long to look at.
    """
    raw = run_ffprobe(path, seconds=seconds)
    streams = [s for s in raw.get("streams", []) if isinstance(s, dict)]
    video = max((s for s in streams if _is_moving_picture(s)), key=_film_first, default=None)
    sounds = [s for s in streams if s.get("codec_type") == "audio"]
    heard = [_audio_stream(s, number) for number, s in enumerate(sounds, 1) if _is_decodable_sound(s)]
    form = raw.get("format", {})
    durations = [_seconds(form.get("duration"))] + [_seconds(s.get("duration")) for s in streams]
    return MediaInfo(
        container=str(form.get("format_name", "")),
        duration=max(durations),
        start=_seconds(form.get("start_time")),
        video=_video_stream(video) if video else None,
        audio=heard[0] if heard else None,
        sound_tracks=len(sounds),
        undecodable=tuple(_name_of(s) for s in sounds if not _is_decodable_sound(s)),
        sounds=tuple(heard),
    )


def is_film(path: Path) -> bool:
    """Tell whether a file has a moving picture, whatever its name."""
    try:
        video = probe(path).video
    except MediaProblem:
        return False
    return video is not None and video.width > 0


def run_ffprobe(path: Path, *, seconds: float = PROBE_SECONDS, **options: Any) -> dict[str, Any]:
    """Run ffprobe on a file and return its JSON.

    Raises
    ------
    MediaProblem
        As for `probe`.
    """
    if not path.is_file():
        raise MediaProblem(str(path), nl="bestand bestaat niet", en="no such file")
    if path.stat().st_size == 0:
        raise MediaProblem(
            str(path),
            nl="het bestand is leeg (0 bytes); kopieer de opname opnieuw",
            en="the file is empty (0 bytes); copy the recording again",
        )
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams"]
    for name, value in {**SAFE_INPUT, **options}.items():
        command += [f"-{name}", *([] if value is None else [str(value)])]
    command.append(file_address(path))
    try:
        run = subprocess.run(command, capture_output=True, timeout=seconds, check=True, stdin=subprocess.DEVNULL)
        return cast(dict[str, Any], json.loads(run.stdout))
    except subprocess.CalledProcessError as error:
        reason = ffmpeg_reason(reason_of(error.stderr))
        raise MediaProblem(
            str(path),
            nl=f"geen leesbare video of audio ({reason.nl})",
            en=f"not a readable video or audio file ({reason.en})",
        ) from error
    except subprocess.TimeoutExpired as error:
        raise PassingProblem(
            str(path),
            nl=f"het bekijken van dit bestand duurt langer dan {seconds:.0f} s",
            en=f"looking at this file takes longer than {seconds:.0f} s",
        ) from error
    except json.JSONDecodeError as error:
        raise MediaProblem(str(path), nl="ffprobe gaf geen antwoord", en="ffprobe gave no answer") from error


def ffmpeg_version() -> str:
    """Return the version of the ffmpeg that is installed, as it says it itself; empty where it says none."""
    run = subprocess.run(["ffmpeg", "-version"], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    found = re.match(rb"ffmpeg version (\S+)", run.stdout)
    return found[1].decode("utf-8", "replace") if found else ""


def reason_of(stderr: bytes | None) -> str:
    """Return the last thing ffmpeg said, without addresses and paths in front.

    Examples
    --------
    >>> reason_of(b"[mov @ 0x55] moov atom not found\\n/x/a.mp4: Invalid data found")
    'moov atom not found; Invalid data found'
    """
    lines = [line.strip() for line in (stderr or b"").decode("utf-8", "replace").splitlines() if line.strip()]
    if any("not on whitelist" in line for line in lines):
        return "a playlist or a list of files"
    said = [line.rsplit("] ", 1)[-1].rsplit(": ", 1)[-1] for line in lines[-2:]]
    return "; ".join(dict.fromkeys(said)) or "ffmpeg"


def file_address(path: Path) -> str:
    """Name a file so that ffmpeg cannot take a part of its name for a protocol or an option."""
    return f"file:{path.absolute()}"


def _is_moving_picture(stream: dict[str, Any]) -> bool:
    disposition = stream.get("disposition") or {}
    still = disposition.get("attached_pic", 0) or disposition.get("timed_thumbnails", 0)
    return stream.get("codec_type") == "video" and not still


def _film_first(stream: dict[str, Any]) -> tuple[bool, bool, int]:
    """Return what makes a stream more of a film than others: it can be decoded, it moves, it is large."""
    pixels = int(stream.get("width", 0)) * int(stream.get("height", 0))
    return "pix_fmt" in stream, str(stream.get("nb_frames")) != "1", pixels


def _is_decodable_sound(stream: dict[str, Any]) -> bool:
    # Without a decoder ffprobe cannot say in which form samples come.
    return bool(stream.get("sample_rate")) and "sample_fmt" in stream


def _name_of(stream: dict[str, Any]) -> str:
    return str(stream.get("codec_name") or stream.get("codec_tag_string", "?"))


def _video_stream(stream: dict[str, Any]) -> VideoStream:
    side_data = stream.get("side_data_list") or [{}]
    rotation = next((s["rotation"] for s in side_data if "rotation" in s), 0)
    return VideoStream(
        index=int(stream.get("index", 0)),
        codec=str(stream.get("codec_name", "")),
        pixel_format=str(stream.get("pix_fmt", "")),
        width=int(stream.get("width", 0)),
        height=int(stream.get("height", 0)),
        frames_per_second=_fraction(stream.get("avg_frame_rate")),
        rotation=int(float(rotation)) % 360,
        start=_seconds(stream.get("start_time")),
        duration=_own_duration(stream),
        pixel_aspect=_fraction(str(stream.get("sample_aspect_ratio", "1:1")).replace(":", "/")) or Fraction(1),
        interlaced=stream.get("field_order", "progressive") in ("tt", "bb", "tb", "bt"),
        transfer=str(stream.get("color_transfer", "")),
    )


def _audio_stream(stream: dict[str, Any], number: int) -> AudioStream:
    return AudioStream(
        index=int(stream.get("index", 0)),
        codec=str(stream.get("codec_name", "")),
        sample_rate=int(stream.get("sample_rate", 0)),
        channels=int(stream.get("channels", 0)),
        start=_seconds(stream.get("start_time")),
        duration=_own_duration(stream),
        number=number,
    )


def _own_duration(stream: dict[str, Any]) -> float:
    """Return the duration of a stream; Matroska tells it as ``01:02:03.5``."""
    told = (stream.get("tags") or {}).get("DURATION")
    if "duration" in stream or told is None:
        return _seconds(stream.get("duration"))
    hours, minutes, seconds = ([_seconds(part) for part in str(told).split(":")] + [0.0] * 3)[:3]
    return hours * 3600 + minutes * 60 + seconds


def _seconds(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0


def _fraction(value: object) -> Fraction:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
