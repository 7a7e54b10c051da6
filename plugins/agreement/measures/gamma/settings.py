"""What can be chosen about gamma, and what it is when nothing is chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypedDict, final

from vib.problem import InputProblem

from .alignment import MOST
from .work import STEPS

Chance = Literal["shifted", "invented"]
Extent = Literal["coded", "clip"]
Distances = Mapping[tuple[str, str], float]


@final
class Options(TypedDict, total=False):
    """The settings as keywords; see `Settings`."""

    alpha: float
    beta: float
    delta_empty: float
    distances: Distances
    samples: int
    precision: float | None
    chance: Chance
    spacing: float
    extent: Extent
    instant: float
    steps: int
    most: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen about gamma.

    Parameters
    ----------
    alpha, beta : float
        Weight of time and of code in the dissimilarity of two units. 3 and 1 are those of the
        authors' program; the publication has 1 and 1.
    delta_empty : float
        Dissimilarity of a unit and no unit. All dissimilarities are multiples of it, so that
        it changes disorders and not gamma.
    distances : Mapping
        Dissimilarity, from 0 to 1, of pairs of different codes; 1 for those not named.
    samples : int
        Chance samples to draw, at least 2.
    precision : float or None
        Draw as many more samples as it takes for the expected disorder to be known to this
        share of itself, in 95 of 100 cases; None to leave it at `samples`.
    chance : {"shifted", "invented"}
        The sampler: `chance.shifted` is that of the publication, `chance.invented` that of
        pygamma-agreement.
    spacing : float
        How far apart shifts must be, in mean lengths of a unit. The publication has 1; its
        authors' program, with which its figures were made, and pygamma-agreement have 0.5.
    extent : {"coded", "clip"}
        Where chance may put units: from the first start to the last end of what was coded in
        the clip, or anywhere in the clip.
    instant : float
        Seconds that an instant is made to last, around its moment; with 0, instants belong
        together only at exactly the same moment.
    steps : int
        After how much work to give up (`work.STEPS`): the same on every machine.
    most : int
        Largest number of unitary alignments to hold.

    Raises
    ------
    InputProblem
        A value cannot be.
    """

    alpha: float = 3.0
    beta: float = 1.0
    delta_empty: float = 1.0
    distances: Distances = field(default_factory=dict, hash=False)
    samples: int = 30
    precision: float | None = None
    chance: Chance = "shifted"
    spacing: float = 0.5
    extent: Extent = "coded"
    instant: float = 1.0
    steps: int = STEPS
    most: int = MOST

    def __post_init__(self) -> None:
        object.__setattr__(self, "distances", MappingProxyType(dict(self.distances)))
        for name in ("alpha", "beta", "spacing", "instant"):
            self._check(name, 0.0 <= getattr(self, name) < math.inf, nl="0 of meer", en="0 or more")
        self._check("delta_empty", 0.0 < self.delta_empty < math.inf, nl="meer dan 0", en="more than 0")
        self._check("samples", self.samples >= 2, nl="2 of meer", en="2 or more")
        within = self.precision is None or 0.0 < self.precision < 1.0
        self._check("precision", within, nl="tussen 0 en 1", en="between 0 and 1")

    def _check(self, name: str, right: bool, *, nl: str, en: str) -> None:
        if not right:
            raise InputProblem(name, nl=f"{getattr(self, name)} is niet {nl}", en=f"{getattr(self, name)} is not {en}")

    @property
    def words(self) -> str:
        """What was chosen, for the variant of an estimate."""
        extent = {"coded": "from the first start to the last end", "clip": "over the whole clip"}[self.extent]
        chance = f"real timelines shifted {extent}, at least {self.spacing:g} mean unit lengths apart"
        if self.chance == "invented":
            chance = "units with the means and spreads of the real ones"
        codes = "; own distances of codes" if self.distances else ""
        weights = f"alpha {self.alpha:g}, beta {self.beta:g}, delta_empty {self.delta_empty:g}{codes}"
        return f"{weights}; chance: {chance}; instants last {self.instant:g} s"
