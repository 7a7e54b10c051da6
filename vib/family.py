"""A family's folder: ``family.yaml`` says who is in it, what was consented to, and which clips there are.

A practice set (``*.practice.yaml``) hands clips of families out to trainees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vib.language import Language, Text
from vib.problem import InputProblem
from vib.yaml_file import read_yaml

FILE = "family.yaml"
PRACTICE = "*.practice.yaml"

VIDEO_SUFFIXES = {
    *(".mp4", ".mov", ".m4v", ".3gp", ".avi", ".mkv", ".webm", ".ogv"),
    *(".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".mxf", ".wmv", ".flv"),
}

Pseudonym = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
FileName = Annotated[str, Field(pattern=r"^[^/\\\x00-\x1f]{1,150}$")]
Use = Literal["begeleiding", "opleiding", "onderzoek"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(_Shape):
    """Somebody in the family, without a name."""

    id: Pseudonym
    role: Annotated[str, Field(min_length=1, max_length=60)]
    born: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None


class Consent(_Shape):
    """What the family agreed to, from when until when."""

    given: date
    until: date
    uses: tuple[Use, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.given:
            raise ValueError("'until' is before 'given'")
        return self


class ClipEntry(_Shape):
    """A recording that family.yaml lists."""

    file: FileName
    situation: Annotated[str, Field(max_length=100)] = ""
    uses: tuple[Use, ...] | None = None


class Family(_Shape):
    """The content of ``family.yaml``."""

    family: Pseudonym
    method: str
    language: Language
    members: tuple[Member, ...] = Field(min_length=1)
    consent: Consent
    clips: tuple[ClipEntry, ...] | None = None

    @model_validator(mode="after")
    def _uses_are_consented(self) -> Self:
        for number, clip in enumerate(self.clips or ()):
            beyond = set(clip.uses or ()) - set(self.consent.uses)
            if beyond:
                raise ValueError(f"clips[{number}].uses goes beyond the consent: {', '.join(sorted(beyond))}")
        return self

    def uses_of(self, entry: ClipEntry) -> tuple[Use, ...]:
        """Return what a clip may be used for: its own uses, else all that was consented to."""
        return self.consent.uses if entry.uses is None else entry.uses


class Practice(_Shape):
    """The content of a ``*.practice.yaml``: clips that several raters are to code."""

    practice: Pseudonym
    title: Text
    method: str
    language: Language
    raters: Annotated[int, Field(ge=1, le=50)]
    clips: tuple[Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")], ...] = Field(min_length=1)


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


def family_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders below `folder` that have a ``family.yaml``, or `folder` itself.

    Raises
    ------
    InputProblem
        There is none.
    """
    if (folder / FILE).is_file():
        return (folder,)
    found = tuple(path.parent for path in sorted(folder.glob(f"*/{FILE}")))
    if not found:
        raise InputProblem(
            str(folder),
            nl=f"hier is geen map met een {FILE}; geef de map met gezinsmappen",
            en=f"there is no folder with a {FILE} here; name the folder of family folders",
        )
    return found


def clip_entries(folder: Path, family: Family) -> Iterator[ClipEntry]:
    """List the recordings of a family: those of family.yaml, else every video in the folder."""
    if family.clips is not None:
        yield from family.clips
        return
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in VIDEO_SUFFIXES and not path.name.startswith("."):
            yield ClipEntry(file=path.name)


def clip_name(file: str) -> str:
    """Return the name of a clip within its family: the file's, without ending, in one form of Unicode.

    Examples
    --------
    >>> clip_name("2026-03-01-maaltijd.mp4")
    '2026-03-01-maaltijd'
    """
    stem = unicodedata.normalize("NFC", Path(file).stem)
    return re.sub(r"[\s/\\]+", " ", stem).strip(". ") or "clip"
