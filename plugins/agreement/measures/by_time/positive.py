"""How much of the time that somebody coded is coded alike: agreement that leaves out where neither codes anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vib.statistic import Additive, Estimate, Question

from .time_units import tables_asked, time_unit_percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def time_unit_positive_agreement(question: Question) -> Estimate:
    r"""Share of the coded time of both raters that is coded alike.

    .. math:: p_{pos} = \frac{2 \sum_c t_{cc}}{\sum_c (t_{c+} + t_{+c})}

    summed over the codes: what neither coded, and with a code that both coded something else, does not count. With a
    tolerance it is the mean of the two views of `time_unit_percent`.

    References
    ----------
    Cicchetti & Feinstein (1990), doi 10.1016/0895-4356(90)90159-M.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(100, [Observation("turn", "kind", 0, 10)])
    >>> bram = Timeline(100, [Observation("turn", "kind", 2, 8)])
    >>> clips = (RaterSet("clip", 100, {"anna": anna, "bram": bram}),)
    >>> time_unit_positive_agreement(Question(clips, ("anna", "bram"), "turn", "kind")).value
    0.75
    """
    percent = time_unit_percent(question)
    variant = f"{percent.variant}; time that neither codes so does not count"
    if percent.value is None:
        return replace(percent, variant=variant)
    counted = _counted(question).sum(0)
    kept = ("seconds_first", "seconds_second", "instants_excluded")
    components = {
        "seconds_both": float(counted[:, 0].mean()) / 2,
        **{name: percent.components[name] for name in kept},
    }
    return replace(percent, variant=variant, value=float(_share(counted.reshape(-1))), components=components)


def time_unit_positive_agreement_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where the figure is undefined."""
    if time_unit_percent(question).value is None:
        return None
    counted = _counted(question)
    return Additive(counted.reshape(len(counted), -1), _share)


def _counted(question: Question) -> Floats:
    """Return twice the seconds that both code alike and the coded seconds of both, shape (clips, views, 2)."""
    tables, names = tables_asked(question)
    coded = np.array([name != "" for name in names])
    alike = 2 * np.diagonal(tables, axis1=-2, axis2=-1)[..., coded].sum(-1)
    return np.stack([alike, tables[..., coded, :].sum((-2, -1)) + tables[..., coded].sum((-2, -1))], axis=-1)


def _share(sums: Floats) -> Floats:
    """Return the mean share of the views of each of a stack of sums, NaN where nothing is coded.

    With a tolerance one rater's view may have nothing coded where a short code of the other is passed over; then the
    other view is the share.
    """
    of_view = sums.reshape(*sums.shape[:-1], -1, 2)
    alike, coded = of_view[..., 0], of_view[..., 1]
    there = coded > 0
    shares = np.where(there, alike / np.where(there, coded, 1.0), 0.0).sum(-1)
    views = there.sum(-1)
    return np.asarray(np.where(views > 0, shares / np.where(views > 0, views, 1), np.nan))
