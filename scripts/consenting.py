"""What a sync says of consent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vib.consent import USES
from vib.family import FILE, Family
from vib.problem import InputProblem


def without_consent(folder: Path, family: Family, day: date) -> InputProblem:
    """Return why nothing of a family may be used on a day, on which no use is in force for everybody."""
    place = str(folder / FILE)
    periods = sorted(period for use in USES for period in family.periods(use))
    coming = next((period for period in periods if period.given > day), None)
    if coming is not None:
        return InputProblem(
            place,
            nl=f"de toestemming gaat pas in op {coming.given}; er is niets geregistreerd",
            en=f"the consent begins on {coming.given}; nothing was registered",
        )
    if periods:
        last = max(period.until for period in periods)
        return InputProblem(
            place,
            nl=f"de toestemming liep af op {last}; er is niets geregistreerd",
            en=f"the consent ended on {last}; nothing was registered",
        )
    agreed = {consent.person for consent in family.consent}
    missing = ", ".join(member.id for member in family.members if member.id not in agreed)
    if missing:
        return InputProblem(
            place,
            nl=f"er is geen toestemming van {missing}; er is niets geregistreerd",
            en=f"there is no consent of {missing}; nothing was registered",
        )
    return InputProblem(
        place,
        nl="er is geen gebruik waarin op één dag iedereen toestemt; er is niets geregistreerd",
        en="there is no use to which everybody agrees on one day; nothing was registered",
    )
