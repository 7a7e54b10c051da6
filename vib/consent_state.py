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
    "in force": Text(nl="geldt", en="in force"),
    "ending": Text(nl="loopt bijna af", en="ends soon"),
    "over": Text(nl="voorbij", en="over"),
    "coming": Text(nl="geldt nog niet", en="not yet"),
    "none": Text(nl="geldt niet", en="not in force"),
}
"""How it is with a use, in a word or two."""

DAYS: Mapping[State, Text] = {
    "in force": Text(nl="tot en met {0}", en="until {0}"),
    "ending": Text(nl="tot en met {0}", en="until {0}"),
    "over": Text(nl="was tot en met {0}", en="was until {0}"),
    "coming": Text(nl="vanaf {0}", en="from {0}"),
    "none": Text(nl="niet iedereen stemde toe", en="not everybody agreed"),
}
"""Until when it is in force, or why it is not; the day is that of a `UseState`."""

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
    def days(self) -> Text:
        """Until when it is in force, or why it is not."""
        days = () if self.day is None else (Text(nl=written_day(self.day, "nl"), en=written_day(self.day, "en")),)
        return DAYS[self.state].filled(*days)

    @property
    def said(self) -> Text:
        """How it is with it, and until when."""
        return Text(nl="{0}: {1}", en="{0}: {1}").filled(STATES[self.state], self.days)

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
