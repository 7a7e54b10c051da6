"""Making and changing a family on disk, for somebody: recorded before it is done, and theirs from the first moment."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.db import transaction

from vib.actor import Actor
from vib.changed_families import leave_note
from vib.consent import FamilyConsent
from vib.family import Family, change_family, differences, write_family
from vib.library import LIBRARY, opened
from vib.problem import InputProblem
from vib.sending import FOLDER as INTAKE

from . import family_texts as texts

DIGITS = 4
"""Of a pseudonym that is offered."""


def offered_pseudonym() -> str:
    """Return a pseudonym that no folder has, which tells nothing: not even how many families there are."""
    while True:
        found = f"F-{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if not _is_taken(found):
            return found


def make_family(family: Family, user: int, by: Actor) -> None:
    """Write down a new family and give it to who makes it: all of it is done and recorded, or nothing is.

    Raises
    ------
    InputProblem
        Its pseudonym is taken, or the account makes no families.
    OSError
        It cannot be written, or not be recorded.
    """
    families: Path = settings.VIB.families
    families.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = Path(mkdtemp(prefix=".new-", dir=families))
    try:
        write_family(half, family)
        with transaction.atomic():
            if _is_taken(family.family):
                raise InputProblem(family.family, nl=texts.TAKEN.nl, en=texts.TAKEN.en)
            if not settings.VIB_PLUGIN_HOST.hook.vib_family_made(user=user, by=by, pseudonym=family.family):
                raise InputProblem(family.family, nl=texts.NOBODYS.nl, en=texts.NOBODYS.en)
            _record(by, None, family)
            # Fails where a folder of this name that is not empty came to be there meanwhile.
            half.rename(families / family.family)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def change(folder: Path, make: Callable[[Family], Family], by: Actor, stamp: str) -> Family:
    """Change a family as somebody asks who looked at it as it was; record what changes before it does.

    Raises
    ------
    InputProblem
        It cannot be, or somebody else changed it meanwhile.
    OSError
        It cannot be written, or not be recorded.
    """

    def recorded(before: Family) -> Family:
        after = make(before)
        _record(by, before, after)
        _note(after)
        return after

    before, after = change_family(folder, recorded, stamp=stamp)
    if after != before:
        leave_note(settings.VIB.data / INTAKE, after.family)
    return after


def _note(family: Family) -> None:
    """Let what a family agreed to now hold at once, where a sync noted it before: what is withdrawn does not wait."""
    path = settings.VIB.data / LIBRARY
    if not path.exists():
        return
    with opened(path) as library:
        before = library.consent(family.family)
        if before is not None:
            library.put_consent(family.family, FamilyConsent(family.consented().periods, before.narrowed))


def _record(by: Actor, before: Family | None, after: Family) -> None:
    what = "family made" if before is None else "family changed"
    for said in differences(before, after):
        event = by.event(what, families=[after.family], which=said)
        settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)


def _is_taken(pseudonym: str) -> bool:
    """Tell whether there is a folder of this name; on some disks small letters and capitals are the same."""
    families: Path = settings.VIB.families
    wanted = pseudonym.casefold()
    return families.is_dir() and any(path.name.casefold() == wanted for path in families.iterdir())
