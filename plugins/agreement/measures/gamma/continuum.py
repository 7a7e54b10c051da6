"""What several raters marked in one clip, as arrays: the continuum of gamma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

Unit = tuple[float, float, str]
"""Start, end and code of what a rater marked."""

Marked = tuple[tuple[Unit, ...], ...]
"""The units of each rater of a clip."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Continuum:
    """The units of several raters, rater after rater and by their middle within a rater.

    Parameters
    ----------
    starts, ends : NDArray[np.float64], shape (units,)
        In seconds.
    codes : NDArray[np.intp], shape (units,)
        Place of the code among the codes of the question.
    raters : NDArray[np.intp], shape (units,)
        Whose it is, in rising order.
    n_raters : int
        How many raters there are, those without units included.

    Examples
    --------
    >>> both = Continuum.of([[(4, 6, "b"), (1, 3, "a")], [(1, 2, "a")]], ("a", "b"))
    >>> both.starts.tolist(), both.codes.tolist(), both.raters.tolist()
    ([1.0, 4.0, 1.0], [0, 1, 0], [0, 0, 1])
    """

    starts: Floats
    ends: Floats
    codes: Places
    raters: Places
    n_raters: int

    @classmethod
    def of(cls, marked: Sequence[Sequence[Unit]], codes: Sequence[str], instant: float = 0.0) -> Continuum:
        """Make a continuum of the units of each rater.

        Parameters
        ----------
        codes : Sequence[str]
            Every code that there is.
        instant : float
            Seconds that an instant is made to last, around its moment.
        """
        place_of = {code: place for place, code in enumerate(codes)}
        units = [unit for units in marked for unit in units]
        starts = np.array([start for start, _, _ in units], dtype=np.float64)
        ends = np.array([end for _, end, _ in units], dtype=np.float64)
        moments = starts == ends
        return cls.sorted(
            starts - moments * instant / 2,
            ends + moments * instant / 2,
            np.array([place_of[code] for _, _, code in units], dtype=np.intp),
            np.repeat(np.arange(len(marked)), [len(units) for units in marked]),
            len(marked),
        )

    @classmethod
    def sorted(cls, starts: Floats, ends: Floats, codes: Places, raters: Places, n_raters: int) -> Continuum:
        """Make a continuum of units in any order."""
        order = np.lexsort((codes, starts, starts + ends, raters))
        return cls(starts[order], ends[order], codes[order], raters[order], n_raters)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def lengths(self) -> Floats:
        """How long each unit lasts."""
        return self.ends - self.starts

    @property
    def bounds(self) -> Places:
        """Where the units of each rater begin, shape (raters + 1,)."""
        return np.searchsorted(self.raters, np.arange(self.n_raters + 1))


def in_one_order(clips: Sequence[Marked]) -> tuple[tuple[Marked, ...], tuple[str, ...]]:
    """Return clips and codes in an order that does not depend on names or on who comes first.

    Chance samples draw raters and codes by their place. With the raters of each clip in
    order of what they marked, and the codes in order of where they were used, the same
    seed draws the same samples however raters are listed and codes are called.

    Returns
    -------
    clips : tuple[Marked, ...]
        The same clips; raters in order of their units, units in order of time.
    codes : tuple[str, ...]
        All codes in use.

    Examples
    --------
    >>> in_one_order([(((3, 4, "x"),), ((1, 2, "y"), (3, 5, "x")))])
    (((((1, 2, 'y'), (3, 5, 'x')), ((3, 4, 'x'),)),), ('y', 'x'))
    """
    used: dict[str, list[tuple[float, float, float]]] = {}
    for number, marked in enumerate(clips):
        for units in marked:
            for start, end, code in units:
                used.setdefault(code, []).append((number, start, end))
    codes = tuple(sorted(used, key=lambda code: (sorted(used[code]), code)))
    place_of = {code: place for place, code in enumerate(codes)}

    def in_time(units: Sequence[Unit]) -> tuple[Unit, ...]:
        return tuple(sorted(units, key=lambda unit: (unit[0], unit[1], place_of[unit[2]])))

    def as_marked(units: Sequence[Unit]) -> tuple[object, ...]:
        return [unit[:2] for unit in units], [place_of[unit[2]] for unit in units]

    return tuple(tuple(sorted(map(in_time, marked), key=as_marked)) for marked in clips), codes
