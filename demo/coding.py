"""The codes of a line, as a codebook asks for them: a line names those of every method, each takes what it knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scenes import Scene

from vib.codebook import Codebook

TURN = "turn"
NONE = ".NONE"
"""How the code ends that says that nothing on a list was seen."""


def answers(codes: Iterable[str], code: str, book: Codebook, on: str = TURN) -> dict[str, Any]:
    """Give the answers to what a codebook asks at a code of a tier: one a question, or all where it takes several."""
    found_by: dict[str, Any] = {}
    for tier in book.describing_tiers:
        if tier.describes is None or tier.describes.tier != on or code not in tier.describes.codes:
            continue
        known = {one.id for one in tier.codes}
        nothing = [one for one in known if one.endswith(NONE)] if tier.several and not tier.optional else []
        if found := [given for given in codes if given in known] or nothing:
            found_by[tier.id] = found if tier.several else found[0]
    return found_by


def several(scene: Scene) -> bool:
    """Tell whether the turns of a scene do not say by themselves whose they are."""
    people = {(line.actor, line.who) for line in scene.lines}
    return len(people) > len({actor for actor, _ in people})
