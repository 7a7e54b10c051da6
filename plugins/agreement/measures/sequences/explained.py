"""What each figure of sequences says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import COMPONENTS
from plugins.agreement.measures.habits import FEW, NO_NORM, together
from vib.language import Text
from vib.statistic import Explanation


def _of_each(*names: str) -> Text:
    """Return what components are that each of two raters has."""
    of_both = Text(
        nl="Van de eerste (_first) en van de tweede (_second) beoordelaar:",
        en="Of the first (_first) and of the second (_second) rater:",
    )
    listed = Text(
        nl="; ".join(f"{name}: {COMPONENTS[name].nl}" for name in names) + ".",
        en="; ".join(f"{name}: {COMPONENTS[name].en}" for name in names) + ".",
    )
    return together(of_both, listed)


CELLS = ("followed", "not_followed", "other_followed", "other_not_followed", "cut_off")
PARTS = _of_each(*CELLS, "share_given", "share_other", "added", "value", "se")
GOOD = together(
    NO_NORM,
    Text(
        nl="Het is een verschil tussen twee beoordelaars: 0 is hetzelfde verhaal. Boven 0 ziet de eerste meer "
        "samenhang. Of het verschil ertoe doet, zegt het interval (Bakeman & Quera 2011, doi "
        "10.1017/CBO9781139017343).",
        en="It is a difference between two raters: 0 is the same story. Above 0 the first sees more of a pattern. The "
        "interval says whether the difference matters (Bakeman & Quera 2011, doi 10.1017/CBO9781139017343).",
    ),
)
SAME_SUM = Text(
    nl="Twee beoordelaars kunnen op hetzelfde cijfer komen met andere momenten. Het zegt niets over een gezin: het "
    "vergelijkt wie codeert.",
    en="Two raters can come to the same figure by other events. It says nothing about a family: it compares who codes.",
)

YULES_Q = Explanation(
    formula=Text(
        nl="Per beoordelaar: hoeveel vaker de volwassene een beurt neemt na een beurt van het kind met een initiatief "
        "dan na andere beurten van het kind, van -1 via 0 (even vaak) tot 1. Daarvan de eerste min de tweede.",
        en="Of each rater: how much oftener the adult takes a turn after a turn of the child with an initiative than "
        "after the child's other turns, from -1 by 0 (as often) to 1. Of these the first minus the second.",
    ),
    parts=PARTS,
    good=GOOD,
    blind=together(
        SAME_SUM,
        Text(
            nl="Is een van de vier aantallen 0, dan is dat van die beoordelaar 1 of -1, hoe weinig er ook geteld is.",
            en="If one of the four counts is 0, that of the rater is 1 or -1, however little was counted.",
        ),
        FEW,
    ),
)
LOG_ODDS = Explanation(
    formula=Text(
        nl="Hetzelfde als de logaritme van een verhouding van kansen: de kans op een antwoord na een initiatief tegen "
        "die na andere beurten. Zonder grenzen, dus dit is het cijfer om te middelen. De eerste min de tweede.",
        en="The same as the logarithm of an odds ratio: the odds of an answer after an initiative against those after "
        "other turns. It has no bounds, so it is the one to average. The first minus the second.",
    ),
    parts=PARTS,
    good=GOOD,
    blind=together(
        SAME_SUM,
        Text(
            nl="Is een van de aantallen 0, dan is er 0,5 bij elk opgeteld, en dat bepaalt dan veel.",
            en="If one of the counts is 0, 0.5 was added to each, and that then decides much.",
        ),
        FEW,
    ),
)
LATENCY = Explanation(
    formula=Text(
        nl="Per beoordelaar: de mediaan van de seconden van het begin van een initiatief tot de beurt van de "
        "volwassene. Wat geen antwoord krijgt, telt als later dan al het andere. Daarvan de eerste min de tweede.",
        en="Of each rater: the median of the seconds from the onset of an initiative to the turn of the adult. What "
        "gets no answer counts as later than all others. Of these the first minus the second.",
    ),
    parts=_of_each(
        "followed", "not_followed", "cut_off", "p90", "median_followed", "mean_followed", "p90_followed", "value", "se"
    ),
    good=GOOD,
    blind=together(
        SAME_SUM,
        Text(
            nl="Een mediaan zegt niets over de traagste antwoorden.",
            en="A median says nothing about the slowest answers.",
        ),
        FEW,
    ),
)
