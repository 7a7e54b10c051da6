"""Every statistic that the plugin offers: what each family does, in the order in which it is shown."""

from __future__ import annotations

from vib.statistic import Statistic

from .by_event import offered as by_event
from .by_time import offered as by_time
from .gamma import offered as gamma
from .sequences import offered as sequences
from .unitizing import offered as unitizing
from .units import offered as units

STATISTICS: tuple[Statistic, ...] = (
    *by_time.STATISTICS,
    *by_event.EVENTS,
    *unitizing.STATISTICS,
    *gamma.STATISTICS,
    *by_event.AGAINST_REFERENCE,
    *units.STATISTICS,
    *sequences.STATISTICS,
)
