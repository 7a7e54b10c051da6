"""Segmenters in a process of their own: those that plugins offer, and peers to measure them against.

Usage::

    python benchmarks/turns_peers.py NAME

Reads a path a line and answers each with a line of JSON. Peers find speech their own way; who
speaks comes from pitch by the code of ``silero-f0``, and turns are made by the same rules, so
only what finds speech (and, in Resemblyzer, whose it is) differs. A peer has the whole sound in
memory, so its memory grows with the clip. Thresholds were set by hand, not tuned.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO, final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns import audio
from backend_ml.turns.audio import RATE, Samples
from backend_ml.turns.limits import Limits
from backend_ml.turns.rules import TurnRules, turns_of
from research.silero_f0.pitch import HOP, Floats, PitchTrack
from research.silero_f0.roles import RoleRules, label
from research.silero_f0.segmenter import SileroF0Segmenter
from research.silero_f0.speech import STEP, SpeechRules, SpeechStretches, Stretch, VoiceProbability, silero
from vib.media import MediaProblem, probe
from vib.problem import InputProblem
from vib.segmenting import Actor, Segmentation, Segmenter, Turn, Watch

TELL_EVERY = 5.0
"""Seconds between two lines about how far a clip is."""

SHORTEST, PAUSE = 0.2, 0.2
"""Least length of speech, and longest pause within it, where a peer has no rule of its own. Seconds."""

WEBRTC_FRAME = 480
QUIET_DECIBELS = -32
AUDITOK_WINDOW, AUDITOK_PERCENTILE, AUDITOK_ABOVE = 0.05, 20, 9.0
"""Sound is speech from so many decibels above what is as quiet as one window in five."""

VOICES_A_SECOND, VOICES_APART = 2.5, 0.32

Find = Callable[[Samples, Floats], list[Turn]]
"""From samples and F0 to stretches with an actor."""


@final
class Peer:
    """A way to find speech, made into a segmenter.

    Parameters
    ----------
    version : str
        Its name.
    find : callable
        From the samples and the F0 of a whole file to who speaks when.
    """

    def __init__(self, version: str, find: Find) -> None:
        self.version = version
        self._find = find

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return the turns of a media file.

        Raises
        ------
        MediaProblem
            The file cannot be read, is too long, or takes too long.
        """
        info = probe(path)
        samples = np.concatenate([np.empty(0, dtype=np.int16), *audio.stream(path, info, Limits())])
        pitch = PitchTrack()
        track = np.concatenate([np.empty(0, dtype=np.float32), *pitch.feed(samples), *pitch.finish()])
        turns = turns_of(self._find(samples, track), TurnRules())
        return Segmentation(path.name, max(info.duration, len(samples) / RATE), self.version, turns)


def by_pitch(find: Callable[[Samples], Iterable[Stretch]]) -> Find:
    """Let pitch say who speaks in stretches of speech."""

    def found(samples: Samples, track: Floats) -> list[Turn]:
        sure = np.ones(math.ceil(len(samples) / RATE / STEP) + 1, dtype=np.float32)
        return [turn for stretch in find(samples) for turn in label(stretch, sure, track, RoleRules())]

    return found


def stretches_of(active: NDArray[np.bool_], step: float) -> list[Stretch]:
    """Return the stretches in which steps are active, over short pauses and without short stretches.

    Examples
    --------
    >>> stretches_of(np.array([0, 1, 1, 1, 0, 1, 0, 0, 0, 1], dtype=bool), 0.1)
    [Stretch(start=0.1, end=0.6)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]])))
    joined: list[Stretch] = []
    for first, after in edges.reshape(-1, 2).tolist():
        start, end = round(first * step, 6), round(after * step, 6)
        if joined and start - joined[-1].end < PAUSE:
            start = joined.pop().start
        joined.append(Stretch(start, end))
    return [stretch for stretch in joined if stretch.end - stretch.start >= SHORTEST]


# The peers


def webrtc(mode: int) -> Segmenter:
    """WebRTC's detector, by webrtcvad-wheels; a mode from 0 to 3 that lets less and less through."""
    import webrtcvad

    def find(samples: Samples) -> list[Stretch]:
        detector = webrtcvad.Vad(mode)
        whole = samples[: len(samples) - len(samples) % WEBRTC_FRAME].reshape(-1, WEBRTC_FRAME)
        heard = [detector.is_speech(frame.tobytes(), RATE) for frame in whole]
        return stretches_of(np.array(heard, dtype=bool), WEBRTC_FRAME / RATE)

    return Peer(f"webrtcvad-{mode}", by_pitch(find))


def energy() -> Segmenter:
    """Return auditok's detector by energy, with a threshold above what is quiet in the file."""
    import auditok

    def find(samples: Samples) -> list[Stretch]:
        size = round(AUDITOK_WINDOW * RATE)
        windows = samples[: len(samples) - len(samples) % size].reshape(-1, size).astype(np.float64)
        if not len(windows):
            return []
        loud = 20 * np.log10(np.maximum(np.sqrt((windows**2).mean(axis=1)), 1e-10))
        regions = auditok.split(
            samples.tobytes(),
            sampling_rate=RATE,
            sample_width=2,
            channels=1,
            min_dur=SHORTEST,
            max_dur=None,
            max_trailing_silence=0,
            analysis_window=AUDITOK_WINDOW,
            energy_threshold=float(np.percentile(loud, AUDITOK_PERCENTILE)) + AUDITOK_ABOVE,
        )
        return [Stretch(float(region.start), float(region.end)) for region in regions]

    return Peer("auditok", by_pitch(find))


def silence() -> Segmenter:
    """Return what is between the silences of ffmpeg's silencedetect."""

    def find(samples: Samples) -> list[Stretch]:
        raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0"]
        detect = ["-af", f"silencedetect=noise={QUIET_DECIBELS}dB:d={PAUSE}", "-f", "null", "-"]
        command = ["ffmpeg", "-hide_banner", "-nostats", *raw, *detect]
        run = subprocess.run(command, input=samples.tobytes(), capture_output=True, timeout=900, check=True)
        said = run.stderr.decode(errors="replace")
        begin, end = (
            [float(time) for time in re.findall(rf"silence_{word}: (-?[\d.]+)", said)] for word in ("start", "end")
        )
        # Speech is from the end of a silence, or the start of the file, to the next one's start.
        return [
            Stretch(start, stop)
            for start, stop in zip([0.0, *end], [*begin, len(samples) / RATE], strict=False)
            if stop - start >= SHORTEST
        ]

    return Peer("silencedetect", by_pitch(find))


def resemblyzer() -> Segmenter:
    """Return silero's speech, cut by whose voice Resemblyzer hears; a voice is a child's or not by its pitch."""
    silero()
    from resemblyzer import VoiceEncoder
    from scipy.cluster.hierarchy import fcluster, linkage

    encoder = VoiceEncoder("cpu", verbose=False)

    def find(samples: Samples, track: Floats) -> list[Turn]:
        stretches = _silero(samples)
        windows: list[Stretch] = []
        voices: list[Floats] = []
        owner: list[int] = []
        for index, stretch in enumerate(stretches):
            heard = samples[int(stretch.start * RATE) : int(stretch.end * RATE)].astype(np.float32) / 32768
            _, partial, slices = encoder.embed_utterance(heard, return_partials=True, rate=VOICES_A_SECOND)
            voices.extend(np.nan_to_num(partial) + 1e-6)
            for piece in slices:
                until = min(stretch.end, stretch.start + piece.stop / RATE)
                windows.append(Stretch(stretch.start + piece.start / RATE, until))
                owner.append(index)
        if not windows:
            return []
        one = np.ones(len(windows), dtype=int)
        tree = linkage(np.array(voices), "average", metric="cosine") if len(windows) > 1 else None
        clusters = one if tree is None else fcluster(tree, VOICES_APART, "distance")
        roles = {int(c): _role([w for w, k in zip(windows, clusters, strict=True) if k == c], track) for c in clusters}
        turns = []
        for index, stretch in enumerate(stretches):
            mine = [i for i, who in enumerate(owner) if who == index]
            centres = [(windows[i].start + windows[i].end) / 2 for i in mine]
            edges = [stretch.start, *((a + b) / 2 for a, b in pairwise(centres)), stretch.end]
            for at, (start, end) in zip(mine, pairwise(edges), strict=True):
                turns.append(Turn(start, end, roles[int(clusters[at])], 0.5))
        return turns

    return Peer("resemblyzer", find)


def _silero(samples: Samples) -> list[Stretch]:
    voice, machine = VoiceProbability(), SpeechStretches(SpeechRules())
    return [*machine.feed([*voice.feed(samples), *voice.finish()]), *machine.finish()]


def _role(windows: list[Stretch], track: Floats) -> Actor:
    heard = np.concatenate([track[int(w.start / HOP) : int(w.end / HOP) + 1] for w in windows])
    voiced = heard[~np.isnan(heard)]
    if not len(voiced):
        return "onbekend"
    return "kind" if float(np.median(voiced)) > RoleRules().threshold else "volwassene"


PEERS: dict[str, Callable[[], Segmenter]] = {
    "silero-f0": SileroF0Segmenter,
    "webrtcvad-2": lambda: webrtc(2),
    "webrtcvad-3": lambda: webrtc(3),
    "auditok": energy,
    "silencedetect": silence,
    "resemblyzer": resemblyzer,
}
"""By name; one whose package is not there raises ImportError when it is made."""


# The process


def made(name: str) -> Segmenter:
    """Make a peer, or the segmenter that a plugin offers by this name.

    Raises
    ------
    ImportError
        What the peer needs is not there.
    InputProblem
        Nobody offers it.
    """
    if name in PEERS:
        return PEERS[name]()
    # Peers may live in an environment that has not all that plugins need.
    from backend_ml.choosing import choose_segmenter
    from vib.chosen import load_plugins
    from vib.settings import read_settings

    return choose_segmenter(load_plugins(read_settings()), name)


def _answer(segmenter: Segmenter, path: Path, answers: TextIO) -> dict[str, Any]:
    told = time.monotonic()

    def watch(done: float) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY:
            told = time.monotonic()
            print(json.dumps({"done": done}), file=answers, flush=True)

    wall, processor = time.perf_counter(), sum(os.times()[:4])
    try:
        found = segmenter.segment(path, watch)
    except MediaProblem as problem:
        return {"problem": str(problem)}
    took = {"work": time.perf_counter() - wall, "processor": sum(os.times()[:4]) - processor}
    return {**found.content(), **took}


def main() -> None:
    """Make one segmenter, and answer until nothing is asked any more."""
    # What libraries print must not be taken for an answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    try:
        segmenter = made(sys.argv[1])
    except (ImportError, InputProblem) as problem:
        if isinstance(problem, ImportError) and sys.argv[1] not in PEERS:
            raise
        print(json.dumps({"missing": str(problem)}), file=answers, flush=True)
        return
    print(json.dumps({"version": segmenter.version}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(segmenter, Path(json.loads(line)), answers)), file=answers, flush=True)


if __name__ == "__main__":
    main()
