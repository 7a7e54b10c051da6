"""A family's folder: ``family.yaml`` says who is in it, what was consented to, and which clips there are.

A practice set (``*.practice.yaml``) hands clips of families out to trainees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from vib.codebook import Id, Version
from vib.language import Language, Text
from vib.validation import WrongValue, written_as
from vib.yaml_file import Checked, Place, read_yaml

FILE = "family.yaml"
PRACTICE = "*.practice.yaml"

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
ClipOfFamily = Annotated[
    str,
    written_as(
        r"[^/]+/[^/]+",
        nl="is geen gezin en clip zoals F-1/2026-03-01-maaltijd",
        en="is not a family and a clip such as F-1/2026-03-01-maaltijd",
    ),
]
Use = Literal["begeleiding", "opleiding", "onderzoek"]


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


CHILDREN = frozenset(
    "kind pleegkind baby peuter kleuter puber tiener leerling zoon dochter broer broertje zus zusje "
    "child toddler teenager pupil son daughter brother sister sibling".split()
)
"""Last words of the roles of children."""


class Member(Checked):
    """Somebody in the family, without a name."""

    id: Pseudonym
    role: Annotated[str, Field(min_length=1, max_length=60)]
    born: Month | None = None

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
    """What the family agreed to, from when until when."""

    given: Day
    until: Day
    uses: tuple[Use, ...] = Field(min_length=1)


class ClipEntry(Checked):
    """A recording that family.yaml lists.

    Attributes
    ----------
    recorded : str or None
        Day or month of the recording, from which the age of the children follows.
    """

    file: FileName
    recorded: Recorded | None = None
    situation: Annotated[str, Field(max_length=100)] = ""
    uses: tuple[Use, ...] | None = None


class Family(Checked):
    """The content of ``family.yaml``.

    Attributes
    ----------
    version : str or None
        The version of the codebook with which coders go on; None for the one that is installed.
    level : str or None
        Id of the codebook's level at which coders are asked; None for all of the codebook.
    labels : Mapping[str, str]
        What codes are called in this family that whoever sets up a project names, by id.
    """

    family: Pseudonym
    method: str
    version: Version | None = None
    level: Id | None = None
    language: Language
    members: tuple[Member, ...] = Field(min_length=1)
    consent: Consent
    clips: tuple[ClipEntry, ...] | None = None
    labels: Mapping[Id, Annotated[str, Field(min_length=1, max_length=60)]] = Field(default_factory=dict)

    def faults(self) -> Iterator[tuple[Place, Text]]:
        """Yield what does not fit together: days of the consent, pseudonyms, uses of clips."""
        if self.consent.until < self.consent.given:
            yield ("consent", "until"), Text(nl="ligt voor 'given'", en="is before 'given'")
        for number, member in enumerate(self.members):
            if member.id in {other.id for other in self.members[:number]}:
                reason = Text(nl=f"{member.id} is al een ander gezinslid", en=f"{member.id} is another member already")
                yield ("members", number, "id"), reason
        for number, clip in enumerate(self.clips or ()):
            beyond = ", ".join(sorted(set(clip.uses or ()) - set(self.consent.uses)))
            if beyond:
                reason = Text(nl=f"gaat verder dan de toestemming: {beyond}", en=f"goes beyond the consent: {beyond}")
                yield ("clips", number, "uses"), reason

    def uses_of(self, entry: ClipEntry) -> tuple[Use, ...]:
        """Return what a clip may be used for: its own uses, else all that was consented to."""
        return self.consent.uses if entry.uses is None else entry.uses


class Practice(Checked):
    """The content of a ``*.practice.yaml``: clips that several raters are to code; see `Family`."""

    practice: Pseudonym
    title: Text
    method: str
    version: Version | None = None
    level: Id | None = None
    language: Language
    raters: Annotated[int, Field(ge=1, le=50)]
    clips: tuple[ClipOfFamily, ...] = Field(min_length=1)


def read_family(folder: Path) -> Family:
    """Read the ``family.yaml`` of a folder.

    Raises
    ------
    InputProblem
        It is missing or wrong; names file, line and field.
    """
    return read_yaml(folder / FILE, Family)


def read_practice(path: Path) -> Practice:
    """Read a practice set.

    Raises
    ------
    InputProblem
        It is missing or wrong; names file, line and field.
    """
    return read_yaml(path, Practice)


def clip_name(file: str) -> str:
    """Return the name of a clip within its family: the file's, without ending, in one form of Unicode.

    Examples
    --------
    >>> clip_name("2026-03-01-maaltijd.mp4")
    '2026-03-01-maaltijd'
    """
    stem = unicodedata.normalize("NFC", Path(file).stem)
    return re.sub(r"[\s/\\]+", " ", stem).strip(". ") or "clip"


def family_of(clip: str) -> str:
    """Return the pseudonym of the family that a clip is of, by the clip's id.

    Examples
    --------
    >>> family_of("F-0001/2026-03-01-maaltijd")
    'F-0001'
    """
    return clip.partition("/")[0]
