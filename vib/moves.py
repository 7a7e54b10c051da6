"""Clips that go on as another, of another family or of one that got another pseudonym: what the server is told."""

from __future__ import annotations

from collections.abc import Mapping

from vib.family import Pseudonym
from vib.family.practice import ClipOfFamily
from vib.yaml_file import Checked


class OfClip(Checked):
    """A clip and its tasks, in the project of its family and in those of practice sets."""

    clip: ClipOfFamily
    tasks: tuple[int, ...] = ()


class Sight(Checked):
    """Which clips nobody is to see from now on but the machine, and which may be seen again, by id."""

    withhold: tuple[OfClip, ...] = ()
    lift: tuple[ClipOfFamily, ...] = ()


class Moved(OfClip):
    """A clip that goes on as another.

    Attributes
    ----------
    media : Mapping[str, str]
        Where its media are from then on, as its tasks say it.
    own : int or None
        Which of the tasks is that of its family.
    project : int or None
        The project into which that task goes; None where it stays in its own.
    """

    becomes: ClipOfFamily
    media: Mapping[str, str]
    own: int | None = None
    project: int | None = None


class Renamed(Checked):
    """A family that got another pseudonym, with all clips it has; who has it, has it by the new one.

    Attributes
    ----------
    project : int or None
        That of the family; None where it has none.
    """

    family: Pseudonym
    becomes: Pseudonym
    project: int | None
    clips: tuple[Moved, ...]
