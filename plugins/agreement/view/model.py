"""A report as it is shown, whatever it is written as: rows, words, names and reasons, in no language and no format yet.

Words are `Text`, numbers are numbers, and nothing in it is HTML. The renderings put it in a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, final

from plugins.agreement.comparing.attention import Standing
from plugins.agreement.comparing.disagreements import Pair
from plugins.agreement.comparing.report import Result
from vib.language import Text
from vib.observation import RaterSet
from vib.statistic import Basis, Estimate, Statistic


@final
@dataclass(frozen=True, slots=True)
class Name:
    """What a tier, code, rating, rater or clip is called.

    Parameters
    ----------
    style : int or None
        Of a code: by which pattern it is drawn.
    to_confirm : bool
        Whether the codebook says that this is still to be confirmed.
    """

    id: str
    said: Text
    style: int | None = None
    to_confirm: bool = False


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and what it is about.

    Parameters
    ----------
    subject, code : Name or None
        The tier, attribute or rating, and one of its codes; None for the whole of it.
    clips : int
        Clips that its raters have in common.
    """

    result: Result
    statistic: Statistic
    subject: Name | None
    code: Name | None
    clips: int

    @property
    def estimate(self) -> Estimate:
        """Its value with its interval, or why there is none."""
        return self.result.estimate


@final
@dataclass(frozen=True, slots=True)
class Spread:
    """The figures of one statistic about the same thing: of each pair of raters, or one of all.

    Parameters
    ----------
    defined : tuple[Figure, ...]
        Those that have a value, the lowest first.
    undefined : tuple[Figure, ...]
        Those that have a reason in its place.
    """

    defined: tuple[Figure, ...]
    undefined: tuple[Figure, ...]

    @property
    def only(self) -> Figure | None:
        """The figure, where there is no other."""
        found = (*self.defined, *self.undefined)
        return found[0] if len(found) == 1 else None

    @property
    def middle(self) -> float | None:
        """The median of the values."""
        values = [figure.estimate.value for figure in self.defined]
        if not values:
            return None
        low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
        assert low is not None
        assert high is not None
        return (low + high) / 2

    @property
    def reasons(self) -> Mapping[Text, int]:
        """Why figures are undefined, and how many for each reason."""
        counted: dict[Text, int] = {}
        for figure in self.undefined:
            reason = figure.estimate.undefined_because
            assert reason is not None
            counted[reason] = counted.get(reason, 0) + 1
        return counted


@final
@dataclass(frozen=True, slots=True)
class Row:
    """What there is about a tier, rating or code: a spread for each statistic of its table.

    Parameters
    ----------
    cells : tuple[Spread or None, ...]
        None where a statistic is not asked about this.
    counts : tuple[int, int] or None
        How many events each of two raters gave.
    """

    subject: Name | None
    code: Name | None
    cells: tuple[Spread | None, ...]
    counts: tuple[int, int] | None = None


@final
@dataclass(frozen=True, slots=True)
class Table:
    """Statistics side by side."""

    statistics: tuple[Statistic, ...]
    rows: tuple[Row, ...]


@final
@dataclass(frozen=True, slots=True)
class Matrix:
    """A statistic of two raters for every two of them.

    Parameters
    ----------
    raters : tuple[str, ...]
        Those who differ from the others first.
    figures : Mapping[frozenset[str], Figure]
        By the two raters.
    """

    statistic: Statistic
    subject: Name
    raters: tuple[str, ...]
    figures: Mapping[frozenset[str], Figure]


@final
@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two raters gave each two codes to the same event.

    Parameters
    ----------
    counts : tuple[tuple[int, ...], ...]
        A row for each code of the first rater; the last row and column are what the other did not see.
    """

    subject: Name
    raters: Pair
    codes: tuple[Name, ...]
    counts: tuple[tuple[int, ...], ...]


@final
@dataclass(frozen=True, slots=True)
class Measured:
    """A statistic with everything there is of it."""

    statistic: Statistic
    rows: tuple[Row, ...]
    matrices: tuple[Matrix, ...]


@final
@dataclass(frozen=True, slots=True)
class Family:
    """Statistics that count the same kind of thing."""

    basis: Basis
    title: Text
    measured: tuple[Measured, ...]


@final
@dataclass(frozen=True, slots=True)
class Ranked:
    """How a code, rater or clip stands among the others, by name.

    Parameters
    ----------
    because : tuple[Name, ...]
        Of a rater the codes, of a code the raters, of a clip its codes on which most differs.
    """

    name: Name
    standing: Standing
    because: tuple[Name, ...]


@final
@dataclass(frozen=True, slots=True)
class Order:
    """The codes, raters and clips of a tier, each from what differs to what does not."""

    tier: Name
    codes: tuple[Ranked, ...]
    raters: tuple[Ranked, ...]
    clips: tuple[Ranked, ...]

    @property
    def differs(self) -> bool:
        """Whether something or somebody clearly differs from the others."""
        return any(one.standing.named for one in (*self.codes, *self.raters, *self.clips))


@final
@dataclass(frozen=True, slots=True)
class Todo:
    """What to look at first, said in a sentence, and where its moments are."""

    kind: Literal["code", "rater", "clip"]
    said: Text
    tier: str
    code: str | None = None
    rater: str | None = None
    clip: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Said:
    """What some raters have at a moment: the same codes; none where they saw nothing."""

    raters: tuple[str, ...]
    codes: tuple[Name, ...]
    start: float | None = None
    end: float | None = None


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on which raters differ, with what each has there."""

    tier: Name
    attribute: Name | None
    start: float
    end: float
    said: tuple[Said, ...]
    pairs: int
    weight: float


@final
@dataclass(frozen=True, slots=True)
class Clip:
    """A clip, who coded it, and the moments on which they differ.

    Parameters
    ----------
    seen : RaterSet
        Whose timelines are drawn.
    drawn : tuple[Name, ...]
        The tiers that are.
    absent, silent : tuple[str, ...]
        Who did not code it, and who watched it and saw nothing.
    moments : tuple[Moment, ...]
        The heaviest, spread over the clip, in order of time.
    left : int
        How many more there are.
    """

    seen: RaterSet
    coded: tuple[str, ...]
    absent: tuple[str, ...]
    silent: tuple[str, ...]
    drawn: tuple[Name, ...]
    moments: tuple[Moment, ...]
    left: int


@final
@dataclass(frozen=True, slots=True)
class Fact:
    """Something to know of all figures, such as which clips they rest on."""

    name: Text
    said: Text


@final
@dataclass(frozen=True, slots=True)
class View:
    """Everything that is shown of a report.

    Parameters
    ----------
    answers : tuple[Text, ...]
        What the figures say, in sentences, what went well first.
    todo : tuple[Todo, ...]
        What to look at first.
    nobody : Text
        What is said where there is nothing to look at first: that nothing differs clearly, or why that is not known.
    noticed : tuple[Text, ...]
        What is odd in the data.
    notes : tuple[Text, ...]
        What was done to compare them.
    tables : tuple[Table, ...]
        For each tier and attribute what is by time and by event, whole and per code.
    clip_tables : Mapping of str to tuple of Table
        The same for each clip on its own, where that was asked for.
    figures : tuple[Figure, ...]
        Every figure, in the order of the report.
    names : Mapping[str, Name]
        Of tiers, attributes, ratings and codes, by id.
    legend : Mapping of Name to tuple of Name
        The codes that are drawn, by tier.
    """

    title: Text
    raters: tuple[str, ...]
    clip_names: tuple[str, ...]
    pass_mark: float | None
    facts: tuple[Fact, ...]
    answers: tuple[Text, ...]
    todo: tuple[Todo, ...]
    nobody: Text
    noticed: tuple[Text, ...]
    notes: tuple[Text, ...]
    orders: tuple[Order, ...]
    matrices: tuple[Matrix, ...]
    confusions: tuple[Confusion, ...]
    tables: tuple[Table, ...]
    clip_tables: Mapping[str, tuple[Table, ...]]
    families: tuple[Family, ...]
    figures: tuple[Figure, ...]
    statistics: tuple[Statistic, ...]
    names: Mapping[str, Name]
    legend: Mapping[Name, tuple[Name, ...]]
    clips: tuple[Clip, ...]
    clips_left: int
