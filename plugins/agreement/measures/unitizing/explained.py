"""What each alpha of unitizing says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import ALPHAS, FEW, PREVALENCE, together
from vib.language import Text
from vib.statistic import Explanation

LEFT_OUT = ("instants_excluded", "overlaps_cut", "seconds_cut")
DISAGREEMENT = ("observed_disagreement", "expected_disagreement")
PARTS = named(
    *DISAGREEMENT,
    "seconds_watched",
    "seconds_gap",
    "agreed_gap",
    "seconds[c]",
    "agreed[c]",
    "squares[c]",
    *LEFT_OUT,
)
ONE_FOR_ALL = Text(
    nl="Eén cijfer voor allen verbergt wie van de anderen verschilt, en of het aan het knippen of aan de codes ligt.",
    en="One figure for all hides who differs from the others, and whether it is the cutting or the codes.",
)
WHERE_THEY_COINCIDE = Text(
    nl="Wat maar één van hen zag, telt niet: is de dekking (coverage) klein, dan gaat het cijfer over weinig.",
    en="What only one of them saw does not count: if the coverage is small, the figure is about little.",
)

U_ALPHA = Explanation(
    formula=Text(
        nl="1 min hoe lang beoordelaars verschillen, gedeeld door hoe lang dat bij toeval zou zijn. Een stuk zonder "
        "code is ook een categorie; toeval is alle stukken van allen door elkaar, waarbij een stuk heel blijft.",
        en="1 minus for how long raters differ, divided by for how long they would by chance. A stretch without a code "
        "is a category too; chance is all stretches of all raters mixed, each kept whole.",
    ),
    parts=PARTS,
    good=ALPHAS,
    blind=together(
        ONE_FOR_ALL,
        PREVALENCE,
        Text(
            nl="Momenten zonder duur vallen erbuiten, en het cijfer hangt een beetje af van de seconde waarin stukken "
            "zonder code geteld worden.",
            en="Instants are left out, and the figure depends a little on the second in which stretches without a code "
            "are counted.",
        ),
    ),
)
BAR_U_ALPHA = Explanation(
    formula=Text(
        nl="Hetzelfde als u-alfa, met maar twee categorieën: er is een code, of er is er geen.",
        en="The same as u-alpha, with two categories only: there is a code, or there is none.",
    ),
    parts=PARTS,
    good=ALPHAS,
    blind=together(
        Text(nl="Welke code er gegeven is, telt niet.", en="Which code was given does not count."), PREVALENCE, FEW
    ),
)
CU_ALPHA = Explanation(
    formula=Text(
        nl="1 min hoe lang de codes verschillen waar stukken van twee beoordelaars samenvallen, gedeeld door hoe lang "
        "dat bij toeval zou zijn. Tijd zonder code telt niet.",
        en="1 minus for how long codes differ where stretches of two raters coincide, divided by for how long they "
        "would by chance. Time without a code does not count.",
    ),
    parts=named(
        *DISAGREEMENT,
        "coverage",
        "coverage[c]",
        "seconds_crossing",
        "crossing[c]",
        "agreed[c]",
        "crossing_squares[c]",
        *LEFT_OUT,
    ),
    good=ALPHAS,
    blind=together(WHERE_THEY_COINCIDE, PREVALENCE, FEW),
)
K_U_ALPHA = Explanation(
    formula=Text(
        nl="Hetzelfde als cu-alfa, voor één code tegen alle andere codes samen.",
        en="The same as cu-alpha, of one code against all other codes together.",
    ),
    parts=named(
        *DISAGREEMENT,
        "coverage",
        "coverage[c]",
        "seconds_crossing",
        "crossing",
        "agreed",
        "crossing_squares",
        "crossing[c]",
        "agreed[c]",
        "crossing_squares[c]",
        "k_u_alpha[c]",
        *LEFT_OUT,
    ),
    good=ALPHAS,
    blind=together(WHERE_THEY_COINCIDE, PREVALENCE, FEW),
)
ALPHA_U_1995 = Explanation(
    formula=Text(
        nl="1 min hoe ver de grenzen van stukken met dezelfde code uit elkaar liggen, gekwadrateerd, gedeeld door hoe "
        "ver dat bij toeval zou zijn.",
        en="1 minus how far the boundaries of stretches with the same code lie apart, squared, divided by how far they "
        "would by chance.",
    ),
    parts=named(
        *DISAGREEMENT,
        "time_units",
        "alpha[c]",
        "observed_disagreement[c]",
        "expected_disagreement[c]",
        *LEFT_OUT,
    ),
    good=ALPHAS,
    blind=together(
        Text(
            nl="Een code wordt alleen met zichzelf vergeleken: wie twee codes verwisselt, ziet dat er niet in. Door "
            "het kwadraat weegt één grens die ver weg ligt zwaar. Er is geen interval.",
            en="A code is compared with itself only: that two codes were confused is not seen in it. By the square, "
            "one boundary that is far off weighs heavily. There is no interval.",
        ),
        FEW,
    ),
)
