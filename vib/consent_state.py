"""How it is with what a family agreed to on a day, and what of it is to be said weeks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, final

from vib.consent import USE_NAMES, USES, FamilyConsent, Use
from vib.dates import written_day
from vib.language import Text

State = Literal["in force", "ending", "over", "coming", "none"]

SEEN: frozenset[State] = frozenset({"in force", "ending"})
"""States in which a use may be made of clips."""

STATES: Mapping[State, Text] = {
    "in force": Text(nl="tot en met {0}", en="until {0}"),
    "ending": Text(nl="loopt bijna af: tot en met {0}", en="ends soon: until {0}"),
    "over": Text(nl="voorbij sinds {0}", en="over since {0}"),
    "coming": Text(nl="pas vanaf {0}", en="only from {0}"),
    "none": Text(nl="geen toestemming van iedereen", en="no consent of everybody"),
}
"""How it is with a use; the day is the last one on which it is or was in force, or the first one."""

NOT_SEEN = Text(nl="wie het gezin begeleidt ziet de clips nu niet", en="who guides the family cannot see the clips now")


@final
@dataclass(frozen=True, slots=True)
class UseState:
    """How it is with one use on a day.

    Parameters
    ----------
    day : date or None
        The last day on which it is or was in force; of one that is coming the first; None where there is none.
    """

    use: Use
    state: State
    day: date | None = None

    @property
    def said(self) -> Text:
        """How it is with it, in words."""
        days = () if self.day is None else (Text(nl=written_day(self.day, "nl"), en=written_day(self.day, "en")),)
        return STATES[self.state].filled(*days)

    @property
    def means(self) -> Text | None:
        """What follows from that for whoever has the family; None where nothing does."""
        return NOT_SEEN if self.use == "begeleiding" and self.state not in SEEN else None

    @property
    def sentence(self) -> Text:
        """The use, how it is with it and what follows, on one line."""
        said = Text(nl="{0}: {1}", en="{0}: {1}").filled(USE_NAMES[self.use], self.said)
        return Text(nl="{0} ({1})", en="{0} ({1})").filled(said, self.means) if self.means else said


def states_of(consent: FamilyConsent, today: date) -> list[UseState]:
    """Return how it is with each use."""
    return [_state(consent, use, today) for use in USES]


def to_be_said(consent: FamilyConsent, today: date) -> list[UseState]:
    """Return what whoever has the family should know: what ends soon, and that the clips cannot be seen."""
    return [one for one in states_of(consent, today) if one.state == "ending" or one.means]


def _state(consent: FamilyConsent, use: Use, today: date) -> UseState:
    periods = consent.periods.get(use, ())
    now = next((period for period in periods if period.holds(today)), None)
    if now is not None:
        return UseState(use, "ending" if use in consent.ending(today) else "in force", now.until)
    coming = next((period for period in periods if period.given > today), None)
    if coming is not None:
        return UseState(use, "coming", coming.given)
    return UseState(use, "over", periods[-1].until) if periods else UseState(use, "none")
