"""How a played scene is written down as data.

A line is one turn: what is said or done, after which pause, how the reference rater codes it and what is
seen meanwhile. The family members are invented; nobody real speaks or is described here.
"""

from __future__ import annotations

from dataclasses import dataclass

from vib.family import Home

CHILD = "kind"
PROP = "prop"
FILM = "film"
"""Whose turn it is while a film runs that people look at together."""

MOVES = {"FOLLOW": "BC.P.FOLLOW", "BOTH": "BC.P.BOTH", "INI": "BC.INI.P"}
ATTENTION = ("CLEAR", "MIXED", "AWAY", "NOTSEEN")
RESPONSES = ("TAKEUP", "OWN", "NONE")
PEER = "GR.INI.PEER"
"""An initiative to another child; a method that knows no such thing sees a contact initiative."""

ALONE = ("ANSWER", "UNCLEAR")
"""What a child turn may be that is no initiative: nobody receives it."""

BASIC = ("1", "2", "3", "4", "C", "L", "ATTR", "UND")
"""What begins with one of these is `BC.` in full: the basic communication."""


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
        The member of the family whose turn it is.
    text
        What is said, in Dutch; empty in a turn without sound.
    gap
        Seconds between the end of the line before and the start of this one; negative overlaps.
    codes
        The codes of the reference, those of every method in one bag: a codebook takes what it knows.
    acts
        What is seen.
    length
        Seconds that a turn without sound lasts.
    """

    who: str
    text: str
    gap: float
    codes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    length: float = 0.0

    @property
    def actor(self) -> str:
        """The actor in the terms of a turn: ``kind`` or ``volwassene``."""
        return CHILD if self.who.startswith(CHILD) else "volwassene"


@dataclass(frozen=True)
class Scene:
    """One clip: its file name without extension, its situation, its lines and its ratings.

    The ratings hold BS.1 to BS.5 and BS.LEAD of each rater; ``None`` is not rated. ``room`` is the room where it
    is not that of the situation.
    """

    name: str
    situation: str
    lines: tuple[Line, ...]
    ratings: dict[str, tuple[int | None, ...]]
    room: str = ""


@dataclass(frozen=True)
class Member:
    """One member of a family; only of a child the month of birth is kept, and at visits the home."""

    id: str
    role: str
    born: str = ""
    home: Home | None = None


@dataclass(frozen=True)
class Family:
    """One family with its members and its clips."""

    id: str
    members: tuple[Member, ...]
    scenes: tuple[Scene, ...]
    method: str = "vib-pleegzorg"


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


def in_full(short: str) -> str:
    """Give the code that a short one stands for, such as ``1.NAME``, or ``@BS.1`` for a moment behind a rating."""
    if short.startswith("@"):
        return f"EV.{short[1:]}"
    return f"BC.{short}" if short.split(".")[0] in BASIC else short


def child_codes(text: str) -> tuple[str, ...]:
    """Read ``INITIATIVE RECEPTION EFFECT`` or ``ANSWER``, and other codes of a child turn."""
    first, *rest = text.split()
    given = [PEER, "BC.INI.C.CONTACT"] if first == PEER else [f"BC.INI.C.{first}"]
    if first not in ALONE:
        given += [f"BC.REC.{rest.pop(0)}", f"BC.EFF.{rest.pop(0)}"]
    return (*given, *map(in_full, rest))


def adult_codes(text: str) -> tuple[str, ...]:
    """Read ``MOVE ATTENTION [RESPONSE]`` and other codes of an adult turn."""
    move, attention, *rest = text.split()
    if move not in MOVES or attention not in ATTENTION:
        raise ValueError(f"no adult's move and attention: {text}")
    given = [MOVES[move], f"BC.1.ATT.{attention}"]
    if rest and rest[0] in RESPONSES:
        given.append(f"BC.CREC.{rest.pop(0)}")
    return (*given, *map(in_full, rest))


def child(text: str, gap: float, codes: str, acts: str = "", who: str = CHILD) -> Line:
    """Make a child turn from short codes, such as ``CONTACT VNV CONTINUE C.ENJOY``."""
    return Line(who, text, gap, child_codes(codes), read_acts(acts))


def adult(who: str, text: str, gap: float, codes: str, acts: str = "") -> Line:
    """Make an adult turn from short codes, such as ``FOLLOW CLEAR 1.NAME L.CHOICE``."""
    return Line(who, text, gap, adult_codes(codes), read_acts(acts))


def quiet(who: str, length: float, gap: float, codes: str, acts: str) -> Line:
    """Make a turn without sound: what is done is in its acts."""
    given = child_codes(codes) if who.startswith(CHILD) else adult_codes(codes)
    return Line(who, "", gap, given, read_acts(acts), length)


def spoken(who: str, text: str, gap: float, codes: str, acts: str = "", length: float = 0.0) -> Line:
    """Make a turn in a talk of adults, whose codes are written in full."""
    return Line(who, text, gap, tuple(codes.split()), read_acts(acts), length)


def film(length: float, gap: float, acts: str) -> Line:
    """Make a stretch in which nobody speaks, as a film runs."""
    return Line(FILM, "", gap, (), read_acts(acts), length)
