"""What a statistic of agreement is: its name, its variant, and a result that explains itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, final

from vib.language import Text
from vib.observation import RaterSet

Scope = Literal["all", "pair", "clip"]


@final
@dataclass(frozen=True, slots=True)
class Question:
    """What agreement is asked about.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        The clips that every rater of `raters` coded.
    raters : tuple[str, ...]
        Whom to compare.
    tier : str
        Tier, or attribute (see `Timeline.described_by`).
    code : str or None
        One code against everything else, or None for the whole tier.
    overlap : float
        Share of the longer stretch that two events must share to be the same event.
    """

    clips: Sequence[RaterSet]
    raters: tuple[str, ...]
    tier: str
    code: str | None = None
    overlap: float = 0.6


@final
@dataclass(frozen=True, slots=True)
class Result:
    """One figure, or the reason why there is none: never NaN, 0 or 1 in place of a reason.

    Parameters
    ----------
    measure, variant : str
        Name of the statistic and what exactly was calculated.
    value : float or None
        None when it is undefined; `undefined_because` then says why.
    n_units : int
        How many units the figure rests on (events, or time units for time-based figures).
    components : Mapping[str, float]
        The parts from which the value was made, so that it can be checked by hand.
    """

    measure: str
    variant: str
    tier: str | None
    code: str | None
    raters: tuple[str, ...]
    scope: Scope
    value: float | None
    n_units: int
    undefined_because: Text | None = None
    components: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.undefined_because is None):
            raise ValueError("a result has either a value or a reason why it is undefined")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"{self.measure}: {self.value} is no value; say why it is undefined")


@final
@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic that plugins offer through the hook `vib_statistics`.

    Parameters
    ----------
    name : str
        As in the JSON output and on the command line.
    label : Text
        As on pages.
    basis : {"time", "event"}
        Whether durations or matched events are counted; both are always reported together.
    source : str
        Publication, with DOI where there is one.
    calculate : Callable[[Question], Result]
        Pure: the same question has the same answer.
    """

    name: str
    label: Text
    basis: Literal["time", "event"]
    source: str
    calculate: Callable[[Question], Result]
