"""The reference codes of a clip and two simulated raters who differ from them in listed ways.

Both raters put boundaries a little beside the exact ones. All else in which they differ from the reference is
planted, one disagreement at a time, and each of those is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Any

from coding import answers, several
from scenes import CHILD, Scene
from voices import Sound

from vib.codebook import EVIDENCE, Codebook

ADULT = "volwassene"
CLEAR = 0.2
SMALL_JITTER_SHARE = 0.2

OTHER_RECEPTION = {
    "BC.REC.NV": "BC.REC.MISSED",
    "BC.REC.V": "BC.REC.VNV",
    "BC.REC.VNV": "BC.REC.V",
    "BC.REC.ATTUNED_NO": "BC.REC.OVERRIDE",
    "BC.REC.MISSED": "BC.REC.NV",
    "BC.REC.OVERRIDE": "BC.REC.V",
    "BC.REC.REJECT": "BC.REC.ATTUNED_NO",
}
OTHER_INITIATIVE = {
    "BC.INI.C.CONTACT": "BC.INI.C.ACTION",
    "BC.INI.C.ACTION": "BC.INI.C.CONTACT",
    "BC.INI.C.NEED": "BC.INI.C.CONTACT",
    "BC.INI.C.HIDDEN": "BC.INI.C.NEED",
}
OTHER_EFFECT = {
    "BC.EFF.CONTINUE": "BC.EFF.SETTLED",
    "BC.EFF.SETTLED": "BC.EFF.CONTINUE",
    "BC.EFF.REPEAT": "BC.EFF.CONTINUE",
    "BC.EFF.OWNWAY": "BC.EFF.STOP",
    "BC.EFF.STOP": "BC.EFF.OWNWAY",
}
OTHERS = {"reception": OTHER_RECEPTION, "initiative": OTHER_INITIATIVE, "effect": OTHER_EFFECT}


@dataclass(frozen=True)
class Turn:
    """One coded turn."""

    code: str
    start: float
    end: float
    attributes: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Give the turn in the form of an observations file."""
        return {
            "tier": "turn",
            "code": self.code,
            "start": self.start,
            "end": self.end,
            "attributes": self.attributes,
        }


@dataclass(frozen=True)
class Planted:
    """One disagreement, with the times of the reference, or of the rater if the turn was added."""

    clip: str
    rater: str
    kind: str
    start: float
    end: float
    what: str


@dataclass(frozen=True)
class Plan:
    """How a rater differs from the reference: jitter in seconds and how many of each disagreement a clip."""

    jitter: float
    missed: int
    added: int
    other_code: int
    boundary: int
    reception: int
    initiative: int
    effect: int
    elements: int


PLANS = {
    "anna": Plan(0.12, missed=1, added=0, other_code=0, boundary=1, reception=1, initiative=0, effect=0, elements=1),
    "bram": Plan(0.25, missed=3, added=2, other_code=2, boundary=2, reception=4, initiative=2, effect=1, elements=3),
}


def reference(scene: Scene, sound: Sound, book: Codebook) -> list[Turn]:
    """Give the reference codes, with the exact times; who it is only where somebody could ask."""
    named = several(scene)
    turns = []
    for line, placed in zip(scene.lines, sound.placed, strict=True):
        attributes = answers(line.codes, line.actor, book)
        if named:
            attributes["who"] = line.who
        turns.append(Turn(line.actor, placed.start, placed.end, attributes))
    return turns


class Rater:
    """One simulated rater at work on one clip."""

    def __init__(self, clip: str, name: str, truth: list[Turn], duration: float) -> None:
        self._clip, self._name, self._truth, self._duration = clip, name, truth, duration
        self._plan = PLANS[name]
        self._random = Random(f"{clip} {name}")  # noqa: S311
        self._left = list(range(len(truth)))
        self._random.shuffle(self._left)
        self._turns = {index: self._jittered(turn) for index, turn in enumerate(truth)}
        self.planted: list[Planted] = []

    def _jittered(self, turn: Turn) -> Turn:
        """Move both boundaries a little, less for a short turn."""
        most = min(self._plan.jitter, SMALL_JITTER_SHARE * (turn.end - turn.start))
        start = round(max(turn.start + self._random.uniform(-most, most), 0.0), 2)
        end = round(min(turn.end + self._random.uniform(-most, most), self._duration), 2)
        return replace(turn, start=start, end=end, attributes=dict(turn.attributes))

    def _fits(self, turn: Turn, own: int) -> bool:
        """Tell whether a turn stays clear of the other turns of its actor and within the clip."""
        others = [other for index, other in self._turns.items() if index != own and other.code == turn.code]
        clear = all(turn.end + CLEAR <= other.start or other.end + CLEAR <= turn.start for other in others)
        return clear and turn.start >= 0 and turn.end <= self._duration

    def _note(self, kind: str, turn: Turn, what: str) -> None:
        """List one disagreement."""
        self.planted.append(Planted(self._clip, self._name, kind, turn.start, turn.end, what))

    def _miss(self, index: int) -> bool:
        """Leave a turn out, if no rating is based on it."""
        if EVIDENCE in self._truth[index].attributes:
            return False
        del self._turns[index]
        self._note("missed", self._truth[index], f"turn of {self._truth[index].code} left out")
        return True

    def _swap_actor(self, index: int) -> bool:
        """Give a turn to the other actor, if no rating is based on it and it runs into no turn of that actor."""
        now = self._turns[index]
        code = CHILD if now.code == ADULT else ADULT
        swapped = replace(now, code=code, attributes={})
        if EVIDENCE in now.attributes or not self._fits(swapped, index):
            return False
        self._turns[index] = swapped
        self._note("other_code", self._truth[index], f"{code} instead of {now.code}")
        return True

    def _shift(self, index: int) -> bool:
        """Move one boundary outwards by more than a second, where there is room."""
        turn, by = self._truth[index], round(self._random.uniform(1.15, 1.7), 2)
        for moved, what in (
            (replace(self._turns[index], end=round(turn.end + by, 2)), f"end {by:.2f} s late"),
            (replace(self._turns[index], start=round(turn.start - by, 2)), f"start {by:.2f} s early"),
        ):
            if self._fits(moved, index):
                self._turns[index] = moved
                self._note("boundary", turn, what)
                return True
        return False

    def _change(self, name: str, index: int) -> bool:
        """Give a child turn another initiative, reception or effect."""
        turn = self._turns[index]
        if name not in turn.attributes:
            return False
        was = turn.attributes[name]
        if was not in OTHERS[name]:
            return False
        turn.attributes[name] = OTHERS[name][was]
        self._note("attribute", self._truth[index], f"{name} {turn.attributes[name]} instead of {was}")
        return True

    def _drop_element(self, index: int) -> bool:
        """Overlook the last element of an adult turn."""
        turn = self._turns[index]
        was = turn.attributes.get("elements", [])
        if not was:
            return False
        turn.attributes["elements"] = was[:-1]
        if was[:-1] == []:
            del turn.attributes["elements"]
        self._note(
            "attribute",
            self._truth[index],
            f"elements {'+'.join(was[:-1]) or 'none'} instead of {'+'.join(was)}",
        )
        return True

    def _add(self) -> None:
        """Hear a turn in the longest silence that is still free."""
        taken = sorted([*self._truth, *self._turns.values()], key=lambda turn: turn.start)
        silences, end = [], 0.0
        for turn in taken:
            silences.append((turn.start - end, end))
            end = max(end, turn.end)
        length, start = max(silences)
        start = round(start + 0.25 * length, 2)
        turn = Turn(self._random.choice([CHILD, ADULT]), start, round(start + 0.45 * length, 2))
        if not self._fits(turn, -1):
            raise ValueError(f"{self._clip}: no silence left for a turn that {self._name} adds")
        self._turns[len(self._truth) + len(self.planted)] = turn
        self._note("added", turn, f"turn of {turn.code} where nobody speaks")

    def _plant(self, count: int, change: Callable[[int], bool]) -> None:
        """Apply a change to the first turns that nothing was done to and that allow it."""
        for _ in range(count):
            index = next((index for index in self._left if change(index)), None)
            if index is None:
                raise ValueError(f"{self._clip}: no turn left that {self._name} can see otherwise")
            self._left.remove(index)

    def code(self) -> list[Turn]:
        """Give the turns of this rater in order of time, and list what was planted."""
        plan = self._plan
        for name in ("reception", "initiative", "effect"):
            self._plant(getattr(plan, name), partial(self._change, name))
        self._plant(plan.missed, self._miss)
        self._plant(plan.other_code, self._swap_actor)
        for _ in range(plan.added):
            self._add()
        self._plant(plan.boundary, self._shift)
        self._plant(plan.elements, self._drop_element)
        self.planted.sort(key=lambda planted: (planted.start, planted.kind))
        return sorted(self._turns.values(), key=lambda turn: (turn.start, turn.code))
