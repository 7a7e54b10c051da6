"""Which behaviour follows which: the table from which contingencies are calculated."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, final

import numpy as np

from plugins.agreement.measures.by_event.reference import Edge
from plugins.agreement.measures.timelines.linking import HAIR
from vib.observation import Observation, Timeline, as_codes
from vib.problem import InputProblem

from . import texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Cell = Literal["followed", "not_followed", "other_followed", "other_not_followed"]

CELLS: tuple[Cell, ...] = ("followed", "not_followed", "other_followed", "other_not_followed")
"""The table's cells in order: the given events first, and those that the target follows first."""

ROWS = ("given", "other")

HALF = 0.5
"""What is added to every cell when one of them is 0."""


@final
@dataclass(frozen=True, slots=True)
class Behaviour:
    """A kind of event: what a tier or an attribute says of it.

    Parameters
    ----------
    tier : str
        Tier on which the event lies, or attribute that describes it.
    codes : tuple[str, ...]
        Any of these; none for any code at all.

    Examples
    --------
    >>> turn = Observation("turn", "kind", 1, 2, {"initiative": "BC.INI.C.CONTACT"})
    >>> Behaviour("turn", ("kind",)).seen_in(turn), Behaviour("initiative").seen_in(turn)
    (True, True)
    """

    tier: str
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.tier, "|".join(self.codes))) if self.codes else self.tier

    def seen_in(self, observation: Observation) -> bool:
        """Say whether an observation is of this kind."""
        own = (observation.code,) if observation.tier == self.tier else ()
        said = (*own, *as_codes(observation.attributes.get(self.tier)))
        return any(code in self.codes for code in said) if self.codes else bool(said)


@final
@dataclass(frozen=True, slots=True)
class Contingency:
    """Which behaviour is expected to follow which, and how soon.

    Parameters
    ----------
    given : Behaviour
        What may be answered; sought in the events of `among`.
    target : Behaviour
        What answers it, by the moment at which it starts. It must be an event of its own: an
        attribute of the given event itself starts with it, and follows nothing.
    among : Behaviour
        The events to sort; those of them that are not `given` are what it is compared with.
    within : float
        Seconds for which the window stays open.
    opens, closes : {"onset", "offset"}
        Moment of the event at which the window opens, and from which `within` is counted. A
        target counts when it starts later than the event does, not before the window opens,
        and at the latest when it closes. One target may answer several events.

    Raises
    ------
    InputProblem
        The window ends before it begins.
    """

    given: Behaviour
    target: Behaviour
    among: Behaviour
    within: float = 3.0
    opens: Edge = "onset"
    closes: Edge = "offset"

    def __post_init__(self) -> None:
        backwards = self.opens == "offset" and self.closes == "onset"
        if not (math.isfinite(self.within) and self.within > 0) or backwards:
            raise InputProblem("within", nl=texts.NO_WINDOW.nl, en=texts.NO_WINDOW.en)

    def __str__(self) -> str:
        window = f"the {self.opens} and at most {self.within:g} s after the {self.closes}"
        return f"{self.target} starts after {window} of {self.given}"


INITIATIVE_ANSWERED = Contingency(
    given=Behaviour("initiative"), target=Behaviour("turn", ("volwassene",)), among=Behaviour("turn", ("kind",))
)
"""In the codebook vib-pleegzorg: does an adult take a turn after a child's initiative?

Its attribute *reception* lies on the child's own turn, so it has no time of its own and
cannot follow. What can be timed is the adult's turn: from the initiative's onset, as an
adult may answer while the child goes on, until the codebook's 3 seconds after the turn.
"""


class Followed(NamedTuple):
    """The events of one timeline that were sorted, one place for each."""

    given: NDArray[np.bool_]
    latency: Floats
    """Seconds from where the window opens until the target starts; infinite when it does not."""
    watched: NDArray[np.bool_]
    """Whether the window closes within the clip."""


def follow(timeline: Timeline, contingency: Contingency) -> Followed:
    """Sort the events of one rater in one clip.

    Examples
    --------
    >>> kind = Observation("turn", "kind", 2, 4, {"initiative": "BC.INI.C.CONTACT"})
    >>> seen = Timeline(20, [kind, Observation("turn", "volwassene", 5, 8), Observation("turn", "kind", 19, 20)])
    >>> given, latency, watched = follow(seen, INITIATIVE_ANSWERED)
    >>> given.tolist(), latency.tolist(), watched.tolist()
    ([True, False], [3.0, inf], [True, False])
    """
    events = [o for o in timeline if contingency.among.seen_in(o)]
    given = np.array([contingency.given.seen_in(o) for o in events], dtype=np.bool_)
    onsets = np.array([o.start for o in events], dtype=np.float64)
    offsets = np.array([o.end for o in events], dtype=np.float64)
    targets = np.array([o.start for o in timeline if contingency.target.seen_in(o)] + [np.inf], dtype=np.float64)
    opening = onsets if contingency.opens == "onset" else offsets
    closing = (onsets if contingency.closes == "onset" else offsets) + contingency.within + HAIR
    first = targets[np.searchsorted(targets, np.maximum(onsets + HAIR, opening - HAIR), "left")]
    latency = np.where(first <= closing, np.maximum(first - opening, 0.0), np.inf)
    return Followed(given, latency, closing <= timeline.duration + 2 * HAIR)


def contingency_table(timelines: Iterable[Timeline], contingency: Contingency = INITIATIVE_ANSWERED) -> Floats:
    """Count the events of one rater, shape (timelines, 4), in the order of `CELLS`.

    References
    ----------
    Bakeman & Quera (2011), Sequential Analysis and Observational Methods for the Behavioral
    Sciences, doi 10.1017/CBO9781139017343.

    Examples
    --------
    >>> kind = Observation("turn", "kind", 2, 4, {"initiative": "BC.INI.C.CONTACT"})
    >>> seen = Timeline(20, [kind, Observation("turn", "volwassene", 5, 8), Observation("turn", "kind", 9, 10)])
    >>> contingency_table([seen]).tolist()
    [[1.0, 0.0, 0.0, 1.0]]
    """
    rows = []
    for timeline in timelines:
        given, latency, watched = follow(timeline, contingency)
        came = np.isfinite(latency)
        cells = (given & came, given & ~came, ~given & came, ~given & ~came)
        rows.append([np.count_nonzero(cell & watched) for cell in cells])
    return np.array(rows, dtype=np.float64).reshape(-1, len(CELLS))


def yules_q(tables: Floats) -> Floats:
    r"""Return Yule's Q of tables, shape (..., 4); NaN where a row or column is empty.

    .. math:: Q = \frac{ad - bc}{ad + bc}

    References
    ----------
    Yule (1912), On the methods of measuring association between two attributes,
    doi 10.2307/2340126.

    Examples
    --------
    >>> round(float(yules_q(np.array([40.0, 10, 20, 50]))), 4)
    0.8182
    """
    a, b, c, d = np.moveaxis(np.asarray(tables, dtype=np.float64), -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(a * d + b * c > 0, (a * d - b * c) / (a * d + b * c), np.nan)


def log_odds(tables: Floats) -> Floats:
    r"""Return the log odds ratio of tables, shape (..., 4); NaN where a row or column is empty.

    .. math:: \ln \frac{ad}{bc}

    Where a cell is 0, one half is added to each of the four.

    References
    ----------
    Haldane (1956), doi 10.1111/j.1469-1809.1955.tb01285.x; Woolf (1955),
    doi 10.1111/j.1469-1809.1955.tb01348.x.

    Examples
    --------
    >>> round(float(log_odds(np.array([189.0, 10845, 104, 10933]))), 3)
    0.605
    """
    a, b, c, d = np.moveaxis(filled(tables), -1, 0)
    return np.where(np.isnan(yules_q(tables)), np.nan, np.log(a * d / (b * c)))


def filled(tables: Floats) -> Floats:
    """Add one half to every cell of the tables that have an empty one."""
    cells = np.asarray(tables, dtype=np.float64)
    return np.where((cells == 0).any(axis=-1, keepdims=True), cells + HALF, cells)
