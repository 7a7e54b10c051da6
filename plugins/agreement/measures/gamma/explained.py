"""What gamma and gamma-cat say, for who reads them."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import FEW, NO_NORM, together
from vib.language import Text
from vib.statistic import Explanation

GOOD = together(
    NO_NORM,
    Text(
        nl="Vergelijk met andere tweetallen, of met dezelfde mensen eerder. Een grens voor kappa geldt hier niet: "
        "toeval is hier met verschoven tijdlijnen gemaakt (Mathet, Widlöcher & Métivier 2015, doi "
        "10.1162/COLI_a_00227).",
        en="Compare with other pairs, or with the same people earlier. A limit for kappa does not hold here: chance is "
        "made with shifted timelines (Mathet, Widlöcher & Métivier 2015, doi 10.1162/COLI_a_00227).",
    ),
)
OWN_INTERVAL = Text(
    nl="Het interval gaat over andere toevalssteekproeven, niet over andere clips of mensen.",
    en="The interval is about other chance samples, not about other clips or people.",
)

GAMMA = Explanation(
    formula=Text(
        nl="1 min de wanorde van de beste indeling van alle stukken, gedeeld door de wanorde in toevalssteekproeven. "
        "Wanorde is hoe ver stukken die bij elkaar horen uit elkaar liggen, en of hun codes verschillen.",
        en="1 minus the disorder of the best alignment of all stretches, divided by the disorder in chance samples. "
        "Disorder is how far stretches that belong together lie apart, and whether their codes differ.",
    ),
    parts=named(
        "observed_disorder",
        "expected_disorder",
        "unitary_alignments",
        "samples",
        "precision",
        "units_per_rater",
        "clips",
        "instants",
        "gamma_cat",
        "gamma_k[c]",
        "gamma_cat_with_unaligned",
        "gamma_k_with_unaligned[c]",
    ),
    good=GOOD,
    blind=together(
        Text(
            nl="Eén cijfer voor tijd en code: het zegt niet aan welke van de twee het ligt, of aan wie. Andere "
            "gewichten voor tijd en code geven een ander cijfer.",
            en="One figure for time and code: it does not say which of the two it is, or who. Other weights of time "
            "and code give another figure.",
        ),
        OWN_INTERVAL,
        FEW,
    ),
)
GAMMA_CAT = Explanation(
    formula=Text(
        nl="1 min hoe vaak stukken die volgens gamma bij elkaar horen een andere code hebben, gedeeld door hoe vaak "
        "dat in toevalssteekproeven is.",
        en="1 minus how often stretches that belong together according to gamma have another code, divided by how "
        "often they do in chance samples.",
    ),
    parts=named("observed_disorder", "expected_disorder", "samples", "samples_with_pairs", "with_unaligned"),
    good=GOOD,
    blind=together(
        Text(
            nl="Wat maar één beoordelaar zag, telt niet mee. Is één code heel gewoon, dan verschillen ook "
            "toevalssteekproeven weinig en wordt het cijfer onzeker.",
            en="What only one rater saw does not count. If one code is very common, chance samples differ little too "
            "and the figure becomes uncertain.",
        ),
        OWN_INTERVAL,
        FEW,
    ),
)
