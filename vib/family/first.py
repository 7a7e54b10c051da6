"""The first format of ``family.yaml``, which is still read: one consent for the whole family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from vib.codebook import Id, Version
from vib.consent import Use
from vib.family.model import ClipEntry, Consent, Day, Family, FileName, Member, Month, Pseudonym, Recorded, Role
from vib.language import Language, Text
from vib.yaml_file import Checked, Place

BY = Text(nl="gezin", en="family")
"""Who gave the consent, which the first format does not say."""


class FirstMember(Checked):
    """Somebody in the family."""

    id: Pseudonym
    role: Role
    born: Month | None = None


class FirstConsent(Checked):
    """What the family agreed to, from when until when."""

    given: Day
    until: Day
    uses: tuple[Use, ...] = Field(min_length=1)


class FirstClip(Checked):
    """A recording."""

    file: FileName
    recorded: Recorded | None = None
    situation: Annotated[str, Field(max_length=100)] = ""
    uses: tuple[Use, ...] | None = None


class FirstFamily(Checked):
    """The content of a ``family.yaml`` without a format; see `Family`."""

    family: Pseudonym
    method: str
    version: Version | None = None
    level: Id | None = None
    language: Language
    members: tuple[FirstMember, ...] = Field(min_length=1)
    consent: FirstConsent
    clips: tuple[FirstClip, ...] | None = None
    labels: Mapping[Id, Annotated[str, Field(min_length=1, max_length=60)]] = Field(default_factory=dict)

    def faults(self) -> Iterator[tuple[Place, Text]]:
        """Yield what does not fit together: days of the consent, pseudonyms, uses of clips."""
        if self.consent.until < self.consent.given:
            yield ("consent", "until"), Text(nl="ligt voor 'given'", en="is before 'given'")
        for number, clip in enumerate(self.clips or ()):
            beyond = ", ".join(sorted(set(clip.uses or ()) - set(self.consent.uses)))
            if beyond:
                reason = Text(nl=f"gaat verder dan de toestemming: {beyond}", en=f"goes beyond the consent: {beyond}")
                yield ("clips", number, "uses"), reason
        yield from (fault for fault in self.upgraded().faults() if fault[0][0] == "members")

    def upgraded(self) -> Family:
        """Return it in the second format: what the family agreed to, each member agreed to."""
        content = self.model_dump(exclude={"consent", "members", "clips"})
        agreed = self.consent.model_dump()
        clips = None if self.clips is None else tuple(ClipEntry(**clip.model_dump()) for clip in self.clips)
        return Family(
            **content,
            members=tuple(Member(**member.model_dump()) for member in self.members),
            consent=tuple(
                Consent(person=member, by=BY.to(self.language), **agreed)
                for member in dict.fromkeys(member.id for member in self.members)
            ),
            clips=clips,
        )
