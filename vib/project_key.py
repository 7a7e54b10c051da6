"""What ties a project of Label Studio to a family or a practice set: the description that `vib sync` gives it.

A project that is described in any other way was not made by `vib sync`, for whoever asks.
"""

from __future__ import annotations

from typing import Literal, final

from pydantic import ValidationError
from pydantic.dataclasses import dataclass

from vib.family import Pseudonym
from vib.identifiers import Id, Version
from vib.made_with import MadeWith

_MARK, _BETWEEN = "VIB Studio, ", ", "

BEFORE = {"vib-pleegzorg": "0.1.0"}
"""Versions of the methods that there were as long as projects did not say with which version they code."""


@final
@dataclass(frozen=True, slots=True)
class ProjectKey:
    """What a project is for.

    Parameters
    ----------
    name : str
        Pseudonym of the family, or key of the practice set.

    Examples
    --------
    >>> str(ProjectKey("family", "F-0001")), ProjectKey.parse("practice:oefenset-1").name
    ('family:F-0001', 'oefenset-1')
    """

    kind: Literal["family", "practice"]
    name: Pseudonym

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> ProjectKey | None:
        """Read a key as it is written; None when it is none."""
        kind, _, name = text.partition(":")
        try:
            return cls(kind, name)  # type: ignore[arg-type]  # what is no kind is refused
        except ValidationError:
            return None

    @property
    def family(self) -> str | None:
        """The family whose clips these are; None for those of a practice set, which are of several."""
        return self.name if self.kind == "family" else None


@final
@dataclass(frozen=True, slots=True)
class ProjectDescription:
    """The description of a project that `vib sync` made: what for, and with what is coded there.

    Parameters
    ----------
    version : str or None
        Version of the codebook; None in a project that was made before versions were remembered.
    level : str or None
        At which level coders are asked; None where all is asked.

    Examples
    --------
    >>> str(ProjectDescription(ProjectKey("family", "F-0001"), "vib-pleegzorg", "0.2.0"))
    'VIB Studio, family:F-0001, method: vib-pleegzorg, version: 0.2.0'
    >>> ProjectDescription.parse("VIB Studio, family:F-0001, method: vib-pleegzorg").key.family
    'F-0001'
    >>> ProjectDescription.parse("my own project, method: vib-pleegzorg"), ProjectDescription.parse(None)
    (None, None)
    """

    key: ProjectKey
    method: Id
    version: Version | None = None
    level: Id | None = None

    def __str__(self) -> str:
        said = {"method": self.method, "version": self.version, "level": self.level}
        parts = (f"{name}: {value}" for name, value in said.items() if value is not None)
        return _MARK + _BETWEEN.join((str(self.key), *parts))

    @property
    def made_with(self) -> MadeWith | None:
        """With what codes of this project are made; None where its version is not known."""
        version = self.version or BEFORE.get(self.method)
        return None if version is None else MadeWith(method=self.method, version=version, level=self.level)

    @classmethod
    def parse(cls, text: str | None) -> ProjectDescription | None:
        """Read the description of a project; None when `vib sync` did not make it."""
        about, *parts = (text or "").removeprefix(_MARK).split(_BETWEEN)
        key = ProjectKey.parse(about)
        if key is None:
            return None
        try:
            found = cls(key, **dict(part.split(": ", 1) for part in parts))
        except (TypeError, ValueError):
            return None
        # Whatever is written otherwise, by a single character, is none of ours.
        return found if str(found) == text else None


def key_of(description: str | None) -> ProjectKey | None:
    """Return what a project with this description is for; None when `vib sync` did not make it."""
    found = ProjectDescription.parse(description)
    return None if found is None else found.key
