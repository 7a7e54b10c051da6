"""Of several sound tracks the one with speech, unless somebody chose."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from scripts.excerpts import SOUND_RATE, one_channel, small_sound
from scripts.running import run_ffmpeg
from vib.media import SAFE_INPUT, AudioStream, MediaInfo, MediaProblem, file_address
from vib.problem import InputProblem

LISTENED = 1800.0
"""Seconds from the beginning that are listened to."""

MUCH_MORE = 1.3
"""How many times as much speech another track must have than the first to be used in its place."""

LEAST_SPEECH = 0.02
"""Share of the time with speech below which there is none."""

FRAME, HOP = 256, 80
"""Samples that are looked at together, and from one such time to the next: 64 and 20 ms."""

VOICES = slice(SOUND_RATE // 400, SOUND_RATE // 80)
"""Samples from one beat of a voice to the next, for voices from 400 down to 80 Hz."""

VOICED = 0.5
"""How much sound must agree with itself one beat later, of 1, to be a voice."""

QUIET = 3e-7
"""Power, of 1 at most, of what is heard least: about -65 dB."""

SYLLABLES = 4.0
"""How many decibels the loudness of speech goes up and down within a second."""


def with_sound(source: Path, info: MediaInfo, asked: int | None) -> MediaInfo:
    """Return what is in a recording, with the sound track that is to be used.

    Parameters
    ----------
    asked : int or None
        Which of its sound tracks, from 1; None for the one with speech.

    Raises
    ------
    InputProblem
        There is no such track, or it cannot be decoded.
    """
    if asked is not None:
        return info.with_audio(_asked(source, info, asked))
    if len(info.sounds) < 2:
        return info
    shares = [speech_share(samples) for samples in _listened(source, info.sounds)]
    best = int(np.argmax(shares))
    much = shares[best] > LEAST_SPEECH and shares[best] > MUCH_MORE * shares[0]
    return info.with_audio(info.sounds[best if much else 0])


def speech_share(samples: NDArray[np.int16]) -> float:
    """Return in which share of the time there is speech: voices whose loudness goes up and down as syllables do.

    Examples
    --------
    >>> hum = (3000 * np.sin(np.arange(5 * SOUND_RATE) / 20)).astype(np.int16)
    >>> hiss = (3000 * np.random.default_rng(0).standard_normal(5 * SOUND_RATE)).astype(np.int16)
    >>> speech_share(hum), speech_share(hiss), speech_share(hum[:0])
    (0.0, 0.0, 0.0)
    """
    second = SOUND_RATE
    count = len(samples) // second
    return sum(_is_speech(samples[number * second : (number + 1) * second]) for number in range(count)) / max(1, count)


def _is_speech(samples: NDArray[np.int16]) -> bool:
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64) / 32768, FRAME)[::HOP]
    window = np.hanning(FRAME)
    power = np.mean(frames**2, axis=1)
    heard = power > QUIET
    if not heard.any():
        return False
    own = np.fft.irfft(np.abs(np.fft.rfft(frames * window, 2 * FRAME)) ** 2)[:, :FRAME]
    shape = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * FRAME)) ** 2)[:FRAME]
    alike = own[:, VOICES] / shape[VOICES] * shape[0] / np.maximum(own[:, :1], 1e-12)
    voiced = heard & (alike.max(axis=1) > VOICED)
    loudness = 10 * np.log10(np.maximum(power, QUIET))
    return bool(np.mean(voiced) > 0.2 and np.std(loudness) > SYLLABLES)


def _asked(source: Path, info: MediaInfo, asked: int) -> AudioStream:
    found = next((sound for sound in info.sounds if sound.number == asked), None)
    if found is None and asked > info.sound_tracks:
        raise InputProblem(
            f"{source}: sound",
            nl=f"{asked}, maar er zijn {info.sound_tracks} geluidssporen",
            en=f"{asked}, but there are {info.sound_tracks} sound tracks",
        )
    if found is None:
        raise InputProblem(
            f"{source}: sound",
            nl=f"geluidsspoor {asked} is hier niet te lezen; kies een ander",
            en=f"sound track {asked} cannot be read here; choose another one",
        )
    return found


def _listened(source: Path, sounds: Sequence[AudioStream]) -> list[NDArray[np.int16]]:
    """Return the sound of each track, small; of what cannot be decoded nothing."""
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in sounds]
        given = ffmpeg.input(file_address(source), **SAFE_INPUT, vn=None, t=LISTENED)
        outputs = [
            small_sound(given[str(sound.index)]).output(f"pipe:{file.fileno()}", format="s16le")
            for sound, file in zip(sounds, files, strict=True)
        ]
        command = ffmpeg.merge_outputs(*outputs).global_args("-nostdin", "-nostats", "-v", "error").compile()
        try:
            run_ffmpeg(command, source, LISTENED, into=[file.fileno() for file in files])
        except MediaProblem:
            return [np.zeros(0, dtype=np.int16) for _ in sounds]
        return [_samples_in(file) for file in files]


def _samples_in(file: IO[bytes]) -> NDArray[np.int16]:
    file.seek(0)
    return one_channel(np.frombuffer(file.read(), dtype="<i2").reshape(-1, 2))
