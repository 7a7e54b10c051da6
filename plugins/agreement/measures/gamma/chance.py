"""What the same raters could have marked by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .continuum import Continuum

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SMALLEST = 1e-9
"""Share of a circle that must be free: below it, only rounding is."""


def shifted(continuum: Continuum, chance: Generator, *, start: float, length: float, spacing: float) -> Continuum:
    """Draw for each rater what some rater really marked, moved along the clip by some time.

    What is moved past the end comes in again at the start, as if the clip were a circle;
    a unit stays whole and may reach past the end. Shifts lie at least `spacing` mean
    lengths of a unit apart on that circle, so that chance does not bring back the
    agreement that was there; where the clip is too short for it, they lie anywhere. A
    sample without any unit is drawn again.

    Parameters
    ----------
    continuum : Continuum
        With at least one unit.
    start, length : float
        Extent that is a circle, in seconds.

    References
    ----------
    Mathet, Widlöcher & Métivier (2015), section 5.2.1, doi 10.1162/COLI_a_00227.

    Examples
    --------
    >>> both = Continuum.of([[(0, 4, "a"), (10, 14, "b")], [(1, 5, "a")]], ("a", "b"))
    >>> drawn = shifted(both, np.random.default_rng(0), start=0.0, length=14.0, spacing=0.5)
    >>> set(drawn.lengths.tolist()), drawn.n_raters
    ({4.0}, 2)
    """
    bounds = continuum.bounds
    counts = np.diff(bounds)
    raters = continuum.n_raters
    whose = chance.integers(raters, size=raters)
    while not counts[whose].any():
        whose = chance.integers(raters, size=raters)
    shifts = _shifts(chance, raters, length, spacing * float(continuum.lengths.mean()))
    units = np.concatenate([np.arange(bounds[rater], bounds[rater + 1]) for rater in whose])
    drawn_by = np.repeat(np.arange(raters), counts[whose])
    starts = (continuum.starts[units] - start + shifts[drawn_by]) % length
    ends = starts + continuum.lengths[units]
    return Continuum.sorted(starts, ends, continuum.codes[units], drawn_by, raters)


def _shifts(chance: Generator, raters: int, length: float, apart: float) -> Floats:
    """Draw places on a circle, one after the other, each `apart` from those before."""
    shifts = [chance.uniform(0.0, length)]
    for _ in range(raters - 1):
        ordered = np.sort(shifts)
        gaps = np.diff(np.append(ordered, ordered[0] + length))
        free = np.cumsum(np.maximum(gaps - 2.0 * apart, 0.0))
        if free[-1] < SMALLEST * length:
            shifts.append(chance.uniform(0.0, length))
            continue
        drawn = chance.uniform(0.0, free[-1])
        gap = int(np.searchsorted(free, drawn, side="right"))
        before = free[gap - 1] if gap else 0.0
        shifts.append(float(ordered[gap] + apart + drawn - before) % length)
    return np.array(shifts)


def invented(continuum: Continuum, chance: Generator, *, start: float) -> Continuum:
    """Draw units that are only on average like those that were marked.

    Each rater has some number of units, one after the other, with gaps and lengths: drawn
    from normal distributions with the means and standard deviations of what was marked
    (a negative gap is an overlap, a negative number or length counts without its sign).
    Codes are drawn as often as they were used. This is the sampler that
    pygamma-agreement uses unless told otherwise, with the gap before a rater's first unit
    counted from `start`. A sample without any unit is drawn again.

    Parameters
    ----------
    continuum : Continuum
        With at least one unit.
    start : float
        Where the extent begins, in seconds.

    References
    ----------
    Titeux & Riad (2021), pygamma-agreement, doi 10.21105/joss.02989.

    Examples
    --------
    >>> both = Continuum.of([[(0, 4, "a"), (10, 14, "b")], [(1, 5, "a")]], ("a", "b"))
    >>> drawn = invented(both, np.random.default_rng(0), start=0.0)
    >>> set(drawn.lengths.tolist()), drawn.n_raters
    ({4.0}, 2)
    """
    raters = continuum.n_raters
    counts = np.diff(continuum.bounds)
    lengths, gaps = continuum.lengths, _gaps(continuum, start)
    drawn = np.abs(chance.normal(counts.mean(), counts.std(), raters).astype(np.intp))
    while not drawn.any():
        drawn = np.abs(chance.normal(counts.mean(), counts.std(), raters).astype(np.intp))
    whose = np.repeat(np.arange(raters), drawn)
    passed = chance.normal(gaps.mean(), gaps.std(), len(whose))
    lasting = np.abs(chance.normal(lengths.mean(), lengths.std(), len(whose)))
    codes = chance.choice(continuum.codes, len(whose))
    ends = np.cumsum(passed + lasting)
    ends -= np.concatenate(([0.0], ends))[np.cumsum(drawn) - drawn][whose]
    return Continuum.sorted(ends - lasting, ends, codes, whose, raters)


def _gaps(continuum: Continuum, start: float) -> Floats:
    """Return the time between units that follow each other, and before a rater's first."""
    order = np.lexsort((continuum.ends, continuum.starts, continuum.raters))
    starts, ends, raters = continuum.starts[order], continuum.ends[order], continuum.raters[order]
    first = np.diff(raters, prepend=-1) > 0
    before: Floats = np.where(first, start, np.concatenate(([0.0], ends[:-1])))
    gaps: Floats = starts - before
    return gaps
