"""What ties a project of Label Studio to a family or a practice set: the description that `vib sync` gives it.

A project that is described in any other way was not made by `vib sync`, for whoever asks.
"""

from __future__ import annotations

from typing import Literal, final

from pydantic import ValidationError
from pydantic.dataclasses import dataclass

from vib.codebook import Id
from vib.family import Pseudonym

_MARK, _METHOD, _BETWEEN = "VIB Studio", "method: ", ", "


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
    """The description of a project that `vib sync` made: what for, and with which method.

    Examples
    --------
    >>> str(ProjectDescription(ProjectKey("family", "F-0001"), "vib-pleegzorg"))
    'VIB Studio, family:F-0001, method: vib-pleegzorg'
    >>> ProjectDescription.parse("VIB Studio, family:F-0001, method: vib-pleegzorg").key.family
    'F-0001'
    >>> ProjectDescription.parse("my own project, method: vib-pleegzorg"), ProjectDescription.parse(None)
    (None, None)
    """

    key: ProjectKey
    method: Id

    def __str__(self) -> str:
        return _BETWEEN.join((_MARK, str(self.key), _METHOD + self.method))

    @classmethod
    def parse(cls, text: str | None) -> ProjectDescription | None:
        """Read the description of a project; None when `vib sync` did not make it."""
        match (text or "").split(_BETWEEN):
            case [mark, about, method] if mark == _MARK and method.startswith(_METHOD):
                key = ProjectKey.parse(about)
                try:
                    return None if key is None else cls(key, method.removeprefix(_METHOD))
                except ValidationError:
                    return None
        return None


def key_of(description: str | None) -> ProjectKey | None:
    """Return what a project with this description is for; None when `vib sync` did not make it."""
    found = ProjectDescription.parse(description)
    return None if found is None else found.key
