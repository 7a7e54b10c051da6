"""What each figure by time says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import ALPHAS, FEW, KAPPAS, NO_CHANCE, PREVALENCE, SHARES, WHO_IS_RIGHT, together
from vib.language import Text
from vib.statistic import Explanation

PARTS = named(
    "seconds_agreed",
    "seconds",
    "seconds_first",
    "seconds_second",
    "observed",
    "expected",
    "categories",
    "kappa_max",
    "prevalence[c]",
    "bias[c]",
    "instants_excluded",
    "percent_seen_from_first",
    "percent_seen_from_second",
    "kappa_seen_from_first",
    "kappa_seen_from_second",
)
LONG_COUNTS = Text(
    nl="Lange stukken tellen zwaarder dan korte, en waar beiden niets coderen telt mee: een korte, zeldzame code "
    "verdwijnt erin. Leg er een cijfer op momenten naast.",
    en="Long stretches weigh more than short ones, and where both code nothing counts too: a short, rare code "
    "disappears in it. Put a figure by event beside it.",
)

PERCENT = Explanation(
    formula=Text(
        nl="De tijd waarin beiden dezelfde code geven, of allebei niets, gedeeld door de hele duur van de clips. Codes "
        "die tegelijk lopen, zijn samen één categorie.",
        en="The time in which both give the same code, or both nothing, divided by the whole duration of the clips. "
        "Codes that go on at once are one category together.",
    ),
    parts=PARTS,
    good=SHARES,
    blind=together(LONG_COUNTS, NO_CHANCE, WHO_IS_RIGHT),
)
KAPPA = Explanation(
    formula=Text(
        nl="Het deel van de tijd dat gelijk is min het deel dat bij toeval gelijk zou zijn, gedeeld door 1 min dat "
        "deel bij toeval. Bij toeval: per code het deel van de tijd van de één maal dat van de ander, opgeteld.",
        en="The share of the time that is alike minus the share that would be alike by chance, divided by 1 minus that "
        "share by chance. By chance: of each code the share of time of the one times that of the other, added up.",
    ),
    parts=PARTS,
    good=KAPPAS,
    blind=together(LONG_COUNTS, PREVALENCE, FEW),
)
POSITIVE = Explanation(
    formula=Text(
        nl="Twee keer de tijd waarin beiden de code geven, gedeeld door de tijd van de één en van de ander met die "
        "code samen. Waar geen van beiden hem geeft, telt niet mee.",
        en="Twice the time in which both give the code, divided by the time of the one and of the other with that code "
        "together. Where neither gives it does not count.",
    ),
    parts=named("seconds_both", "seconds_first", "seconds_second", "instants_excluded"),
    good=SHARES,
    blind=together(
        Text(
            nl="Lange stukken tellen zwaarder dan korte, en een grens die even verschoven is weegt bij korte stukken "
            "zwaar. Leg er een cijfer op momenten naast.",
            en="Long stretches weigh more than short ones, and a boundary that is a little off weighs heavily with "
            "short stretches. Put a figure by event beside it.",
        ),
        NO_CHANCE,
        FEW,
    ),
)
ALPHA = Explanation(
    formula=Text(
        nl="1 min hoe lang beoordelaars verschillen, gedeeld door hoe lang ze bij toeval zouden verschillen. Toeval is "
        "hier: alle tijd van alle beoordelaars door elkaar.",
        en="1 minus for how long raters differ, divided by for how long they would differ by chance. Chance is here: "
        "all time of all raters mixed.",
    ),
    parts=named("seconds_of_raters", "observed_disagreement", "expected_disagreement", "limit"),
    good=ALPHAS,
    blind=together(
        LONG_COUNTS,
        PREVALENCE,
        Text(
            nl="Eén cijfer voor allen verbergt wie er van de anderen verschilt: kijk naar de tweetallen.",
            en="One figure for all hides who differs from the others: look at the pairs.",
        ),
    ),
)
