"""What recordings may be used for now, as the last sync noted it in ``library.sqlite3``."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings

from vib.consent import FamilyConsent, Viewing
from vib.family import family_of
from vib.language import Text
from vib.library import LIBRARY, consents

NO_CONSENT = Text(
    nl="De toestemming voor deze clip is voorbij, of er is geen toestemming om hem zo te gebruiken.",
    en="The consent for this clip is over, or there is none for using it in this way.",
)

log = logging.getLogger("vib.consent")

_Stamp = tuple[tuple[int, int] | None, ...]

_kept: tuple[Path, _Stamp, Mapping[str, FamilyConsent] | None] | None = None
"""Which file was read, when it was last written, and what it says; None where it could never be read."""


def consent_of(family: str) -> FamilyConsent | None:
    """Return what a family agreed to; None where no sync noted that yet."""
    found = _noted()
    return None if found is None else found.get(family)


def may_be_seen(clip: str, viewing: Viewing) -> bool:
    """Tell whether a clip may be seen today in a way, as far as the consent goes.

    A family of which no sync noted the consent yet is as before there were notes. Where the notes cannot be read,
    nothing may be seen.
    """
    found = _noted()
    if found is None:
        return False
    consent = found.get(family_of(clip))
    return consent is None or consent.allows(viewing, clip, date.today())


def _noted() -> Mapping[str, FamilyConsent] | None:
    """Return what is noted; read again only where the file was written to. None where it cannot be read."""
    global _kept
    path = settings.VIB.data / LIBRARY
    stamp = tuple(_written(file) for file in (path, path.with_name(f"{LIBRARY}-wal")))
    kept = _kept
    if kept is None or kept[:2] != (path, stamp):
        before = kept[2] if kept is not None and kept[0] == path else None
        try:
            kept = (path, stamp, consents(path))
        except sqlite3.Error:
            log.exception("what was consented to cannot be read")
            kept = (path, stamp, before)
        _kept = kept
    return kept[2]


def _written(path: Path) -> tuple[int, int] | None:
    """Return when a file was last written to, and its size: SQLite keeps what is new in a file beside the first."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size
