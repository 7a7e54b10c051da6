"""Synthetic voices, and media files made of them."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
ADULT, CHILD = 120.0, 330.0
VOWELS = ((300, 2200, 2900), (700, 1200, 2500), (300, 870, 2240), (500, 1800, 2500), (400, 800, 2400))
TALK = ((1.0, 3.0, "volwassene"), (3.8, 5.8, "kind"), (7.0, 9.0, "volwassene"), (10.0, 11.5, "kind"))

Signal = NDArray[np.float64]


def speak(f0: float, seconds: float, seed: int = 0) -> Signal:
    """Make something that silero takes for a voice: pulses and breath through formants, in syllables."""
    t = np.arange(round(seconds * RATE)) / RATE
    phase = np.cumsum(f0 * (1 + 0.02 * np.sin(2 * np.pi * 0.7 * t))) / RATE
    breath = np.random.default_rng(seed).standard_normal(len(t)) * 0.005
    source = np.diff(np.floor(phase), prepend=0.0) + breath
    size = 1.25 if f0 > 250 else 1.0
    syllable = round(0.16 * RATE)
    out = np.zeros(len(t))
    for number, first in enumerate(range(0, len(t), syllable)):
        part = source[first : first + syllable]
        turn = np.exp(-2j * np.pi * np.fft.rfftfreq(2 * len(part)))
        shape = np.ones(len(turn), dtype=complex)
        for formant, width in zip(VOWELS[number % len(VOWELS)], (80, 100, 150), strict=True):
            r = np.exp(-np.pi * width / RATE)
            shape /= 1 - 2 * r * np.cos(2 * np.pi * formant * size / RATE) * turn + (r * turn) ** 2
        sung = np.fft.irfft(np.fft.rfft(part, 2 * len(part)) * shape)[: len(part)]
        sung *= np.sin(np.pi * np.arange(len(part)) / syllable) / (np.sqrt(np.mean(sung**2)) + 1e-9)
        out[first : first + len(part)] = sung
    return np.asarray(0.1 * out / np.sqrt(np.mean(out**2)))


def talk(seconds: float = 12.5) -> Signal:
    """Make a conversation of `TALK` on quiet noise."""
    out = np.random.default_rng(1).standard_normal(round(seconds * RATE)) * 3e-4
    for number, (start, end, actor) in enumerate(TALK):
        first = round(start * RATE)
        said = speak(CHILD if actor == "kind" else ADULT, end - start, number)
        out[first : first + len(said)] += said
    return out


def to_pcm(signal: Signal) -> NDArray[np.int16]:
    """Return 16-bit samples."""
    return np.clip(signal * 32767, -32768, 32767).astype(np.int16)


def write_wav(path: Path, signal: Signal) -> Path:
    """Write a mono file of 16 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(to_pcm(signal).tobytes())
    return path


def run_ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg and fail with what it says."""
    subprocess.run(["ffmpeg", "-y", "-v", "error", *map(str, arguments)], check=True)
