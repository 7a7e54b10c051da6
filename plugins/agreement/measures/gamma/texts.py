"""Every word about gamma that a user reads, in Dutch and English."""

from __future__ import annotations

from vib.language import Text

TWO_OR_MORE = Text(nl="gamma vergelijkt twee of meer beoordelaars", en="gamma compares two or more raters")
NO_COMMON_CLIP = Text(
    nl="er is geen clip die al deze beoordelaars hebben gecodeerd", en="there is no clip that all these raters coded"
)
NOTHING_CODED = Text(
    nl="niemand heeft dit gecodeerd: er valt niets te vergelijken",
    en="nobody coded this: there is nothing to compare",
)
ONE_UNIT = Text(
    nl="samen is er maar één moment gecodeerd: toeval is niet te onderscheiden",
    en="only one event was coded by all together: chance cannot be told apart",
)
NO_CHANCE = Text(
    nl="ook door toeval zouden ze nergens verschillen: toeval is niet te onderscheiden",
    en="by chance they would not differ anywhere either: chance cannot be told apart",
)
NO_PAIRS = Text(
    nl="er zijn geen momenten die bij elkaar horen en waarvan de codes te vergelijken zijn",
    en="there are no events that belong together and whose codes can be compared",
)
ONE_CODE = Text(
    nl="ook door toeval zouden de codes gelijk zijn: toeval is niet te onderscheiden",
    en="by chance the codes would be the same too: chance cannot be told apart",
)


def too_many(most: int) -> Text:
    """Return why nothing was calculated: more candidates than memory is kept for."""
    return Text(
        nl=f"er zijn meer dan {most} manieren om momenten bij elkaar te leggen: te veel om de beste te zoeken",
        en=f"there are more than {most} ways to put events together: too many to look for the best",
    )


def too_much_work(steps: int) -> Text:
    """Return why nothing was calculated: it would take more steps than allowed."""
    return Text(
        nl=f"het berekenen zou meer stappen vragen dan de {steps:,} die ervoor zijn".replace(",", "."),
        en=f"calculating would take more than the {steps:,} steps that there are for it",
    )
