"""When a moment is one that was settled before, though codes have changed a little since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

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


Said = TypeVar("Said", bound=Settled)


def is_of(settled: Settled, moment: Stretch) -> bool:
    """Tell whether what was settled can be this moment: of its tier and attribute, and with at least half of it in it.

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
    return _within(settled, moment) >= KNOWN_FROM * length - 1e-9


def known_again(settled: Iterable[Said], moments: Sequence[Stretch]) -> dict[int, Said]:
    """Return what was said last of each moment that was settled before, by its place.

    What was settled is the moment that it has most in common with, so that of two moments at about the same time
    only the one that was meant is settled; moments of the very same stretch are settled together.

    Parameters
    ----------
    settled : Iterable
        The newest first.
    """
    found: dict[int, Said] = {}
    for one in settled:
        closeness = {place: _closeness(one, moment) for place, moment in enumerate(moments) if is_of(one, moment)}
        best = max(closeness.values(), default=0.0)
        for place, close in closeness.items():
            if close == best:
                found.setdefault(place, one)
    return found


def _within(settled: Settled, moment: Stretch) -> float:
    return min(moment.end, settled.end) - max(moment.start, settled.start)


def _closeness(settled: Settled, moment: Stretch) -> float:
    both = max(moment.end, settled.end) - min(moment.start, settled.start)
    return _within(settled, moment) / both if both else 1.0
