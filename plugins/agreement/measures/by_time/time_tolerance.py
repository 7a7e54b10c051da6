"""Time-based agreement with a tolerance: the same code a little earlier or later is agreement too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from plugins.agreement.measures.timelines.grid import ClipGrid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def tolerant_tables(clip: ClipGrid, raters: Sequence[str], categories: int, tolerance: float) -> Floats:
    """Return the seconds of each pair of categories, as seen from either rater.

    A moment at which the first rater says c counts in cell (c, c) when the second says c at
    most `tolerance` seconds before or after, else in (c, what the second says at that
    moment). Then the same is done with the raters' parts exchanged. This is exact: the clip
    is cut wherever the answer can change.

    Returns
    -------
    NDArray[np.float64], shape (2, categories, categories)
        Rows are the first rater's in both.

    References
    ----------
    Bakeman, Quera & Gnisci (2009), doi 10.3758/BRM.41.1.137.
    """
    first, second = (clip.says[rater] for rater in raters)
    near = np.concatenate([clip.edges, clip.edges - tolerance, clip.edges + tolerance])
    edges = np.unique(np.clip(near, clip.edges[0], clip.edges[-1]))
    middles, seconds = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    inside = np.searchsorted(clip.edges, middles) - 1
    tables = []
    for mine, theirs in ((first, second), (second, first)):
        said = mine[inside]
        matched = np.zeros(len(middles), dtype=np.bool_)
        for category in np.unique(mine):
            has = theirs == category
            begins, ends = clip.edges[:-1][has] - tolerance, clip.edges[1:][has] + tolerance
            going_on = np.searchsorted(begins, middles) - np.searchsorted(ends, middles)
            matched |= (said == category) & (going_on > 0)
        other = np.where(matched, said, theirs[inside])
        tables.append(np.bincount(said * categories + other, seconds, categories**2).reshape(categories, categories))
    return np.array([tables[0], tables[1].T])
