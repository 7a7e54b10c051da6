"""Which keys codes may have: one key chooses one thing of all that can be chosen at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vib.codebook.entry import Code
from vib.codebook.tier import Tier
from vib.validation import WrongValue

TAKEN = frozenset("u")
"""Letters and digits that Label Studio 1.23.2 takes itself: ``u`` lets the chosen stretch go."""


def refuse_keys(tiers: Sequence[Tier]) -> None:
    """Refuse keys that the labelling screen takes, and a key that two codes have which can be chosen at once.

    On the screen are the codes of every tier on the timeline, and, of the tiers that describe them, those that ask
    something of the stretch that is chosen. Optional tiers count as any other.

    Raises
    ------
    WrongValue
        Names the codes.
    """
    for code in (code for tier in tiers for code in tier.codes):
        if code.hotkey in TAKEN:
            raise WrongValue(
                nl=f"{code.id}: de toets {code.hotkey} gebruikt het codeerscherm zelf; kies een andere",
                en=f"{code.id}: the labelling screen itself uses the key {code.hotkey}; choose another",
                sought=(code.id, "hotkey"),
            )
    for together in visible_together(tiers):
        first: dict[str, Code] = {}
        for code in together:
            other = first.setdefault(code.hotkey, code) if code.hotkey is not None else code
            if other is not code:
                raise WrongValue(
                    nl=f"{other.id} en {code.id} zijn tegelijk te kiezen met dezelfde toets: {code.hotkey}",
                    en=f"{other.id} and {code.id} can be chosen at once by the same key: {code.hotkey}",
                    sought=(code.id, "hotkey"),
                )


def visible_together(tiers: Sequence[Tier]) -> Iterator[list[Code]]:
    """Yield the codes that can be chosen at once, for each code on the timeline that a chosen stretch may have."""
    on_timeline = [tier for tier in tiers if tier.describes is None]
    always = [code for tier in on_timeline for code in tier.codes]
    for tier in on_timeline:
        for chosen in tier.codes:
            asked = [
                code
                for other in tiers
                if other.describes is not None
                and other.describes.tier == tier.id
                and chosen.id in other.describes.codes
                for code in other.codes
            ]
            yield [*always, *asked]
