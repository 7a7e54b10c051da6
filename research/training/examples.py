"""What the product hears in simulated conversations, with the truth: what the network learns from.

Sounds go through `Hearing` and `activity_of` themselves, with something in the place of the network that
keeps what it would have been given; so that what is learnt from is what is there at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, final

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from backend_ml.turns.audio import RATE, Samples
from backend_ml.turns.deciding import activity_of
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.head import RoleHead, VoiceKernel
from backend_ml.turns.hearing import Hearing
from backend_ml.turns.models import THREADS, Models
from backend_ml.turns.network import HEARD, ActivityNetwork, Stage
from backend_ml.turns.signals import FIRST_CENTRE, FRAME, Floats
from backend_ml.weights import weights_file
from backend_ml.weights.install import Say
from research.training.bank import Bank
from research.training.conversations import Conversation, converse
from research.training.keeping import keep, kept
from research.training.loudness import FRAME as ACT_FRAME
from vib.language import Text

SECONDS = 30.0
"""Of a conversation."""

PER_CHUNK = 10
"""Conversations in a file: five minutes."""

BLOCK = RATE
"""Samples that are heard at once."""

COVERED = 0.3
"""How well voices cover a step from which they say something of it."""

TRUE = 0.8
"""Part of the steps of one role of which the voices say the right role, in conversations that are learnt from."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Listeners:
    """The models that are not trained here."""

    segmentation: InferenceSession
    camplusplus: InferenceSession


@final
@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What was heard in one conversation, and what there was to hear.

    Parameters
    ----------
    signals : ndarray of float16, shape (steps, signals)
        What the first stage of the network is given.
    acts : ndarray of float16, shape (steps, 2)
        How much of each step a child, and an adult, acts.
    starts, ends : ndarray of float32, shape (windows,)
        Seconds.
    voices : ndarray of float16, shape (windows, 192)
    fold : int
        Of the speakers.
    """

    signals: NDArray[np.float16]
    acts: NDArray[np.float16]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    voices: NDArray[np.float16]
    fold: int


@final
@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """What the network learns from: conversations of equal length.

    Parameters
    ----------
    signals : ndarray of float16, shape (conversations, steps, signals)
    voices : ndarray of float16, shape (conversations, steps, 3)
        What the second stage is given besides what the first says: what the voices say.
    acts : ndarray of float16, shape (conversations, steps, 2)
    fold : ndarray of int, shape (conversations,)
    """

    signals: NDArray[np.float16]
    voices: NDArray[np.float16]
    acts: NDArray[np.float16]
    fold: NDArray[np.intp]


@final
class Kept:
    """Stands where a stage of the network stands, and keeps what it is given."""

    context = 0

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._given: list[Floats] = []

    def __call__(self, signals: Floats) -> Floats:
        """Keep signals, shape (steps, signals); answer nothing."""
        self._given.append(signals)
        return np.zeros((len(signals), self._answers), dtype=np.float32)

    in_portions = __call__

    def all(self) -> Floats:
        """Return what was given, in order."""
        return np.concatenate(self._given)


def open_listeners() -> Listeners:
    """Load the models that are not trained here.

    Raises
    ------
    WeightsProblem
        Weights are missing or wrong.
    """
    options = SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    # Training goes on for hours beside other work: threads that wait may not keep a core busy.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    sessions = [
        InferenceSession(weights_file(name), options, providers=["CPUExecutionProvider"])
        for name in ("segmentation", "camplusplus")
    ]
    return Listeners(*sessions)


def hear(samples: Samples, listeners: Listeners, hears: Stage) -> Evidence:
    """Return what the product hears in samples, with a first stage of one's own."""
    network = ActivityNetwork(hears, hears)
    hearing = Hearing(Models(listeners.segmentation, listeners.camplusplus, network))
    for first in range(0, len(samples), BLOCK):
        hearing.feed(samples[first : first + BLOCK])
    return hearing.finish(len(samples) / RATE)


def heard_in(conversation: Conversation, fold: int, listeners: Listeners) -> Heard:
    """Listen to a conversation."""
    signals = Kept(HEARD)
    evidence = hear(conversation.samples, listeners, cast(Stage, signals))
    steps = len(evidence.frames)
    return Heard(
        signals.all()[:steps].astype(np.float16),
        acts_at_steps(conversation.acts, steps).astype(np.float16),
        evidence.starts,
        evidence.ends,
        evidence.voices,
        fold,
    )


def examples_of(conversations: Sequence[Heard], kernels: Sequence[VoiceKernel]) -> Examples:
    """Return what the network learns from, with what the kernel says that did not hear the speakers."""
    return Examples(
        np.stack([heard.signals for heard in conversations]),
        np.stack([voices_along(heard, kernels[heard.fold]) for heard in conversations]).astype(np.float16),
        np.stack([heard.acts for heard in conversations]),
        np.array([heard.fold for heard in conversations], dtype=np.intp),
    )


def with_true_voices(examples: Examples) -> Examples:
    """Leave out the conversations in which the voices mislead.

    Simulated voices are stranger than those at home. A network that learns where the voices are wrong
    learns to know its own speakers instead, of which it has few, and is worse on those of others.
    """
    acts, said = examples.acts > 0.5, examples.voices[..., 1] > 0
    one = (acts[..., 0] ^ acts[..., 1]) & (examples.voices[..., 2] > COVERED)
    right = (one & (said == acts[..., 0])).sum(axis=1)
    true = right >= TRUE * one.sum(axis=1)
    return Examples(examples.signals[true], examples.voices[true], examples.acts[true], examples.fold[true])


def voices_along(heard: Heard, kernel: VoiceKernel) -> Floats:
    """Return what the second stage of the network is told of the voices at each step, shape (steps, 3)."""
    nothing = np.zeros((len(heard.acts), HEARD + 1), dtype=np.float16)
    evidence = Evidence(0.0, nothing, heard.starts, heard.ends, heard.voices)
    decided = Kept(2)
    stage = cast(Stage, decided)
    activity_of(evidence, cast(RoleHead, kernel), ActivityNetwork(stage, stage))
    return decided.all()[:, HEARD:]


def acts_at_steps(acts: NDArray[np.bool_], steps: int) -> NDArray[np.float64]:
    """Return how much of each step is acted in: in none, one or both of its frames, shape (steps, 2)."""
    middles = (FIRST_CENTRE + FRAME * np.arange(2 * steps)) / ACT_FRAME
    at_frames = acts[np.minimum(middles.astype(np.intp), len(acts) - 1)].astype(np.float64)
    return np.asarray((at_frames[0::2] + at_frames[1::2]) / 2)


def conversation_of(
    bank: Bank, folds: dict[str, int], seed: Sequence[int], seconds: float = SECONDS
) -> tuple[Conversation, int]:
    """Draw a fold and simulate a conversation among its speakers; return both."""
    rng = np.random.default_rng(seed)
    fold = int(rng.integers(max(folds.values()) + 1))
    return converse(bank.only([name for name, number in folds.items() if number == fold]), rng, seconds), fold


def write_chunks(
    folder: Path,
    bank: Bank,
    folds: dict[str, int],
    listeners: Listeners,
    chunks: int,
    seed: int,
    say: Say,
    *,
    seconds: float = SECONDS,
) -> list[Path]:
    """Write what is heard in files of `PER_CHUNK` conversations, and return them; those that are there are left alone.

    What is in a file depends on the seed and its number only, so that a run that was broken off and goes on
    gives what it would have given.
    """
    paths = [folder / f"{number:04}.npz" for number in range(chunks)]
    for number, path in enumerate(paths):
        if path.exists():
            continue
        drawn = [conversation_of(bank, folds, [seed, 3, number, which], seconds) for which in range(PER_CHUNK)]
        found = [heard_in(conversation, fold, listeners) for conversation, fold in drawn]
        keep(
            path,
            {
                "signals": np.stack([heard.signals for heard in found]),
                "acts": np.stack([heard.acts for heard in found]),
                "fold": np.array([heard.fold for heard in found]),
                "windows": np.array([len(heard.voices) for heard in found]),
                "starts": np.concatenate([heard.starts for heard in found]),
                "ends": np.concatenate([heard.ends for heard in found]),
                "voices": np.concatenate([heard.voices for heard in found]),
            },
        )
        say(Text(nl=f"gesprekken: deel {number + 1}/{chunks}", en=f"conversations: part {number + 1}/{chunks}"))
    return paths


def read_chunks(paths: Sequence[Path]) -> list[Heard]:
    """Read what was heard.

    Raises
    ------
    InputProblem
        A file is damaged.
    """
    found = []
    for path in paths:
        arrays: dict[str, Any] = {**kept(path)}
        edges = np.cumsum(arrays["windows"])[:-1]
        parts = [np.split(arrays[name], edges) for name in ("starts", "ends", "voices")]
        rows = zip(arrays["signals"], arrays["acts"], *parts, arrays["fold"].tolist(), strict=True)
        found += [Heard(*row) for row in rows]
    return found
