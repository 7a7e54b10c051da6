"""How it is with what a family agreed to, and what of it whoever has the family should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, final

from vib.consent import TO_SEE, USES, FamilyConsent, Use

State = Literal["in force", "ending", "over", "coming", "none"]

SEEN: frozenset[State] = frozenset({"in force", "ending"})
"""States in which a use may be made of clips."""


@final
@dataclass(frozen=True, slots=True)
class UseState:
    """How it is with one use on a day; `day` is the last one on which it is or was in force, or the first one."""

    use: Use
    state: State
    day: date | None = None


def states_of(consent: FamilyConsent, today: date) -> list[UseState]:
    """Return how it is with each use."""
    return [_state(consent, use, today) for use in USES]


def _state(consent: FamilyConsent, use: Use, today: date) -> UseState:
    periods = consent.periods.get(use, ())
    now = next((period for period in periods if period.holds(today)), None)
    if now is not None:
        return UseState(use, "ending" if use in consent.ending(today) else "in force", now.until)
    coming = next((period for period in periods if period.given > today), None)
    if coming is not None:
        return UseState(use, "coming", coming.given)
    return UseState(use, "over", periods[-1].until) if periods else UseState(use, "none")


def to_be_said(consent: FamilyConsent, today: date) -> list[UseState]:
    """Return what whoever has the family should know: what ends soon, and what is over without which nobody sees it."""
    found = states_of(consent, today)
    return [one for one in found if one.state == "ending" or (one.use in TO_SEE and one.state != "in force")]
