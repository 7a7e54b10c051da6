"""How many of the events with a code the other rater has too: agreement that leaves out what is something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vib.statistic import Additive, Estimate, Question

from .events import event_percent, linked_events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def event_positive_agreement(question: Question) -> Estimate:
    r"""Share of the events of both raters that the other has too, with the same code.

    .. math:: p_{pos} = \frac{2 n_{cc}}{n_{c+} + n_{+c}}

    with in the numerator the linked pairs to which both gave code c, and in the denominator the events of the one and
    of the other with that code. Unlike `event_percent`, agreeing that an event is something else does not count. Of a
    tier as a whole the two are the same.

    References
    ----------
    Cicchetti & Feinstein (1990), doi 10.1016/0895-4356(90)90159-M; linked as Holle & Rein (2015), doi
    10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "volwassene", 20, 30)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> round(event_positive_agreement(Question(clips, ("anna", "bram"), "turn", "kind")).value, 3)
    0.667
    """
    percent = event_percent(question)
    variant = f"{percent.variant}; what neither calls so does not count"
    if percent.value is None:
        return replace(percent, variant=variant)
    counted = _counted(question).sum(0)
    kept = ("events", "events_first", "events_second", "instants", "overlap")
    components = {"both": float(counted[0]), **{name: percent.components[name] for name in kept}}
    return replace(percent, variant=variant, value=float(_share(counted)), components=components)


def event_positive_agreement_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where the figure is undefined."""
    return None if event_percent(question).value is None else Additive(_counted(question), _share)


def _counted(question: Question) -> Floats:
    """Return the events that both call so, one of each rater, and all events called so, shape (clips, 2)."""
    linked = linked_events(question)
    tables = linked.tables.copy()
    asked = np.array([question.code in (None, code) for code in linked.codes] + [False])
    alike = np.diagonal(tables, axis1=-2, axis2=-1)[..., asked].sum(-1)
    # A linked pair counts two: in a row and in a column, each of its events is there twice.
    tables[..., :-1, :-1] /= 2
    return np.stack([alike, tables[..., asked, :].sum((-2, -1)) + tables[..., asked].sum((-2, -1))], axis=-1)


def _share(sums: Floats) -> Floats:
    """Return the share of each of a stack of sums, NaN where there are no events."""
    events = sums[..., 1]
    return np.asarray(np.where(events > 0, sums[..., 0] / np.where(events > 0, events, 1.0), np.nan))
