"""What a statistic of agreement is: its name, what it is asked, and an estimate that explains itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Literal, final

from pydantic.dataclasses import dataclass as checked

from vib.language import Text
from vib.observation import RaterSet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Basis = Literal["time", "event", "unitizing", "unit", "rating", "sequence"]

Level = Literal["nominal", "ordinal", "interval", "ratio"]


@final
@dataclass(frozen=True, slots=True)
class Question:
    """What agreement is asked about.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        With two raters, the clips that both coded, or rated when a rating is asked about. With
        more, those that at least two of them did: not every rater is in every clip.
    raters : tuple[str, ...]
        Whom to compare.
    tier : str
        Tier, or attribute (see `Timeline.described_by`); empty when a rating is asked about.
    code : str or None
        One code against everything else, or None for the whole tier.
    overlap : float
        Share of the longer stretch that two events must share to be the same event.
    tolerance : float or None
        Seconds by which boundaries, or instants that are linked, may differ, or points by
        which ratings may, for the statistics that say so; None for what is usual with each.
    rating : str or None
        A rating of whole clips, in place of a tier.
    level : {"nominal", "ordinal", "interval", "ratio"} or None
        What differences between ratings mean; None for what fits: ordinal for numbers,
        nominal for codes.
    weights : str or None
        How the weighted statistics weigh differences; None for quadratic.
    reference : str or None
        The rater against whom the others are measured.
    seed : int
        For the statistics that draw chance samples.
    order : tuple[str, ...]
        Categories that are text, from low to high, for statistics that weigh differences.
    """

    clips: Sequence[RaterSet]
    raters: tuple[str, ...]
    tier: str
    code: str | None = None
    overlap: float = 0.6
    tolerance: float | None = None
    rating: str | None = None
    level: Level | None = None
    weights: str | None = None
    reference: str | None = None
    seed: int = 0
    order: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its uncertainty, or the reason why there is none: never NaN, 0 or 1 in its place.

    Parameters
    ----------
    variant : str
        What exactly was calculated, in English.
    value : float or None
        None when it is undefined; `undefined_because` then says why.
    n_units, n_raters : int
        How many units the figure rests on (events, stretches of time, rated units), of how
        many raters.
    se : float or None
        Standard error.
    ci : tuple[float, float] or None
        95 % interval.
    ci_method : str or None
        How `se` and `ci` were made, with the publication.
    components : Mapping[str, float]
        The parts from which the value was made, so that it can be checked by hand.
    """

    variant: str
    value: float | None
    n_units: int
    n_raters: int
    se: float | None = None
    ci: tuple[float, float] | None = None
    ci_method: str | None = None
    undefined_because: Text | None = None
    components: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = [self.value, self.se, *(self.ci or ()), *self.components.values()]
        texts = [self.variant, self.ci_method or "", *self.components]
        fits = (
            _all_are(numbers, int | float | None)
            and _all_are(texts, str)
            and _all_are((self.n_units, self.n_raters), int)
            and isinstance(self.undefined_because, Text | None)
            and len(self.ci or (0, 0)) == 2
        )
        if not fits:
            raise TypeError(f"{self.variant}: not numbers, whole counts and texts as an estimate has them")
        if (self.value is None) == (self.undefined_because is None):
            raise ValueError("an estimate has either a value or a reason why it is undefined")
        if not all(map(math.isfinite, (number for number in numbers if number is not None))):
            raise ValueError(f"{self.variant}: {numbers} are no values; say why it is undefined")


def _all_are(values: Iterable[object], kind: type | UnionType) -> bool:
    """Tell whether all values are of a kind, looking once at each class that they have."""
    return all(issubclass(found, kind) for found in set(map(type, values)))


@final
@dataclass(frozen=True, slots=True)
class Additive:
    """What of a statistic adds up over clips, so that clips can be drawn again without counting anew.

    Parameters
    ----------
    parts : NDArray[np.float64], shape (clips, parts)
        Counts, seconds or sums of each clip of the question.
    value : Callable
        Takes sums of parts, shape (draws, parts), and returns the statistic of each, shape
        (draws,), NaN where it is undefined.
    """

    parts: NDArray[np.float64]
    value: Callable[[NDArray[np.float64]], NDArray[np.float64]]


@final
@checked(frozen=True, slots=True)
class Explanation:
    """What a figure says, so that who reads it can judge it.

    Parameters
    ----------
    formula : Text
        How it is calculated, in words.
    parts : Text
        What its components are.
    good : Text
        What counts as good in the field and why that is only a habit, with the source.
    blind : Text
        What it cannot see, such as how common a code is, chance, and few cases.
    """

    formula: Text
    parts: Text
    good: Text
    blind: Text


@final
@checked(frozen=True, slots=True)
class Statistic:
    """A statistic that plugins offer through the hook `vib_statistics`.

    Parameters
    ----------
    name : str
        As in the JSON output and on the command line.
    label : Text
        As on pages.
    basis : {"time", "event", "unitizing", "unit", "rating", "sequence"}
        What is counted: durations, matched events, where units begin and end, units that
        several raters gave a code or value, ratings of whole clips only, or what follows
        what. Time and events are always reported together.
    source : str
        Publication, with DOI where there is one.
    calculate : Callable[[Question], Estimate]
        Pure: the same question has the same answer.
    raters : {"two", "many", "reference"}
        Whether it compares two raters, any number, or a rater with the reference.
    usual : bool
        Whether it is in a report for which no measures were named.
    additive : Callable[[Question], Additive | None] or None
        What adds up over clips, for the interval where no formula for it is published.
    per_code : bool
        Whether it can be asked about one code.
    measured_in : {"share", "coefficient", "seconds", "log odds"}
        What its values are: a pass mark means something for the first two only.
    explained : Explanation or None
        What is said where the figure stands; without it, its label and source are.
    """

    name: str
    label: Text
    basis: Basis
    source: str
    calculate: Callable[[Question], Estimate]
    raters: Literal["two", "many", "reference"] = "two"
    usual: bool = True
    additive: Callable[[Question], Additive | None] | None = None
    per_code: bool = True
    measured_in: Literal["share", "coefficient", "seconds", "log odds"] = "coefficient"
    explained: Explanation | None = None
