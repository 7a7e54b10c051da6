"""What recordings may be used for, and when: uses, periods, and what everybody of a family agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import Literal, get_args

from vib.language import Text

Use = Literal["begeleiding", "intervisie", "opleiding", "onderzoek"]

USES: tuple[Use, ...] = get_args(Use)

USE_NAMES: Mapping[Use, Text] = {
    "begeleiding": Text(nl="begeleiding", en="guidance"),
    "intervisie": Text(nl="intervisie", en="peer consultation"),
    "opleiding": Text(nl="opleiding", en="training"),
    "onderzoek": Text(nl="onderzoek", en="research"),
}
"""What each use is called."""

Viewing = Literal["guidance", "training"]

TO_SEE: Viewing = "guidance"
"""As who has the family sees a clip: while ``begeleiding`` is in force."""

TO_LEARN: Viewing = "training"
"""As raters and trainees see a clip: while ``opleiding`` is in force, and where guidance was agreed to that too."""

AHEAD = timedelta(weeks=8)
"""How long before it ends the end of a consent is shown."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days in a row: the first and the last of them."""

    given: date
    until: date

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.given <= day <= self.until


@dataclass(frozen=True, slots=True)
class FamilyConsent:
    """What a family agreed to, as far as everybody in it did.

    Parameters
    ----------
    periods : Mapping[Use, tuple of Period]
        When each use is in force, in order.
    narrowed : Mapping[str, frozenset of Use]
        What a clip may be used for at most, by id, where that is less than all.
    """

    periods: Mapping[Use, tuple[Period, ...]]
    narrowed: Mapping[str, frozenset[Use]] = field(default_factory=dict)

    def uses_on(self, day: date) -> frozenset[Use]:
        """Return the uses that are in force on a day."""
        return frozenset(use for use in USES if any(period.holds(day) for period in self.periods.get(use, ())))

    def uses_of(self, clip: str, day: date) -> frozenset[Use]:
        """Return what a clip may be used for on a day."""
        return self.uses_on(day) & self.narrowed.get(clip, frozenset(USES))

    def allows(self, viewing: Viewing, clip: str, day: date) -> bool:
        """Tell whether a clip may be seen in a way on a day.

        Where guidance is over, the clip is seen by nobody; what was made for training only never needed it.
        """
        uses = self.uses_of(clip, day)
        if viewing == TO_SEE:
            return "begeleiding" in uses
        guided = "begeleiding" in self.periods and "begeleiding" in self.narrowed.get(clip, USES)
        return "opleiding" in uses and (not guided or "begeleiding" in uses)

    def is_seen(self, clip: str, day: date) -> bool:
        """Tell whether anybody may see a clip on a day."""
        return self.allows(TO_SEE, clip, day) or self.allows(TO_LEARN, clip, day)

    def end_of(self, use: Use, day: date) -> date | None:
        """Return the first day on which a use is over, seen from a day; None if not everybody ever agreed to it."""
        return end_of(self.periods.get(use, ()), day)

    def ending(self, day: date) -> dict[Use, date]:
        """Return the uses that are in force on a day and end soon, with the first day on which each is over."""
        ends = {use: self.end_of(use, day) for use in USES if use in self.uses_on(day)}
        return {use: end for use, end in ends.items() if end is not None and end <= day + AHEAD}


NOTHING = FamilyConsent({})
"""Where nobody agreed to anything."""


def common(persons: Iterable[Iterable[Period]]) -> tuple[Period, ...]:
    """Return the periods in which everybody agrees, of those of each person.

    Examples
    --------
    >>> year = Period(date(2026, 1, 1), date(2026, 12, 31))
    >>> summer = Period(date(2026, 6, 1), date(2026, 8, 31))
    >>> common([[year], [summer]]) == (summer,)
    True
    >>> common([[year], []])
    ()
    """
    every = [_joined(periods) for periods in persons]
    return reduce(_both, every) if every else ()


def end_of(periods: Sequence[Period], day: date) -> date | None:
    """Return the first day on which it is over, of periods in order, seen from a day.

    That is after the period in which the day lies, else after the last one. None where there is no period.
    """
    now = next((period for period in periods if period.holds(day)), None) or (periods[-1] if periods else None)
    return None if now is None else day_after(now.until)


def day_after(day: date) -> date:
    """Return the next day; of the last day of the calendar, that day itself."""
    return day if day == date.max else day + timedelta(days=1)


def _joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return periods in order, those that overlap or follow each other as one."""
    found: list[Period] = []
    for period in sorted(periods):
        if found and period.given <= day_after(found[-1].until):
            found[-1] = Period(found[-1].given, max(found[-1].until, period.until))
        else:
            found.append(period)
    return tuple(found)


def _both(one: tuple[Period, ...], other: tuple[Period, ...]) -> tuple[Period, ...]:
    met = (Period(max(a.given, b.given), min(a.until, b.until)) for a in one for b in other)
    return tuple(sorted(period for period in met if period.given <= period.until))
