"""When a moment is one that was settled before, though codes have changed a little since."""

from __future__ import annotations

from typing import Protocol

KNOWN_FROM = 0.5
"""Share of a moment that must lie in what was settled, for it to be that moment still."""

NEAR = 0.5
"""Seconds by which an instant may have moved, and be the same one."""


class Stretch(Protocol):
    """What a moment is known by, within its clip."""

    @property
    def tier(self) -> str: ...
    @property
    def attribute(self) -> str | None: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


class Settled(Protocol):
    """A stretch of a clip of which somebody said that it is settled; without attribute that is empty."""

    @property
    def tier(self) -> str: ...
    @property
    def attribute(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


def is_of(settled: Settled, moment: Stretch) -> bool:
    """Tell whether what was settled is this moment: of its tier and attribute, and with at least half of it in it.

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> settled = Of(tier="turn", attribute="", start=10, end=14)
    >>> is_of(settled, Of(tier="turn", attribute=None, start=10.5, end=14.5))
    True
    """
    if (settled.tier, settled.attribute) != (moment.tier, moment.attribute or ""):
        return False
    length = moment.end - moment.start
    if not length:
        return settled.start - NEAR <= moment.start <= settled.end + NEAR
    within = min(moment.end, settled.end) - max(moment.start, settled.start)
    return within >= KNOWN_FROM * length - 1e-9
