"""What recordings may be used for now, as the last sync noted it in ``library.sqlite3``."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import final

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


@final
@dataclass(frozen=True, slots=True)
class _Notes:
    """What a file said when it was last written to; `whole` is whether that is all of it, as it could be read."""

    path: Path
    written: tuple[tuple[int, int] | None, ...]
    consents: Mapping[str, FamilyConsent]
    whole: bool = True


_kept: _Notes | None = None


def consent_of(family: str) -> FamilyConsent | None:
    """Return what a family agreed to; None where no sync noted that yet, or it cannot be read."""
    return _noted().consents.get(family)


def may_be_seen(clip: str, viewing: Viewing) -> bool:
    """Tell whether a clip may be seen today in a way, as far as the consent goes.

    A family of which no sync noted the consent yet is as before there were notes. Where the notes cannot be read,
    what they said before counts, and nothing else may be seen.
    """
    notes = _noted()
    consent = notes.consents.get(family_of(clip))
    return notes.whole if consent is None else consent.allows(viewing, clip, date.today())


def _noted() -> _Notes:
    """Return what is noted; read again only where the file was written to, or could not be read."""
    global _kept
    path = settings.VIB.data / LIBRARY
    written = tuple(_written(file) for file in (path, path.with_name(f"{LIBRARY}-wal")))
    kept = _kept
    if kept is None or not kept.whole or (kept.path, kept.written) != (path, written):
        try:
            kept = _Notes(path, written, consents(path))
        except sqlite3.Error:
            log.exception("what was consented to cannot be read")
            before = kept.consents if kept is not None and kept.path == path else {}
            kept = _Notes(path, written, before, whole=False)
        _kept = kept
    return kept


def _written(path: Path) -> tuple[int, int] | None:
    """Return when a file was last written to, and its size: SQLite keeps what is new in a file beside the first."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size
