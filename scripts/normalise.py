"""Recordings -> clips that every browser plays alike and whose time is the same everywhere.

A clip is MP4 with H.264 at a constant 25 frames a second, AAC sound when there is any,
a key frame at least every second, its index in front, upright, and starting at zero.
Its sound is as long as its picture. Beside it goes a light mono sound file for the waveform.
"""

from __future__ import annotations

import errno
import math
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

import ffmpeg

from scripts import children
from scripts.packets import read_packets
from scripts.recording import Finding, Recording, measure, remarks
from vib.atomic import replacing
from vib.language import Text
from vib.media import (
    SAFE_INPUT,
    MediaInfo,
    MediaProblem,
    PassingProblem,
    VideoStream,
    file_address,
    probe,
    reason_of,
)
from vib.unreadable import ffmpeg_reason

FRAMES_PER_SECOND = 25
KEY_FRAME_SECONDS = 1.0
LONGEST = 4 * 3600.0
"""Seconds; a longer recording is refused."""

PATIENCE = 6.0
"""Seconds of work allowed for each second of recording, with a minimum of `LEAST_PATIENCE`."""

LEAST_PATIENCE = 300.0

SOUND_MAY_DIFFER = 0.1
"""Seconds that sound may end before or after the picture without being encoded again."""

PLACED_WITHIN = 0.02
"""Seconds that sound may be off its own time before it is put right: half a frame."""

CANCELLED = 3.0
"""Decibels that the difference of two sides is louder than their mean when they are opposite."""

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

DAMAGED = re.compile(rb"error while decoding|error splitting|error submitting|corrupt|concealing", re.IGNORECASE)
"""What ffmpeg says of packets that cannot be decoded, or not whole."""

DIFFERENCE = "mono|c0=0.5*c0-0.5*c1"
BOTH = "mono|c0=0.7071*c0+0.7071*c1"

Progress = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Clip:
    """A normalised clip: where it is, its duration in seconds, whether it has sound, what is to be said of it."""

    video: Path
    audio: Path
    duration: float
    has_audio: bool
    encoded: bool
    remarks: tuple[Text, ...] = ()


def normalise(source: Path, target: Path, progress: Progress = lambda done, total: None) -> Clip:
    """Make a clip of a recording; the streams that already conform are kept as they are.

    The clip lasts as long as the picture; sound that ends before is silent from there on.

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
    recording = _usable(source, info)
    encode = not _picture_conforms(source, info, recording)
    encode_sound = encode or not _sound_conforms(info, recording)
    audio = target.with_suffix(".m4a")
    with replacing(target, suffix=".mp4") as video_part, replacing(audio, suffix=".m4a") as audio_part:
        decoding = _decoding(source, recording) if encode_sound and recording.sound else []
        said = _run(
            _command(source, info, recording, video_part, encode, bool(decoding)),
            source,
            recording.duration,
            progress,
            decoding,
        )
        made = probe(video_part) if encode or decoding else info
        lost = recording.duration - made.video.duration if encode and made.video else 0.0
        if lost > max(1.0, 0.02 * recording.duration):
            raise _incomplete(source, recording.duration - lost, recording.duration)
        opposite = _write_waveform(video_part, made, audio_part, info, recording, source)
    return Clip(
        target,
        audio,
        recording.duration - lost,
        info.audio is not None,
        encode,
        tuple(remarks(info, recording, Finding(lost, opposite, bool(DAMAGED.search(said))))),
    )


def conforms(path: Path, info: MediaInfo) -> bool:
    """Tell whether a recording already is what `normalise` makes."""
    recording = measure(info, read_packets(path, info.video.index if info.video else None))
    return recording is not None and _picture_conforms(path, info, recording) and _sound_conforms(info, recording)


def _picture_conforms(path: Path, info: MediaInfo, recording: Recording) -> bool:
    video = info.video
    if video is None or "mp4" not in info.container.split(","):
        return False
    if (video.codec, video.pixel_format, video.rotation) != ("h264", "yuv420p", 0):
        return False
    if video.frames_per_second != FRAMES_PER_SECOND or video.start != 0 or recording.zero != 0:
        return False
    return _index_in_front(path) and _regular(recording)


def _sound_conforms(info: MediaInfo, recording: Recording) -> bool:
    audio, sound = info.audio, recording.sound
    if audio is None or sound is None:
        return audio is None
    if audio.codec != "aac" or abs(audio.start) > 0.001 or not sound.steady:
        return False
    return abs(sound.end - recording.picture.end) < SOUND_MAY_DIFFER


def _usable(source: Path, info: MediaInfo) -> Recording:
    """Measure a recording, and refuse what cannot be used."""
    if info.video is None:
        raise MediaProblem(str(source), nl="er is geen beeld in dit bestand", en="there is no picture in this file")
    _not_too_long(source, info.video.duration)
    recording = measure(info, read_packets(source, info.video.index))
    if recording is None:
        raise MediaProblem(
            str(source),
            nl="er staan geen beelden in dit bestand; kopieer de opname opnieuw",
            en="there are no pictures in this file; copy the recording again",
        )
    _not_too_long(source, recording.duration)
    if recording.missing > max(1.0, 0.02 * (recording.duration + recording.missing)):
        raise _incomplete(source, recording.duration, recording.duration + recording.missing)
    return recording


def _not_too_long(source: Path, duration: float) -> None:
    if duration > LONGEST:
        hours = LONGEST / 3600
        raise MediaProblem(
            str(source),
            nl=f"de opname is langer dan {hours:.0f} uur; knip er een stuk uit",
            en=f"the recording is longer than {hours:.0f} hours; cut a part of it",
        )


def _incomplete(source: Path, there: float, promised: float) -> MediaProblem:
    return MediaProblem(
        str(source),
        nl=f"onvolledig ({there:.1f} van {promised:.1f} s); kopieer de opname opnieuw",
        en=f"incomplete ({there:.1f} of {promised:.1f} s); copy the recording again",
    )


def _regular(recording: Recording) -> bool:
    """Tell whether frames come at a constant rate to the end, with a key frame each second."""
    times, keys = recording.picture.times, recording.picture.key_times
    if not keys:
        return False
    step = 1 / FRAMES_PER_SECOND
    even = all(abs(time - number * step) < 0.002 for number, time in enumerate(times))
    gaps = [after - before for before, after in zip(keys, [*keys[1:], times[-1]], strict=True)]
    return recording.missing < 0.5 and even and keys[0] < step and max(gaps) <= KEY_FRAME_SECONDS + 0.002


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


def _decoding(source: Path, recording: Recording) -> list[list[str]]:
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
    placing = _placed(ffmpeg.input("pipe:0", format="nut")["a:0"], recording.duration).output("pipe:1", format="s16le")
    options = ("-nostdin", "-v", "error")
    return [decoding.global_args(*options).compile(), placing.global_args(*options, "-copyts").compile()]


def _command(
    source: Path, info: MediaInfo, recording: Recording, video: Path, encode: bool, piped_sound: bool
) -> list[str]:
    """Return the ffmpeg command that writes the clip; sound that is encoded comes in by a pipe."""
    assert info.video is not None
    # Filters of the picture bear a change of size; building them anew would begin at zero again.
    whole = {"reinit_filter": 0} if encode else {}
    given = ffmpeg.input(file_address(source), **SAFE_INPUT, itsoffset=_shift(recording), **whole)
    picture = given[str(info.video.index)]
    streams: list[Any] = [_upright(picture, info.video) if encode else picture]
    kept: dict[str, Any] = H264 if encode else {"vcodec": "copy"}
    if piped_sound:
        streams.append(ffmpeg.input("pipe:0", format="s16le", ar=AAC["ar"], ac=AAC["ac"])["a:0"])
        kept = {**kept, **AAC}
    elif info.audio:
        streams.append(given[str(info.audio.index)])
        kept = {**kept, "acodec": "copy"}
    clip = ffmpeg.output(*streams, f"file:{video}", **BARE, **kept)
    options = ("-nostdin", "-v", "error", "-progress", "pipe:1", "-stats_period", "1")
    command: list[str] = clip.global_args(*options).compile(overwrite_output=True)
    return command


def _shift(recording: Recording) -> str:
    """Return what ffmpeg is to add to the time of all that is in a recording, in seconds.

    It is never nothing: of a transport stream ffmpeg would then take the first of what it is to read
    for the beginning, and that differs for picture and sound.
    """
    return f"{-recording.late:.6f}" if recording.late else "0.000001"


def _upright(picture: Any, video: VideoStream) -> Any:
    """Return the picture at a constant rate from zero, of one size with even sides and square pixels."""
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    width, height = _size(video)
    steady = picture.filter("fps", fps=FRAMES_PER_SECOND, start_time=0)
    # The filter that keeps proportions knows no pixels that are not square.
    proportions = "decrease" if video.pixel_aspect == 1 else "disable"
    fitted = steady.filter("scale", width, height, force_original_aspect_ratio=proportions)
    return fitted.filter("pad", width, height, "(ow-iw)/2", "(oh-ih)/2", eval="frame").filter("setsar", 1)


def _size(video: VideoStream) -> tuple[int, int]:
    """Return width and height of the clip: upright, even, no smaller than the picture."""
    width = math.floor(video.width * max(Fraction(1), video.pixel_aspect) / 2) * 2
    height = math.floor(video.height / min(Fraction(1), video.pixel_aspect) / 2) * 2
    return (height, width) if video.rotation % 180 else (width, height)


def _placed(sound: Any, duration: float) -> Any:
    """Return sound with silence wherever there is none, up to the end of the picture."""
    placed = sound.filter("aresample", **{"async": 1, "min_hard_comp": PLACED_WITHIN, "first_pts": 0})
    return placed.filter("apad", whole_dur=f"{duration:.6f}").filter("atrim", end=f"{duration:.6f}")


def _write_waveform(
    clip: Path, made: MediaInfo, audio: Path, info: MediaInfo, recording: Recording, source: Path
) -> bool:
    """Write the sound of a clip as the waveform and the cutter need it, and tell whether its sides are opposite.

    Of sides that cancel each other out the difference is heard, else their mean.
    """
    if made.audio is None or info.audio is None:
        silence = ffmpeg.input("anullsrc=r=16000:cl=mono", f="lavfi", t=f"{recording.duration:.3f}")
        _run(_light(silence, audio), source, recording.duration)
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
    _run(_light(_placed(sound, recording.duration), audio), source, recording.duration)
    return opposite


def _is_opposite(clip: Path, source: Path, duration: float) -> bool:
    """Tell whether the two sides of a clip cancel each other out."""
    parts = ffmpeg.input(file_address(clip), **SAFE_INPUT)["a:0"].filter_multi_output("asplit", 2)
    mean = parts.stream(0).filter("aformat", channel_layouts="mono").filter("volumedetect")
    difference = parts.stream(1).filter("pan", args=DIFFERENCE).filter("volumedetect")
    outputs = ffmpeg.merge_outputs(mean.output("-", format="null"), difference.output("-", format="null"))
    said = _run(outputs.global_args("-nostdin", "-v", "info").compile(), source, duration)
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


def _run(
    arguments: list[str],
    source: Path,
    duration: float,
    progress: Progress = lambda done, total: None,
    before: Sequence[list[str]] = (),
) -> bytes:
    """Run ffmpeg, reading what other commands give if there are some, and return what it said."""
    limit = max(LEAST_PATIENCE, duration * PATIENCE)
    with tempfile.TemporaryFile() as errors, _piped(before, errors) as pipe:
        process = children.start(arguments, stdout=subprocess.PIPE, stderr=errors, stdin=pipe)
        if not isinstance(pipe, int):
            pipe.close()
        with children.limited(process, limit) as is_late:
            assert process.stdout is not None
            for line in process.stdout:
                name, _, value = line.decode("ascii", "replace").strip().partition("=")
                if name == "out_time_us" and value.isdigit():
                    progress(int(value) / 1e6, duration)
            status = process.wait()
        errors.seek(0)
        said = errors.read()
    if is_late():
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
        reason = ffmpeg_reason(reason_of(said))
        raise MediaProblem(
            str(source), nl=f"beschadigd of onvolledig ({reason.nl})", en=f"damaged or incomplete ({reason.en})"
        )
    return said


@contextmanager
def _piped(commands: Sequence[list[str]], errors: IO[bytes]) -> Iterator[IO[bytes] | int]:
    """Give what another process is to read: what the last of some commands gives. They end with the block."""
    if not commands:
        yield subprocess.DEVNULL
        return
    *others, last = commands
    with _piped(others, errors) as pipe:
        process = children.start(last, stdout=subprocess.PIPE, stderr=errors, stdin=pipe)
        if not isinstance(pipe, int):
            pipe.close()
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            process.kill()
            process.wait()
