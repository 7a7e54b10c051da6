"""The hardest codes of the rounds that somebody leads."""

from __future__ import annotations

from functools import partial

from users.models import User

from plugins.agreement.comparing.hard_codes import hard_codes
from plugins.agreement.comparing.report import Progress
from vib.hard_code import HardCodes

from .asked import shared_clips
from .calculating import PATIENCE, Calculations
from .reading import Material, groups_of, material_of

LAST = 3
"""Rounds that are looked at, the last that were made: each is read by itself."""

calculations: Calculations[HardCodes] = Calculations(size=lambda found: 500 * (1 + len(found.codes)))


def hardest(user: int, method: str) -> list[HardCodes]:
    """Return the hardest codes of each of the last rounds of an account in a method; of others it has none."""
    account = User.objects.filter(pk=user).first()
    if account is None:
        return []
    groups = [group for group in groups_of(account) if group.round is not None and group.method == method]
    found = []
    for group in sorted(groups, key=lambda group: group.project)[-LAST:]:
        material = material_of(group)
        if shared_clips(material.clips):
            # Kept for everybody alike: the stamp says which codes, of which members of the round.
            ready = calculations.ask((method, material.stamp), partial(_of, material)).wait(PATIENCE)
            found += [] if ready is None else [ready]
    return found


def _of(material: Material, progress: Progress) -> HardCodes:
    shared = shared_clips(material.clips)
    tiers = material.codebook.tiers if material.codebook else ()
    return HardCodes(
        material.group.name,
        len(shared),
        len({rater for clip in shared for rater in clip.timelines}),
        material.families,
        hard_codes(shared, [tier.id for tier in tiers if not tier.agreement]),
    )
