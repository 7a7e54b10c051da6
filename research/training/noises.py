"""What a home does to voices, all of it synthetic: noise, reverberation, and the sounds of an infant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

from backend_ml.turns.audio import RATE
from backend_ml.turns.signals import Floats

Numbers = NDArray[np.float64]

Talk = Callable[[np.random.Generator], Floats]
"""Draws an utterance of somebody, for voices in the distance."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """How a voice comes from where somebody stands to the microphone.

    Parameters
    ----------
    tilt : float
        From -0.5 (treble is weaker) to 0.5; 0 for none.
    band : tuple of float, or None
        Lowest and highest frequency that comes through, in Hz.
    echo : ndarray of float32, or None
        The impulse response of the room.
    """

    tilt: float
    band: tuple[float, float] | None
    echo: Floats | None

    def heard(self, sound: Floats) -> Floats:
        """Return a sound as it is heard there; with an echo it lasts longer."""
        through = lfilter([1, self.tilt], [1], sound)
        if self.band is not None:
            through = sosfilt(butter(2, self.band, "band", fs=RATE, output="sos"), through)
        if self.echo is not None:
            through = fftconvolve(through, self.echo)
        return np.asarray(through, dtype=np.float32)


def place_of(rng: np.random.Generator) -> Place:
    """Draw a place."""
    tilt = float(rng.uniform(-0.5, 0.5)) if rng.random() < 0.7 else 0.0
    band = (float(rng.uniform(60, 250)), float(rng.uniform(3400, 7500))) if rng.random() < 0.3 else None
    return Place(tilt, band, echo_of(rng) if rng.random() < 0.85 else None)


def echo_of(rng: np.random.Generator) -> Floats:
    """Draw the impulse response of a room of which sound dies out in 0.1 to 0.6 s; the sound itself comes first."""
    fading = rng.uniform(0.1, 0.6)
    samples = int(RATE * min(0.5, fading))
    echo = rng.standard_normal(samples) * np.exp(-6.9 * np.arange(samples) / RATE / fading)
    echo *= rng.uniform(0.02, 0.12)
    echo[: int(rng.uniform(0.001, 0.006) * RATE)] *= 0.1
    echo[0] = 1
    for _ in range(rng.integers(2, 8)):
        echo[rng.integers(8, 400)] += rng.uniform(-0.5, 0.5)
    return np.asarray(echo, dtype=np.float32)


def noise_of(samples: int, rng: np.random.Generator, talk: Talk) -> Floats:
    """Draw noise with a standard deviation of 1: hiss and hum, bangs, tones, voices in the distance."""
    noise = _hiss(samples, rng)
    times = np.arange(samples) / RATE
    if rng.random() < 0.3:
        noise *= 1 + rng.uniform(0.3, 1) * np.sin(2 * np.pi * rng.uniform(0.2, 8) * times + rng.uniform(0, 6))
    if rng.random() < 0.3:
        noise += rng.uniform(0.2, 2) * _hum(times, rng)
    if rng.random() < 0.6:
        for _ in range(rng.integers(1, int(samples / RATE * 1.5) + 2)):
            _add(noise, _bang(rng), rng)
    if rng.random() < 0.15:
        for _ in range(rng.integers(2, 12)):
            _add(noise, _tone(rng), rng)
    if rng.random() < 0.1:
        for _ in range(rng.integers(2, 5)):
            noise += 0.5 * _level(_talk(samples, rng, talk))
    return np.asarray(_level(noise), dtype=np.float32)


def infant_of(rng: np.random.Generator) -> Floats:
    """Draw a cry or a laugh of an infant, with a standard deviation of 0.1."""
    laughs = rng.random() < 0.5
    pitch = rng.uniform(300, 600)
    parts: list[Numbers] = []
    for _ in range(rng.integers(3, 9) if laughs else rng.integers(1, 3)):
        seconds = rng.uniform(0.06, 0.2) if laughs else rng.uniform(0.35, 1.4)
        parts.append(_wail(pitch, seconds, rng))
        parts.append(np.zeros(int(RATE * (rng.uniform(0.04, 0.15) if laughs else rng.uniform(0.1, 0.5)))))
    return np.asarray(0.1 * _level(np.concatenate(parts)), dtype=np.float32)


def _wail(pitch: float, seconds: float, rng: np.random.Generator) -> Numbers:
    samples = int(RATE * seconds)
    part = np.linspace(0, 1, samples)
    arch = 1 + rng.uniform(-0.1, 0.35) * np.sin(np.pi * part ** rng.uniform(0.5, 1.5))
    tremor = 1 + 0.02 * np.sin(2 * np.pi * rng.uniform(4, 9) * part * seconds)
    tremor += 0.008 * np.cumsum(rng.standard_normal(samples)) / np.sqrt(samples)
    phase = 2 * np.pi * np.cumsum(pitch * arch * tremor) / RATE
    formants = (rng.uniform(800, 1400), rng.uniform(2200, 3800), rng.uniform(4500, 6500))
    voice: Numbers = np.zeros(samples)
    for harmonic in range(1, int(7500 / pitch)):
        gain = 0.08 + sum(np.exp(-(((harmonic * pitch - formant) / 700) ** 2)) for formant in formants)
        voice += gain * np.sin(harmonic * phase + rng.uniform(0, 6))
    voice = _level(voice) + rng.uniform(0.02, 0.6) * rng.standard_normal(samples)
    swell = np.minimum(1, np.minimum(part, 1 - part) * seconds / rng.uniform(0.015, 0.08))
    return np.asarray(voice * swell * rng.uniform(0.6, 1))


def _hiss(samples: int, rng: np.random.Generator) -> Numbers:
    """Return noise with a sloping spectrum that has some peaks."""
    spectrum = np.fft.rfft(rng.standard_normal(samples + 64))
    bins = np.arange(1, len(spectrum) + 1)
    spectrum *= bins ** -rng.uniform(0, 1.3)
    for _ in range(rng.integers(0, 4)):
        middle, width = rng.uniform(0, len(bins)), len(bins) * rng.uniform(0.005, 0.1)
        spectrum *= 1 + rng.uniform(0, 10) * np.exp(-(((bins - middle) / width) ** 2))
    return _level(np.fft.irfft(spectrum)[:samples])


def _hum(times: Numbers, rng: np.random.Generator) -> Numbers:
    pitch = rng.uniform(50, 400)
    hum = np.zeros(len(times))
    for harmonic in range(1, rng.integers(2, 8)):
        hum += np.sin(2 * np.pi * pitch * harmonic * times + rng.uniform(0, 6)) / harmonic
    return hum


def _bang(rng: np.random.Generator) -> Numbers:
    samples = int(RATE * rng.uniform(0.02, 0.6))
    bang = rng.standard_normal(samples)
    if rng.random() < 0.5:
        turn = 2 * np.pi * rng.uniform(200, 5000) / RATE
        bang = _level(lfilter([1], [1, -2 * 0.98 * np.cos(turn), 0.98**2], bang))
    return np.asarray(bang * np.exp(-np.arange(samples) / RATE / rng.uniform(0.01, 0.25)) * rng.uniform(1, 8))


def _tone(rng: np.random.Generator) -> Numbers:
    times = np.arange(int(RATE * rng.uniform(0.1, 1.5))) / RATE
    sung = np.sin(2 * np.pi * rng.uniform(150, 2500) * times)
    return np.asarray(rng.uniform(0.5, 3) * sung * np.exp(-times / rng.uniform(0.1, 1)))


def _talk(samples: int, rng: np.random.Generator, talk: Talk) -> Numbers:
    said = np.concatenate([talk(rng) for _ in range(6)])[:samples]
    return np.pad(said.astype(np.float64), (0, samples - len(said)))


def _add(noise: Numbers, sound: Numbers, rng: np.random.Generator) -> None:
    first = rng.integers(len(noise))
    noise[first : first + len(sound)] += sound[: len(noise) - first]


def _level(sound: Numbers) -> Numbers:
    return np.asarray(sound / (sound.std() + 1e-9))
