"""Recordings -> clips that every browser plays alike and whose time is the same everywhere.

A clip is MP4 with H.264 at a constant 25 frames a second, AAC sound when there is any,
a key frame at least every second, its index in front, upright, and starting at zero.
Its sound is as long as its picture. Beside it goes a light mono sound file for the waveform.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scripts.conforming import picture_conforms, sound_conforms
from scripts.encoding import clip_command, shows_wide_range, sound_commands
from scripts.packets import read_packets
from scripts.recording import Finding, Recording, measure, remarks
from scripts.running import Progress, run_ffmpeg
from scripts.timing import Part, clip_time
from scripts.waveform import write_waveform
from vib.atomic import replacing, write_text
from vib.clip_files import LOOK, PICTURE, SOUND, TIME
from vib.language import Text
from vib.media import LONGEST, WIDE_RANGE, MediaInfo, MediaProblem, probe

_FLAT = Text(
    nl="de kleuren zijn flets: de opname is HDR, en deze ffmpeg kan die niet omzetten (zscale ontbreekt)",
    en="the colours are flat: the recording is HDR, which this ffmpeg cannot convert (it has no zscale)",
)


@dataclass(frozen=True, slots=True)
class Clip:
    """A normalised clip: where it is, its duration in seconds, whether it has sound, what is to be said of it."""

    video: Path
    duration: float
    has_audio: bool
    encoded: bool
    remarks: tuple[Text, ...] = ()

    @property
    def audio(self) -> Path:
        """The light sound file beside it."""
        return self.video.with_suffix(SOUND)


def normalise(
    source: Path, target: Path, progress: Progress = lambda done, total: None, sound: int | None = None
) -> Clip:
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
    sound : int or None
        Which of the sound tracks is to be used, from 1; None for the one with speech.

    Raises
    ------
    InputProblem
        There is no such sound track that can be decoded.
    MediaProblem
        The recording cannot be used; says why.
    OSError
        The disk is full or not writable.
    """
    # With numpy, which commands that make no clips do not need.
    from scripts.beside import compared, reading
    from scripts.interlacing import first_half
    from scripts.judging import damaged_share, look_of
    from scripts.looking import look_at
    from scripts.sound_tracks import with_sound

    info = with_sound(source, probe(source), sound)
    recording = _usable(source, info)
    video = info.video
    assert video is not None
    encode = not picture_conforms(source, info, recording)
    encode_sound = encode or not sound_conforms(info, recording)
    audio = target.with_suffix(SOUND)
    with replacing(target, suffix=PICTURE) as video_part, replacing(audio, suffix=SOUND) as audio_part:
        first = first_half(source, video, recording.picture.start - info.start, recording.duration) if encode else None
        decoding = sound_commands(source, recording) if encode_sound and recording.sound else []
        said = run_ffmpeg(
            clip_command(
                source, info, recording, video_part, encode=encode, first_half=first, piped_sound=bool(decoding)
            ),
            source,
            recording.duration,
            progress,
            decoding,
        )
        seen = look_at(video_part, recording.duration, info.audio is not None, source)
        lost = recording.duration - seen.duration if encode else 0.0
        if lost > max(1.0, 0.02 * recording.duration):
            raise _incomplete(source, recording.duration - lost, recording.duration)
        opposite = seen.opposite and info.audio is not None and info.audio.channels > 1
        write_waveform(video_part, audio_part, info, recording, bool(decoding), opposite, source)
        # What is kept as it is has its own time.
        read = reading(source, info, recording)
        places = [*compared(seen, read)] if encode or decoding else []
        damaged = damaged_share(said, recording.packets)
        remarked = [*remarks(info, recording, Finding(lost, opposite, damaged))]
        if encode and video.transfer in WIDE_RANGE and not shows_wide_range():
            remarked.append(_FLAT)
        look = look_of(seen, places, recording, info.audio.number if info.audio else None, damaged, remarked)
        time = clip_time([Part(source.name, info, recording, 0.0, recording.duration - lost)])
        write_text(target.with_suffix(LOOK), look.model_dump_json(indent=1))
        write_text(target.with_suffix(TIME), time.model_dump_json(indent=1))
    return Clip(target, recording.duration - lost, info.audio is not None, encode, look.remarks)


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
