"""What families of the scenario agreed to, in tests: noted in the library, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from vib.consent import FamilyConsent, Period, Use
from vib.library import LIBRARY, Library

YESTERDAY = date.today() - timedelta(days=1)
LATER = date.today() + timedelta(days=400)
LONG_AGO = date(2020, 1, 1)

Noted = dict[str, FamilyConsent]


def until(**uses: date) -> FamilyConsent:
    """Return a consent in which each use began long ago and lasts until a day."""
    return FamilyConsent({_use(name): (Period(LONG_AGO, day),) for name, day in uses.items()})


def _use(name: str) -> Use:
    found: dict[str, Use] = {"begeleiding": "begeleiding", "opleiding": "opleiding", "onderzoek": "onderzoek"}
    return found[name]


def library_file() -> Path:
    """Return the file of the library."""
    from django.conf import settings

    data: Path = settings.VIB.data
    return data / LIBRARY


@contextmanager
def noted(families: Noted) -> Iterator[Library]:
    """Have a library in which the consent of families is noted."""
    path = library_file()
    library = Library(path)
    try:
        for family, consent in families.items():
            library.put_consent(family, consent)
        yield library
    finally:
        library.close()
        for file in path.parent.glob(f"{LIBRARY}*"):
            file.unlink()
