"""How a spoken scene is written down as data.

A line is one turn: what is said, after which pause, how the reference rater codes it and what is
seen meanwhile. The family members are invented; nobody real speaks or is described here.
"""

from __future__ import annotations

from dataclasses import dataclass

CHILD = "kind"
PROP = "prop"


@dataclass(frozen=True)
class Act:
    """Something seen while, before or after a line is spoken.

    Parameters
    ----------
    who
        A member of the family, or ``prop`` for a thing in the room.
    what
        A movement (``nod``, ``smile``, ``look:phone`` ...) or the name of the thing that changes.
    start
        Seconds from the start of the line; negative is before it.
    length
        Seconds that it lasts; ``None`` is as long as the line.
    value
        The value a thing takes from this moment on.
    """

    who: str
    what: str
    start: float = 0.0
    length: float | None = None
    value: float = 1.0


@dataclass(frozen=True)
class Line:
    """One turn of a scene.

    Parameters
    ----------
    who
        The member of the family who speaks.
    text
        What is said, in Dutch.
    gap
        Seconds between the end of the line before and the start of this one; negative overlaps.
    initiative, reception, effect
        The codes of a child turn that is an initiative, else empty.
    elements
        The codes of an adult turn.
    acts
        What is seen.
    """

    who: str
    text: str
    gap: float
    initiative: str = ""
    reception: str = ""
    effect: str = ""
    elements: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Scene:
    """One clip: its file name without extension, its situation, its lines and its ratings.

    The ratings hold BS.1 to BS.5 of each rater; ``None`` is not rated.
    """

    name: str
    situation: str
    lines: tuple[Line, ...]
    ratings: dict[str, tuple[int | None, ...]]


@dataclass(frozen=True)
class Member:
    """One member of a family; only of a child the month of birth is kept."""

    id: str
    role: str
    born: str = ""


@dataclass(frozen=True)
class Family:
    """One family with its members and its clips."""

    id: str
    members: tuple[Member, ...]
    scenes: tuple[Scene, ...]


def read_acts(text: str) -> tuple[Act, ...]:
    """Read acts parted by commas: ``who what [start [length]]``, or ``prop what start value``."""
    acts = []
    for one in filter(None, text.split(",")):
        who, what, *numbers = one.split()
        start, last = [*(float(number) for number in numbers), None, None][:2]
        if who == PROP:
            acts.append(Act(who, what, start or 0.0, value=1.0 if last is None else last))
        else:
            acts.append(Act(who, what, start or 0.0, last))
    return tuple(acts)


def child(text: str, gap: float, codes: str = "", acts: str = "") -> Line:
    """Make a child turn from short codes, such as ``CONTACT VNV CONTINUE``."""
    seen = read_acts(acts)
    if not codes:
        return Line(CHILD, text, gap, acts=seen)
    initiative, reception, effect = codes.split()
    return Line(CHILD, text, gap, f"BC.INI.C.{initiative}", f"BC.REC.{reception}", f"BC.EFF.{effect}", acts=seen)


def adult(who: str, text: str, gap: float, codes: str = "", acts: str = "") -> Line:
    """Make an adult turn from short element codes, such as ``1.NAME L.CHOICE``."""
    elements = tuple(f"BC.{code}" for code in codes.split())
    return Line(who, text, gap, elements=elements, acts=read_acts(acts))
