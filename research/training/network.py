"""Learning the network: the same two stages as `backend_ml.turns.network`, in torch, written as that reads them.

Numbers go by the names under which they are kept: ``hears.0.wide.matrix`` is the first affine map of the first
block of the first stage. Normalisations keep the mean and the variance of what passed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import numpy as np

from backend_ml.turns.network import HEARD
from backend_ml.weights.install import Say
from research.training.examples import Examples
from research.training.extras import extra
from research.training.keeping import Arrays, keep
from vib.language import Text
from vib.problem import InputProblem

Tensor = Any
State = dict[str, Tensor]

EPSILON = 1e-5
BATCH = 32
CROP = 296
"""Steps of a conversation that are learnt from at once: 10 s."""

RATE = 3e-3
DECAY = 3e-2
WARM_UP = 60
"""Steps of learning in which its rate rises."""

WITHOUT_VOICES = 0.08
"""Part of the conversations of which the voices are not told, so that the network can do without."""

SLOWEST = 0.995
"""How slowly the mean over the steps of learning, which is what is kept, follows."""

STEPS = 400
"""Of learning. Chosen on conversations of other speakers: after more it knows its own speakers, and others worse."""

CHECKED = 60
"""Conversations at most that show how learning goes."""

REPORT_EVERY = 20


@final
@dataclass(frozen=True, slots=True)
class Shape:
    """A stage: how many numbers go in, between and out, and how far each block looks."""

    name: str
    signals: int
    width: int
    answers: int
    dilations: tuple[int, ...]
    drop: float
    drop_first: float


HEARS = Shape("hears", 440, 64, HEARD, (1, 2, 4, 8, 16, 32, 1), 0.25, 0.35)
DECIDES = Shape("decides", HEARD + 3, 32, 2, (1, 2, 4, 8, 16), 0.1, 0.0)
SHAPES = (HEARS, DECIDES)

Progress = Callable[[int], float]
"""Given the number of steps done, which part of learning that is; at 1 it is over."""


def for_minutes(minutes: float) -> Progress:
    """Return the progress of `STEPS` steps, or of fewer if they take longer than so many minutes."""
    start = time.monotonic()
    return lambda steps: max(steps / STEPS, (time.monotonic() - start) / 60 / minutes)


def new_state(seed: int, shapes: tuple[Shape, ...] = SHAPES) -> State:
    """Return the numbers that learning starts from.

    Raises
    ------
    InputProblem
        torch is not installed.
    """
    torch = extra("torch")
    source = torch.Generator().manual_seed(seed)
    state: State = {}

    def affine(name: str, ins: int, outs: int) -> None:
        reach = ins**-0.5
        state[f"{name}.matrix"] = (torch.rand(ins, outs, generator=source) * 2 - 1) * reach
        state[f"{name}.bias"] = (torch.rand(outs, generator=source) * 2 - 1) * reach

    def scale(name: str, size: int) -> None:
        state[f"{name}.gain"], state[f"{name}.shift"] = torch.ones(size), torch.zeros(size)
        state[f"{name}.mean"], state[f"{name}.variance"] = torch.zeros(size), torch.ones(size)

    for shape in shapes:
        scale(f"{shape.name}.first", shape.signals)
        affine(f"{shape.name}.inward", shape.signals, shape.width)
        for number in range(len(shape.dilations)):
            block = f"{shape.name}.{number}"
            scale(f"{block}.before", shape.width)
            affine(f"{block}.wide", 3 * shape.width, shape.width)
            scale(f"{block}.between", shape.width)
            affine(f"{block}.narrow", shape.width, shape.width)
        scale(f"{shape.name}.last", shape.width)
        affine(f"{shape.name}.outward", shape.width, shape.answers)
    return state


def run_stage(shape: Shape, state: State, signals: Tensor, *, learning: bool) -> Tensor:
    """Return the answers of a stage, shape (batch, steps, answers).

    Parameters
    ----------
    shape : Shape
    state : State
        While learning, its means and variances move along.
    signals : Tensor, shape (batch, steps, signals)
    learning : bool
    """
    functional = extra("torch.nn.functional")

    def affine(name: str, x: Tensor) -> Tensor:
        return x @ state[f"{shape.name}.{name}.matrix"] + state[f"{shape.name}.{name}.bias"]

    def scale(name: str, x: Tensor) -> Tensor:
        mean, variance, gain, shift = (
            state[f"{shape.name}.{name}.{part}"] for part in ("mean", "variance", "gain", "shift")
        )
        rows = x.reshape(-1, x.shape[-1])
        return functional.batch_norm(rows, mean, variance, gain, shift, learning, eps=EPSILON).reshape(x.shape)

    x = affine("inward", functional.dropout(scale("first", signals), shape.drop_first, learning))
    for number, dilation in enumerate(shape.dilations):
        hidden = functional.relu(scale(f"{number}.before", x))
        padded = functional.pad(hidden, (0, 0, dilation, dilation))
        steps = hidden.shape[1]
        seen = extra("torch").cat([padded[:, :steps], hidden, padded[:, 2 * dilation :]], dim=2)
        inner = functional.relu(scale(f"{number}.between", affine(f"{number}.wide", seen)))
        x = x + affine(f"{number}.narrow", functional.dropout(inner, shape.drop, learning))
    return affine("outward", functional.relu(scale("last", x)))


def learn(examples: Examples, without: int | None, progress: Progress, seed: int, say: Say) -> Arrays:
    """Learn from examples and return the arrays to keep.

    Parameters
    ----------
    examples : Examples
    without : int or None
        A fold of speakers that is not learnt from, and shows how learning goes.
    progress : Progress
    seed : int
    say : callable

    Raises
    ------
    InputProblem
        torch is not installed, or there are no conversations.
    """
    torch = extra("torch")
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)
    rng = np.random.default_rng([seed, 6])
    checked = np.flatnonzero(examples.fold == without)[:CHECKED]
    learnt_from = np.flatnonzero(examples.fold != (-1 if without is None else without))
    if not len(learnt_from):
        raise InputProblem(
            "",
            nl="er zijn te weinig gesprekken om van te leren; vraag meer --hours",
            en="too few conversations to learn from; ask for more --hours",
        )
    state = new_state(seed)
    moving = [tensor.requires_grad_() for name, tensor in state.items() if not _is_measured(name)]
    slow = {name: tensor.detach().clone() for name, tensor in state.items()}
    optimiser = torch.optim.AdamW(moving, lr=RATE, weight_decay=DECAY)
    steps = 0
    while (part := progress(steps)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (steps + 1) / WARM_UP) * (0.5 + 0.5 * np.cos(np.pi * part)) + 1e-6
        loss = _loss(state, *_batch(examples, rng.choice(learnt_from, BATCH), rng), learning=True)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(moving, 1.0)
        optimiser.step()
        steps += 1
        with torch.no_grad():
            follow = min(SLOWEST, (1 + steps) / (10 + steps))
            for name, tensor in slow.items():
                tensor.mul_(follow).add_(state[name], alpha=1 - follow)
        if steps % REPORT_EVERY == 0:
            error = f"{loss.item():.3f}"
            if len(checked):
                error += f" ({_checked_loss(slow, examples, checked):.3f})"
            say(
                Text(
                    nl=f"netwerk: {part:.0%}, fout (bij ongehoorde sprekers) {error}",
                    en=f"network: {part:.0%}, error (of unheard speakers) {error}",
                )
            )
    return exported(slow)


def exported(state: State, shapes: tuple[Shape, ...] = SHAPES) -> Arrays:
    """Return arrays as `backend_ml.turns.network.read_network` reads them: normalisations as gain and shift."""
    numbers = {name: tensor.detach().numpy().astype(np.float32) for name, tensor in state.items()}
    arrays: Arrays = {}
    for name, array in numbers.items():
        scale, _, part = name.rpartition(".")
        if part == "matrix":
            arrays[name] = array.astype(np.float16)
        elif part == "bias":
            arrays[name] = array
        elif part == "gain":
            gain = array / np.sqrt(numbers[f"{scale}.variance"] + EPSILON)
            arrays[name] = gain
            arrays[f"{scale}.shift"] = numbers[f"{scale}.shift"] - numbers[f"{scale}.mean"] * gain
    for shape in shapes:
        arrays[f"{shape.name}.dilations"] = np.array(shape.dilations)
    return arrays


def keep_network(path: Path, arrays: Arrays) -> None:
    """Write what was learnt."""
    keep(path, arrays, small=True)


def _batch(examples: Examples, rows: Any, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
    torch = extra("torch")
    length = min(CROP, examples.acts.shape[1])
    firsts = rng.integers(examples.acts.shape[1] - length + 1, size=len(rows))

    def crop(array: Any) -> Tensor:
        taken = [array[row, first : first + length] for row, first in zip(rows, firsts, strict=True)]
        return torch.from_numpy(np.stack(taken).astype(np.float32))

    told = torch.from_numpy((rng.random((len(rows), 1, 1)) > WITHOUT_VOICES).astype(np.float32))
    return crop(examples.signals), crop(examples.voices) * told, crop(examples.acts)


def _loss(state: State, signals: Tensor, voices: Tensor, acts: Tensor, *, learning: bool) -> Tensor:
    wrong = extra("torch.nn.functional").binary_cross_entropy_with_logits
    heard = run_stage(HEARS, state, signals, learning=learning)
    decided = run_stage(DECIDES, state, extra("torch").cat([heard, voices], dim=2), learning=learning)
    return wrong(decided, acts)


def _checked_loss(state: State, examples: Examples, rows: Any) -> float:
    torch = extra("torch")
    with torch.no_grad():
        losses = []
        for row in rows:
            whole = (examples.signals, examples.voices, examples.acts)
            given = (torch.from_numpy(array[row : row + 1].astype(np.float32)) for array in whole)
            losses.append(float(_loss(state, *given, learning=False)))
    return float(np.mean(losses))


def _is_measured(name: str) -> bool:
    return name.endswith((".mean", ".variance"))
