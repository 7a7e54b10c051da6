"""The disorder of what was marked and of what could have been marked by chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import add
from typing import final

import numpy as np
from numpy.typing import NDArray

from vib.language import Text

from . import texts
from .alignment import Alignment, best_alignments
from .candidates import TooManyError
from .chance import invented, shifted
from .codes import CodeSums, code_sums
from .continuum import Continuum, Marked, in_one_order
from .dissimilarity import Dissimilarity, table_of
from .settings import Settings
from .work import TooMuchWorkError, Work

Floats = NDArray[np.float64]

CERTAIN = 1.96
"""Standard errors on both sides that hold the true value in 95 of 100 cases, as in the publication."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What of the disorder adds up over clips.

    Parameters
    ----------
    disorder : float
        Sum over the unitary alignments, in units of delta_empty.
    mean_units : float
        Units a rater.
    n_unitary : int
        Unitary alignments.
    codes : CodeSums
        For gamma-cat.
    """

    disorder: float
    mean_units: float
    n_unitary: int
    codes: CodeSums

    @classmethod
    def of(cls, alignment: Alignment, dissimilarity: Dissimilarity, n_codes: int) -> Sums:
        """Return the sums of one clip."""
        units = len(alignment.continuum) / alignment.continuum.n_raters
        return cls(alignment.total, units, alignment.n_unitary, code_sums(alignment, dissimilarity, n_codes))

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.disorder + other.disorder,
            self.mean_units + other.mean_units,
            self.n_unitary + other.n_unitary,
            self.codes + other.codes,
        )

    @property
    def mean(self) -> float:
        """The disorder, in units of delta_empty: that of clips weighted by their units a rater."""
        return self.disorder / self.mean_units


@final
@dataclass(frozen=True, slots=True, eq=False)
class Disorders:
    """The disorder that was observed, and those of chance samples of all clips together.

    Parameters
    ----------
    codes : tuple[str, ...]
        In the order of `Sums.codes`.
    observed : Sums
        Of what was marked.
    drawn : tuple[Sums, ...]
        Of each sample.
    """

    codes: tuple[str, ...]
    observed: Sums
    drawn: tuple[Sums, ...]


@lru_cache(maxsize=8)
def disorders(
    clips: tuple[Marked, ...], durations: tuple[float, ...], settings: Settings, seed: int
) -> Disorders | Text:
    """Return the disorders of clips, or why there are none.

    The last answers are remembered: gamma, gamma-cat and gamma-k of each code ask the same.

    Parameters
    ----------
    clips : tuple[Marked, ...]
        Each with at least one unit.
    durations : tuple[float, ...]
        Of each clip, in seconds.
    """
    work = Work(settings.steps)
    ordered, codes = in_one_order(clips)
    table = table_of(settings.distances, codes) if settings.distances else None
    dissimilarity = Dissimilarity(settings.alpha, settings.beta, table)

    real = [Continuum.of(marked, codes, settings.instant) for marked in ordered]
    samplers = [
        _sampler(continuum, duration, settings, np.random.default_rng(own))
        for continuum, duration, own in zip(real, durations, np.random.SeedSequence(seed).spawn(len(real)), strict=True)
    ]

    def measured(times: int, draw: Callable[[], Iterable[Continuum]]) -> list[Sums]:
        continua = (continuum for _ in range(times) for continuum in draw())
        alignments = best_alignments(continua, dissimilarity, most=settings.most, work=work)
        each = (Sums.of(alignment, dissimilarity, len(codes)) for alignment in alignments)
        return [reduce(add, islice(each, len(real))) for _ in range(times)]

    def drawn() -> Iterable[Continuum]:
        return (sample() for sample in samplers)

    try:
        (observed,) = measured(1, lambda: real)
        chance = measured(settings.samples, drawn)
        chance += measured(_wanted([sums.mean for sums in chance], settings.precision) - len(chance), drawn)
    except TooManyError:
        return texts.too_many(settings.most)
    except TooMuchWorkError:
        return texts.too_much_work(settings.steps)
    return Disorders(codes, observed, tuple(chance))


def _sampler(
    continuum: Continuum, duration: float, settings: Settings, chance: np.random.Generator
) -> Callable[[], Continuum]:
    start, end = 0.0, duration
    if settings.extent == "coded":
        start, end = float(continuum.starts.min()), float(continuum.ends.max())
    if settings.chance == "invented":
        return lambda: invented(continuum, chance, start=start)
    # Instants that do not last, all at one moment, have no extent; any will do.
    length = end - start or 1.0
    return lambda: shifted(continuum, chance, start=start, length=length, spacing=settings.spacing)


def precision_of(values: Sequence[float] | Floats) -> float | None:
    """Return to what share of itself a mean is known, in 95 of 100 cases; None if it is 0."""
    mean = float(np.mean(values))
    return CERTAIN * float(np.std(values, ddof=1)) / math.sqrt(len(values)) / mean if mean else None


def _wanted(values: Sequence[float], precision: float | None) -> int:
    """Return how many samples it takes for a wished precision, after section 5.3 of Mathet et al. (2015)."""
    reached = precision_of(values)
    if precision is None or reached is None:
        return len(values)
    return max(len(values), math.ceil(len(values) * (reached / precision) ** 2))
