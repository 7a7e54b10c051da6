"""The sound of a scene: Dutch voices by espeak-ng laid on quiet room tone.

A child is made from a woman's voice that is spoken slowly and at a high pitch and then played faster:
that moves pitch and formants together and gives the tempo back.
"""

from __future__ import annotations

import subprocess
import tempfile
import wave
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scenes import Line, Scene

RATE = 48_000
FPS = 25
TICK = RATE // 1000
MIN_SAME_ACTOR_GAP = 1.0
MIN_ACTOR_GAP = 0.2
TAIL = 1.4
SPEECH_RMS = 10 ** (-23 / 20)
ROOM_RMS = 10 ** (-62 / 20)
TRIM = 0.08
TRIM_WINDOW = 10 * TICK

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Voice:
    """How one person sounds: espeak-ng voice, pitch (0-99), words a minute and playback speed-up."""

    name: str
    pitch: int
    words: int
    shift: float = 1.0


VOICES = {
    ("F-0001", "kind"): Voice("nl+f5", 82, 108, 1.27),
    ("F-0001", "pm"): Voice("nl+f2", 56, 162),
    ("F-0002", "kind"): Voice("nl+f4", 92, 118, 1.22),
    ("F-0002", "pv"): Voice("nl+m3", 66, 160),
    ("F-0002", "pm"): Voice("nl+f3", 50, 162),
    ("F-0003", "pm"): Voice("nl+f1", 54, 160),
    ("F-0004", "kind"): Voice("nl+f4", 88, 112, 1.25),
    ("F-0004", "mo"): Voice("nl+f2", 48, 158),
    ("F-0004", "pm"): Voice("nl+f3", 60, 164),
    ("F-0005", "kind"): Voice("nl+f5", 84, 110, 1.26),
    ("F-0005", "kind2"): Voice("nl+f4", 94, 112, 1.24),
    ("F-0005", "kind3"): Voice("nl+f3", 96, 116, 1.24),
    ("F-0005", "juf"): Voice("nl+f2", 60, 160),
    ("F-0006", "kind"): Voice("nl+f5", 90, 114, 1.23),
    ("F-0006", "pv"): Voice("nl+m1", 58, 158),
    ("F-0007", "vib"): Voice("nl+f3", 52, 158),
    ("F-0007", "pm"): Voice("nl+f2", 62, 160),
    ("F-0007", "pv"): Voice("nl+m3", 56, 156),
}


@dataclass(frozen=True)
class Placed:
    """One line as it lies in the clip: whose turn it is and between which samples."""

    line: Line
    first: int
    last: int

    @property
    def who(self) -> str:
        """The member of the family."""
        return self.line.who

    @property
    def sounds(self) -> bool:
        """Whether anything is said."""
        return bool(self.line.text)

    @property
    def start(self) -> float:
        """Seconds from the start of the clip."""
        return round(self.first / RATE, 3)

    @property
    def end(self) -> float:
        """Seconds from the start of the clip."""
        return round(self.last / RATE, 3)


@dataclass(frozen=True)
class Sound:
    """The sound of a clip, where each line lies in it, and each line by itself."""

    samples: Samples
    placed: tuple[Placed, ...]
    parts: tuple[Samples, ...]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / RATE

    @property
    def spoken(self) -> tuple[Placed, ...]:
        """The lines in which something is said."""
        return tuple(placed for placed in self.placed if placed.sounds)

    def loudness(self) -> dict[str, Samples]:
        """Give how loud each person speaks in each video frame, from 0 to 1."""
        hop = RATE // FPS
        loudness: dict[str, Samples] = {}
        for line, part in zip(self.placed, self.parts, strict=True):
            whole = loudness.setdefault(line.who, np.zeros(len(self.samples) // hop))
            alone = np.zeros(len(self.samples))
            alone[line.first : line.last] = part
            rms = np.sqrt(np.mean(alone.reshape(-1, hop) ** 2, axis=1))
            whole[:] = np.maximum(whole, np.clip(rms / (2.2 * SPEECH_RMS), 0, 1))
        return loudness


def resample(samples: Samples, length: int) -> Samples:
    """Stretch or squeeze samples to a length by cutting or padding their spectrum."""
    spectrum = np.fft.rfft(samples)
    wanted = np.zeros(length // 2 + 1, dtype=np.complex128)
    shared = min(len(spectrum), len(wanted))
    wanted[:shared] = spectrum[:shared]
    return np.asarray(np.fft.irfft(wanted, length) * (length / len(samples)))


def speak(voice: Voice, text: str) -> Samples:
    """Speak a text, trimmed to where it sounds and cut to whole milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        options = ["-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.words), "-w", str(path)]
        subprocess.run(["espeak-ng", *options, text], check=True, capture_output=True)
        with wave.open(str(path)) as file:
            rate = file.getframerate()
            raw = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64)
    samples = resample(raw, round(len(raw) * RATE / rate / voice.shift))
    loudness = np.sqrt(np.convolve(samples**2, np.full(TRIM_WINDOW, 1 / TRIM_WINDOW), "same"))
    heard = np.flatnonzero(loudness > TRIM * np.sqrt(np.mean(samples**2)))
    samples = samples[heard[0] : heard[-1] + 1]
    samples = np.pad(samples, (0, -len(samples) % TICK))
    return np.asarray(samples * (SPEECH_RMS / np.sqrt(np.mean(samples**2))))


def room_tone(length: int, seed: int) -> Samples:
    """Make pink noise, as quiet as a room where nobody speaks."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    frequency = np.fft.rfftfreq(length, 1 / RATE)
    spectrum *= 1 / np.sqrt(np.maximum(frequency, 40.0))
    noise = np.fft.irfft(spectrum, length)
    return np.asarray(noise * (ROOM_RMS / np.sqrt(np.mean(noise**2))))


def check_gaps(scene: Scene, spoken: tuple[Placed, ...]) -> None:
    """Refuse a scene in which two turns of one actor run together, or lie less than a second apart of one person."""
    for actor in {placed.line.actor for placed in spoken}:
        own = [placed for placed in spoken if placed.line.actor == actor]
        for before, after in pairwise(own):
            gap = (after.first - before.last) / RATE
            least = MIN_SAME_ACTOR_GAP if before.who == after.who else MIN_ACTOR_GAP
            if gap < least:
                raise ValueError(f"{scene.name}: {gap:.3f} s between turns of {actor} before {after.start} s")


def sounding(family: str, line: Line) -> Samples:
    """Give the sound of a line: silence for a turn without."""
    return speak(VOICES[family, line.who], line.text) if line.text else np.zeros(round(line.length * 1000) * TICK)


def record(family: str, scene: Scene, seed: int) -> Sound:
    """Speak a whole scene.

    Parameters
    ----------
    family
        The family whose voices speak.
    scene
        The lines and the pauses between them.
    seed
        The seed of the room tone.

    Returns
    -------
    Sound
        The clip lasts a whole number of seconds.
    """
    parts = tuple(sounding(family, line) for line in scene.lines)
    placed: list[Placed] = []
    end = 0
    for line, part in zip(scene.lines, parts, strict=True):
        first = end + round(line.gap * 1000) * TICK
        placed.append(Placed(line, first, first + len(part)))
        end = first + len(part)
    length = -(-(max(one.last for one in placed) + round(TAIL * RATE)) // RATE) * RATE
    samples = room_tone(length, seed)
    for one, part in zip(placed, parts, strict=True):
        samples[one.first : one.last] += part
    sound = Sound(samples, tuple(placed), parts)
    check_gaps(scene, sound.spoken)
    return sound
