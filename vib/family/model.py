"""A family as ``family.yaml`` says it: members, consent, clips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from vib.codebook import Id, Version
from vib.consent import USES, FamilyConsent, Period, Use, common, day_after
from vib.family.clips import clip_name
from vib.language import Language, Text
from vib.validation import WrongValue, written_as
from vib.yaml_file import Checked, Place

FORMAT: Literal["vib-family/2"] = "vib-family/2"

Pseudonym = Annotated[
    str,
    written_as(
        r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}",
        nl="is geen pseudoniem: hoogstens 64 letters, cijfers, - en _, met een letter of cijfer voorop",
        en="is not a pseudonym: at most 64 letters, digits, - and _, with a letter or digit first",
    ),
]
Month = Annotated[
    str,
    written_as(r"\d{4}-(0[1-9]|1[0-2])", nl="is geen maand zoals 2022-05", en="is not a month such as 2022-05"),
]
Home = Literal["pleeggezin", "ouders"]
"""The two homes of a child that visits."""

ClipKind = Literal["recording", "review"]
"""A recording of the family, or of how somebody looks at recordings with it."""


def _plain_file(name: str) -> str:
    if name in (".", "..") or not re.fullmatch(r"[^/\\\x00-\x1f\ud800-\udfff]{1,150}", name):
        raise WrongValue(
            nl="is geen gewone bestandsnaam van hoogstens 150 tekens",
            en="is no plain file name of at most 150 characters",
        )
    return name


def _as_day(value: object) -> object:
    """Refuse a number, which would be read as seconds since 1970."""
    if not isinstance(value, str | date):
        raise WrongValue(nl="is geen dag zoals 2026-02-20", en="is not a day such as 2026-02-20")
    return value


def _as_written(value: object) -> object:
    """Return a day that YAML read as one as it was written."""
    return value.isoformat() if isinstance(value, date) else value


Recorded = Annotated[
    str,
    written_as(
        r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?",
        nl="is geen dag of maand zoals 2026-02-20 of 2026-02",
        en="is not a day or month such as 2026-02-20 or 2026-02",
    ),
    BeforeValidator(_as_written),
]
FileName = Annotated[str, AfterValidator(_plain_file)]
Day = Annotated[date, BeforeValidator(_as_day)]
Role = Annotated[str, Field(min_length=1, max_length=60)]

CHILDREN = frozenset(
    "kind pleegkind baby peuter kleuter puber tiener leerling zoon dochter broer broertje zus zusje "
    "child toddler teenager pupil son daughter brother sister sibling".split()
)
"""Last words of the roles of children."""


class Member(Checked):
    """Somebody in the family, without a name.

    Attributes
    ----------
    home : str or None
        Where somebody lives, of a child that visits its parents.
    """

    id: Pseudonym
    role: Role
    born: Month | None = None
    home: Home | None = None

    @property
    def is_child(self) -> bool:
        """Whether this is a child of the family, by the last word of the role, or because it says when it was born.

        Examples
        --------
        >>> [Member(id="x", role=role).is_child for role in ("eigen kind", "foster child", "pleegmoeder", "kind 2")]
        [True, True, False, True]
        """
        words = [word for word in self.role.lower().split() if not word.isdecimal()]
        return self.born is not None or (bool(words) and words[-1] in CHILDREN)


class Consent(Checked):
    """What somebody agreed to, from when until when.

    Attributes
    ----------
    person : str
        Of which member.
    given, until : date
        The first and the last day; in the file the first is called ``from``.
    by : str
        Who gave it, by role: "ouder met gezag", "voogd", "zelf".
    """

    model_config = ConfigDict(validate_by_name=True)

    person: Pseudonym
    uses: tuple[Use, ...] = Field(min_length=1)
    given: Day = Field(validation_alias="from")
    until: Day
    by: Role


class ClipEntry(Checked):
    """A recording that family.yaml lists.

    Attributes
    ----------
    join : tuple[str, ...]
        The files that go on where `file` ends, as one clip with it.
    recorded : str or None
        Day or month of the recording, from which the age of the children follows.
    discusses : tuple[str, ...]
        Of a review, the names of the clips that are looked at in it.
    sound : int or None
        Which sound track counts, from 1; None for the one with speech.
    uses : tuple[str, ...] or None
        What it may be used for at most; None for all that was consented to.
    """

    file: FileName
    join: tuple[FileName, ...] = ()
    recorded: Recorded | None = None
    situation: Annotated[str, Field(max_length=100)] = ""
    kind: ClipKind = "recording"
    discusses: tuple[FileName, ...] = ()
    sound: Annotated[int, Field(ge=1, le=100)] | None = None
    uses: tuple[Use, ...] | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it is made of, in their order."""
        return (self.file, *self.join)


class Family(Checked):
    """The content of ``family.yaml``.

    Attributes
    ----------
    version : str or None
        The version of the codebook with which coders go on; None for the one that is installed.
    level : str or None
        Id of the codebook's level at which coders are asked; None for all of the codebook.
    consent : tuple[Consent, ...]
        One or more for each member who agreed to something; a use is in force where every member agreed to it.
    labels : Mapping[str, str]
        What codes are called in this family that whoever sets up a project names, by id.
    """

    format: Literal["vib-family/2"] = FORMAT
    family: Pseudonym
    method: str
    version: Version | None = None
    level: Id | None = None
    language: Language
    members: tuple[Member, ...] = Field(min_length=1)
    consent: tuple[Consent, ...] = ()
    clips: tuple[ClipEntry, ...] | None = None
    labels: Mapping[Id, Annotated[str, Field(min_length=1, max_length=60)]] = Field(default_factory=dict)

    def faults(self) -> Iterator[tuple[Place, Text]]:
        """Yield what does not fit together: pseudonyms, days and persons of the consent, files and clips."""
        for number, member in enumerate(self.members):
            if member.id in {other.id for other in self.members[:number]}:
                reason = Text(nl=f"{member.id} is al een ander gezinslid", en=f"{member.id} is another member already")
                yield ("members", number, "id"), reason
        members = {member.id for member in self.members}
        for number, consent in enumerate(self.consent):
            if consent.person not in members:
                reason = Text(nl=f"{consent.person} staat niet bij members", en=f"{consent.person} is not in members")
                yield ("consent", number, "person"), reason
            if consent.until < consent.given:
                yield ("consent", number, "until"), Text(nl="ligt voor 'from'", en="is before 'from'")
        yield from self._faults_of_clips()

    def _faults_of_clips(self) -> Iterator[tuple[Place, Text]]:
        clips = self.clips or ()
        names = {clip_name(clip.file) for clip in clips}
        listed = {clip.file for clip in clips}
        joined: set[str] = set()
        for number, clip in enumerate(clips):
            if clip.discusses and clip.kind != "review":
                reason = Text(nl="hoort bij kind: review", en="belongs to kind: review")
                yield ("clips", number, "discusses"), reason
            for position, name in enumerate(clip.discusses):
                if name not in names:
                    reason = Text(nl=f"{name} staat niet bij clips", en=f"{name} is not among the clips")
                    yield ("clips", number, "discusses", position), reason
            for position, file in enumerate(clip.join):
                if file in listed | joined:
                    reason = Text(nl=f"{file} hoort al bij een clip", en=f"{file} is of a clip already")
                    yield ("clips", number, "join", position), reason
                joined.add(file)

    def consented(self) -> FamilyConsent:
        """Return what everybody agreed to."""
        return FamilyConsent({use: periods for use in USES if (periods := self.periods(use))})

    def periods(self, use: Use) -> tuple[Period, ...]:
        """Return the periods in which every member agrees to a use, in order."""
        return common(
            [
                Period(consent.given, consent.until)
                for consent in self.consent
                if consent.person == member.id and use in consent.uses
            ]
            for member in self.members
        )

    def uses_on(self, day: date) -> frozenset[Use]:
        """Return the uses that are in force for every member on a day."""
        return self.consented().uses_on(day)

    def uses_of(self, entry: ClipEntry, day: date) -> frozenset[Use]:
        """Return what a clip may be used for on a day: of its own uses, else of all, those that are in force."""
        there = self.uses_on(day)
        return there if entry.uses is None else there.intersection(entry.uses)

    def ends(self, use: Use) -> date | None:
        """Return the first day on which somebody's consent to a use is over; None if not everybody ever gave it."""
        periods = self.periods(use)
        return day_after(periods[-1].until) if periods else None
