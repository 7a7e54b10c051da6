"""The network that hears a child and an adult act: a small temporal convolution, in numpy.

Trained by `research.training`; see `docs/reference/turns-measured.md` for what it was trained and tested on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """A matrix and what is added: ``x @ matrix + bias``."""

    matrix: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """Return the image of each row."""
        return x @ self.matrix + self.bias


@final
@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A normalisation as it was at the end of training: ``x * gain + shift``."""

    gain: Floats
    shift: Floats

    def __call__(self, x: Floats) -> Floats:
        """Return the rows normalised."""
        return x * self.gain + self.shift


@final
@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A residual block that looks `dilation` steps back and ahead."""

    before: Scale
    wide: Affine
    between: Scale
    narrow: Affine
    dilation: int

    def __call__(self, x: Floats) -> Floats:
        """Return `x` with what the block adds; beyond the ends there is nothing."""
        hidden = np.maximum(self.before(x), 0.0)
        padded = np.pad(hidden, ((self.dilation, self.dilation), (0, 0)))
        seen = np.concatenate([padded[: len(x)], hidden, padded[2 * self.dilation :]], axis=1)
        return x + self.narrow(np.maximum(self.between(self.wide(seen)), 0.0))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A stack of blocks between two affine maps."""

    first: Scale
    inward: Affine
    blocks: tuple[Block, ...]
    last: Scale
    outward: Affine

    @property
    def context(self) -> int:
        """How many steps on each side the answer at one step depends on."""
        return sum(block.dilation for block in self.blocks)

    def __call__(self, signals: Floats) -> Floats:
        """Return the answer at each step, shape (steps, answers), to signals of shape (steps, signals)."""
        x = self.inward(self.first(signals))
        for block in self.blocks:
            x = block(x)
        return self.outward(np.maximum(self.last(x), 0.0))

    def in_portions(self, signals: Floats) -> Floats:
        """Return the same, worked out a portion at a time, so that memory does not grow with the clip."""
        parts = []
        for first in range(0, len(signals), PORTION):
            begin = max(0, first - self.context)
            seen = self(signals[begin : first + PORTION + self.context])
            parts.append(seen[first - begin :][:PORTION])
        return np.concatenate(parts)


@final
@dataclass(frozen=True, slots=True, eq=False)
class ActivityNetwork:
    """From signals to who acts, in two stages.

    Parameters
    ----------
    hears : Stage
        Streams: from `signals.signals_of` to `HEARD` numbers a step, which are kept.
    decides : Stage
        Looks at the whole clip: from those numbers, and what the voices say, to the log-odds
        that a child, and that an adult, acts.
    """

    hears: Stage
    decides: Stage


PORTION = 4096
"""Steps that are worked on at once, over two minutes."""

HEARD = 8
"""Numbers a step between the two stages."""


def read_network(path: Path) -> ActivityNetwork:
    """Read a network from the arrays that training wrote."""
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    return ActivityNetwork(_stage(arrays, "hears"), _stage(arrays, "decides"))


def _stage(arrays: dict[str, Floats], name: str) -> Stage:
    def affine(part: str) -> Affine:
        return Affine(arrays[f"{name}.{part}.matrix"], arrays[f"{name}.{part}.bias"])

    def scale(part: str) -> Scale:
        return Scale(arrays[f"{name}.{part}.gain"], arrays[f"{name}.{part}.shift"])

    blocks = tuple(
        Block(scale(f"{n}.before"), affine(f"{n}.wide"), scale(f"{n}.between"), affine(f"{n}.narrow"), int(dilation))
        for n, dilation in enumerate(arrays[f"{name}.dilations"])
    )
    return Stage(scale("first"), affine("inward"), blocks, scale("last"), affine("outward"))
