"""Recordings -> clips that every browser plays alike and whose time is the same everywhere.

A clip is MP4 with H.264 at a constant 25 frames a second, AAC sound when there is any,
a key frame at least every second, its index in front, upright, and starting at zero.
Its sound is as long as its picture. Beside it goes a light mono sound file for the waveform.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.conforming import picture_conforms, sound_conforms
from scripts.encoding import clip_command, shows_wide_range, sound_chains
from scripts.packets import read_packets
from scripts.recording import NOTHING_FOUND, Finding, Recording, measure, remarks
from scripts.running import Progress, run_ffmpeg
from scripts.timing import Part, clip_time, in_turn
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
    source: Path,
    target: Path,
    progress: Progress = lambda done, total: None,
    sound: int | None = None,
    then: Sequence[Path] = (),
) -> Clip:
    """Make a clip of a recording, or of several; the streams of one that already conform are kept as they are.

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
    then : Sequence[Path]
        Recordings that go on where it ends; their pictures become as large as those of the first.

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
    from scripts.beside import laid_beside
    from scripts.interlacing import first_half
    from scripts.judging import damaged_share, look_of
    from scripts.looking import look_at

    parts = _parts([source, *then], sound)
    duration = sum(part.lasts for part in parts)
    _not_too_long(source, duration)
    info, recording, alone = parts[0].info, parts[0].recording, len(parts) == 1
    encode = not alone or not picture_conforms(source, info, recording)
    heard = [part.info.audio for part in parts if part.info.audio is not None and part.recording.sound is not None]
    piped = bool(heard) and (encode or not sound_conforms(info, recording))
    halves = [first_half(part) if encode else None for part in parts]
    audio = target.with_suffix(SOUND)
    with replacing(target, suffix=PICTURE) as video_part, replacing(audio, suffix=SOUND) as audio_part:
        said = run_ffmpeg(
            clip_command(parts, video_part, encode=encode, halves=halves, piped_sound=piped),
            source,
            duration,
            progress,
            sound_chains(parts) if piped else (),
        )
        seen = look_at(video_part, duration, bool(heard), source)
        lost = duration - seen.duration if encode else 0.0
        if lost > max(1.0, 0.02 * duration):
            raise _incomplete(source, duration - lost, duration)
        channels = heard[0].channels if heard else 0
        opposite = seen.opposite and channels > 1
        write_waveform(video_part, audio_part, channels, duration, encoded=piped, opposite=opposite, source=source)
        # What is kept as it is has its own time.
        places = [*laid_beside(seen, parts)] if encode or piped else []
        damaged = damaged_share(said, sum(part.recording.packets for part in parts))
        remarked = [*_remarks(parts, Finding(lost, opposite, damaged), encode)]
        look = look_of(seen, places, parts, heard[0].number if heard else None, damaged, remarked)
        write_text(target.with_suffix(LOOK), look.model_dump_json(indent=1), mode=0o600)
        write_text(target.with_suffix(TIME), clip_time(parts).model_dump_json(indent=1), mode=0o600)
    return Clip(target, duration - lost, bool(heard), encode, look.remarks)


def _parts(sources: Sequence[Path], sound: int | None) -> tuple[Part, ...]:
    """Measure the recordings of a clip, and put them one after the other."""
    from scripts.sound_tracks import with_sound

    found = []
    for source in sources:
        info = with_sound(source, probe(source), sound)
        found.append((source, info, _usable(source, info)))
    return in_turn(found)


def _remarks(parts: Sequence[Part], finding: Finding, encode: bool) -> Iterator[Text]:
    """Yield what is to be said of the recordings of a clip; of several it is said of which."""
    for part in parts:
        for remark in remarks(part.info, part.recording, finding if part is parts[-1] else NOTHING_FOUND):
            named = Text(nl="{file}: {remark}", en="{file}: {remark}").filled(file=part.path.name, remark=remark)
            yield remark if len(parts) == 1 else named
    wide = any(part.info.video is not None and part.info.video.transfer in WIDE_RANGE for part in parts)
    if encode and wide and not shows_wide_range():
        yield _FLAT


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
