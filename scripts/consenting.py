"""What a sync notes and says of consent: the server goes by what is noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from scripts.auditing import record
from vib.consent import USE_NAMES, USES, FamilyConsent, Use
from vib.consent_state import to_be_said
from vib.family import FILE, Family, clip_name, family_of
from vib.language import Text
from vib.library import LIBRARY, Library, opened
from vib.problem import InputProblem
from vib.settings import Settings

NOT_TO_BE_SEEN = Text(
    nl="geen toestemming voor begeleiding of opleiding",
    en="no consent for guidance or training (begeleiding, opleiding)",
)
"""Why no task is made of a clip."""


EXPORTED_FOR: tuple[Use, ...] = ("begeleiding", "onderzoek")
"""For what codes go out of the installation."""

NAMED = 5
"""How many clips are named."""


def note_consent(library: Library, settings: Settings, family: Family, today: date) -> list[Text]:
    """Note what a family agreed to; return what is no longer allowed since the last sync, and what ends soon.

    Raises
    ------
    OSError
        What changed cannot be recorded in the audit log: nothing is noted then.
    """
    before = library.consent(family.family)
    entries = library.entries(family.family)
    clips = {entry.source: clip for clip, entry in entries.items() if entry.problem is None}
    now = FamilyConsent(family.consented().periods, _narrowed(family, clips, before))
    if now != before:
        record(settings, "sync consent", family.family, _changes(before, now))
        library.put_consent(family.family, now)
    said: list[Text] = []
    if before is not None:
        lost = Counter(use for clip in clips.values() for use in before.uses_of(clip, today) - now.uses_of(clip, today))
        said += [_withdrawn(use, lost[use]) for use in USES if lost[use]]
    if now.uses_on(today):
        said += [one.sentence for one in to_be_said(now, today)]
    return said


def consents_of(settings: Settings) -> Mapping[str, FamilyConsent]:
    """Return what each family agreed to, as the last sync noted it.

    Raises
    ------
    InputProblem
        It cannot be read.
    """
    path = settings.data / LIBRARY
    if not path.exists():
        return {}
    with opened(path) as library:
        return library.consents()


def not_agreed_to(clips: Iterable[str], agreed: Mapping[str, FamilyConsent], today: date) -> Iterator[Text]:
    """Yield for what codes of clips go out without consent: guidance and research, each with the clips."""
    noted = {clip: consent for clip in clips if (consent := agreed.get(family_of(clip))) is not None}
    for use in EXPORTED_FOR:
        without = sorted(clip for clip, consent in noted.items() if use not in consent.uses_of(clip, today))
        if without:
            named = ", ".join(without[:NAMED]) + (", ..." if len(without) > NAMED else "")
            yield Text(
                nl="Geen toestemming (meer) voor {use} bij {n} van de clips: {named}",
                en="No consent (any more) for {use} with {n} of the clips: {named}",
            ).filled(use=USE_NAMES[use], n=len(without), named=named)


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


def _narrowed(family: Family, clips: Mapping[str, str], before: FamilyConsent | None) -> dict[str, frozenset[Use]]:
    """Return the clips that may be used for less than all; one that is listed no more keeps what was said of it."""
    if family.clips is None:
        return {}
    listed = {clips.get(entry.file, f"{family.family}/{clip_name(entry.file)}"): entry.uses for entry in family.clips}
    kept = {clip: uses for clip, uses in (before.narrowed if before else {}).items() if clip not in listed}
    return {**kept, **{clip: frozenset(uses) for clip, uses in listed.items() if uses is not None}}


def _changes(before: FamilyConsent | None, now: FamilyConsent) -> Iterator[str]:
    """Yield what is different, a line for each use and clip."""
    for use in USES:
        was, is_now = (_days(one, use) for one in (before, now))
        if was != is_now:
            yield f"{use}: {was} -> {is_now}"
    narrowed = {} if before is None else before.narrowed
    for clip in sorted({*narrowed, *now.narrowed}):
        if narrowed.get(clip) != now.narrowed.get(clip):
            yield f"clip {clip}: {_uses(narrowed.get(clip))} -> {_uses(now.narrowed.get(clip))}"


def _days(consent: FamilyConsent | None, use: Use) -> str:
    periods = consent.periods.get(use, ()) if consent else ()
    return ", ".join(f"{period.given}..{period.until}" for period in periods) or "-"


def _uses(uses: frozenset[Use] | None) -> str:
    return "all" if uses is None else "+".join(sorted(uses)) or "-"


def _withdrawn(use: Use, clips: int) -> Text:
    noun = "clip" if clips == 1 else "clips"
    return Text(
        nl=f"{USE_NAMES[use].nl} mag niet meer: bij {clips} {noun}",
        en=f"{USE_NAMES[use].en} is no longer allowed: with {clips} {noun}",
    )
