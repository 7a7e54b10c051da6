"""What each coefficient of units says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import ALPHAS, FEW, KAPPAS, NO_CHANCE, PREVALENCE, SHARES, together
from vib.language import Text
from vib.statistic import Explanation

CHANCE = ("observed", "expected", "categories")
OF_TWO = (*CHANCE, "prevalence[c]", "bias[c]", "kappa[c]", "se_gwet")
OF_MANY = (*CHANCE, "units_rated_once", "prevalence[c]")
INDICES = ("prevalence_index", "bias_index")

BEYOND_CHANCE = Text(
    nl="Het deel dat gelijk is min het deel dat bij toeval gelijk zou zijn, gedeeld door 1 min dat deel bij toeval.",
    en="The share that is alike minus the share that would be alike by chance, divided by 1 minus that share by "
    "chance.",
)
LINKED_ONLY = Text(
    nl="Van een laag telt alleen wat gekoppeld is: een moment dat maar één van hen zag, ontbreekt hier. Leg er het "
    "deel naast dat beiden zagen.",
    en="Of a tier only what was linked counts: an event that only one of them saw is missing here. Put the share seen "
    "by both beside it.",
)
HOW_MANY_CATEGORIES = Text(
    nl="Het hangt af van het aantal categorieën: geteld worden die iemand gebruikte, niet alle van het codeboek.",
    en="It depends on the number of categories: those that somebody used are counted, not all of the codebook.",
)
NOT_RARE = Text(
    nl="Het blijft hoog als één code bijna altijd gegeven wordt, en zegt dan weinig over de zeldzame code.",
    en="It stays high when one code is given nearly always, and then says little about the rare code.",
)
BIAS = Text(
    nl="Gebruiken ze codes ongelijk vaak, dan kan het cijfer daardoor omhoog gaan (Feinstein & Cicchetti 1990): kijk "
    "naar bias.",
    en="If they use codes unequally often, the figure may go up by it (Feinstein & Cicchetti 1990): look at bias.",
)
GWETS = Text(
    nl="Dezelfde grenzen als voor kappa worden gebruikt (Landis & Koch 1977, doi 10.2307/2529310: 0,61 aanzienlijk), "
    "hoewel dit cijfer bij dezelfde codes vaak hoger uitkomt. Ze zijn een gewoonte; Gwet (2014, ISBN 978-0970806284) "
    "kijkt daarom naar de kans dat de grens gehaald is.",
    en="The same limits as for kappa are used (Landis & Koch 1977, doi 10.2307/2529310: 0.61 substantial), although "
    "this figure often comes out higher for the same codes. They are a habit; Gwet (2014, ISBN 978-0970806284) "
    "therefore looks at the probability that the limit was reached.",
)
CHOSEN_WEIGHTS = Text(
    nl="Andere gewichten geven een ander cijfer: kies ze vooraf. Kwadratische gewichten geven vaak een hoog cijfer.",
    en="Other weights give another figure: choose them beforehand. Quadratic weights often give a high figure.",
)

PERCENT_AGREEMENT = Explanation(
    formula=Text(
        nl="Van elke eenheid het deel van de tweetallen van oordelen dat gelijk is; daarvan het gemiddelde.",
        en="Of each unit the share of the pairs of ratings that are alike; of these the mean.",
    ),
    parts=named("observed", "categories", "units_rated_once", "agreement[c]", "se_gwet"),
    good=SHARES,
    blind=together(NO_CHANCE, LINKED_ONLY, FEW),
)
BENNETT_S = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: elke categorie even vaak.",
            en="Chance is here: each category as often.",
        ),
    ),
    parts=named(*CHANCE, "units_rated_once", "s[c]", "se_gwet"),
    good=GWETS,
    blind=together(HOW_MANY_CATEGORIES, NOT_RARE, LINKED_ONLY, FEW),
)
SCOTT_PI = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: beiden gebruiken de categorieën zo vaak als ze samen gemiddeld doen.",
            en="Chance is here: both use the categories as often as they do on average together.",
        ),
    ),
    parts=named(*OF_TWO, *INDICES),
    good=KAPPAS,
    blind=together(PREVALENCE, LINKED_ONLY, FEW),
)
COHEN_KAPPA = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: ieder gebruikt de categorieën zo vaak als die nu zelf doet.",
            en="Chance is here: each uses the categories as often as they do now.",
        ),
    ),
    parts=named(*OF_TWO, *INDICES, "kappa_max", "se_null", "z"),
    good=KAPPAS,
    blind=together(PREVALENCE, BIAS, LINKED_ONLY, FEW),
)
WEIGHTED_KAPPA = Explanation(
    formula=Text(
        nl="Kappa waarin een klein verschil voor een deel als gelijk telt, met gewichten van 0 tot 1.",
        en="Kappa in which a small difference counts as alike in part, by weights from 0 to 1.",
    ),
    parts=named(*OF_TWO, *INDICES, "kappa_max", "se_null", "z"),
    good=KAPPAS,
    blind=together(CHOSEN_WEIGHTS, PREVALENCE, FEW),
)
LIGHT_KAPPA = Explanation(
    formula=Text(
        nl="De kappa van Cohen van elk tweetal; daarvan het gemiddelde.",
        en="Cohen's kappa of each two raters; of these the mean.",
    ),
    parts=named(*CHANCE, "pairs", "pairs_left_out", "pair[g,h]", "kappa[c]"),
    good=KAPPAS,
    blind=together(
        Text(
            nl="Een tweetal dat erg verschilt, verdwijnt in het gemiddelde: kijk naar elk tweetal.",
            en="Two raters who differ much disappear in the mean: look at each pair.",
        ),
        PREVALENCE,
        LINKED_ONLY,
        FEW,
    ),
)
_HIDES = Text(
    nl="Eén cijfer voor allen verbergt wie van de anderen verschilt.",
    en="One figure for all hides who differs from the others.",
)
CONGER_KAPPA = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: ieder gebruikt de categorieën zo vaak als die nu zelf doet, gemiddeld over tweetallen.",
            en="Chance is here: each uses the categories as often as they do now, as the mean over pairs.",
        ),
    ),
    parts=named(*OF_MANY, "kappa[c]", "se_gwet"),
    good=KAPPAS,
    blind=together(_HIDES, PREVALENCE, LINKED_ONLY, FEW),
)
FLEISS_KAPPA = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: allen gebruiken de categorieën zo vaak als ze samen gemiddeld doen.",
            en="Chance is here: all use the categories as often as they do on average together.",
        ),
    ),
    parts=named(
        *OF_MANY,
        "kappa[c]",
        "se_gwet",
        "se_null",
        "z",
        "z[c]",
        "kappa_fleiss_cuzick",
        "se_null_fleiss_cuzick",
        "z_fleiss_cuzick",
    ),
    good=KAPPAS,
    blind=together(_HIDES, PREVALENCE, LINKED_ONLY, FEW),
)
GWET_AC1 = Explanation(
    formula=together(
        BEYOND_CHANCE,
        Text(
            nl="Toeval is hier: de kans dat gokken raak is; die is groter naarmate de codes gelijker gebruikt worden.",
            en="Chance is here: the probability that a guess is right, which is the larger the more evenly the codes "
            "are used.",
        ),
    ),
    parts=named(*OF_MANY, "ac1[c]", "se_gwet"),
    good=GWETS,
    blind=together(NOT_RARE, HOW_MANY_CATEGORIES, LINKED_ONLY, FEW),
)
GWET_AC2 = Explanation(
    formula=Text(
        nl="AC1 waarin een klein verschil voor een deel als gelijk telt, met gewichten van 0 tot 1.",
        en="AC1 in which a small difference counts as alike in part, by weights from 0 to 1.",
    ),
    parts=named(*OF_MANY, "ac1[c]", "se_gwet"),
    good=GWETS,
    blind=together(CHOSEN_WEIGHTS, NOT_RARE, HOW_MANY_CATEGORIES, FEW),
)
KRIPPENDORFF_ALPHA = Explanation(
    formula=Text(
        nl="1 min hoe ver oordelen van dezelfde eenheid verschillen, gedeeld door hoe ver oordelen van willekeurige "
        "eenheden verschillen. Hoe ver twee oordelen verschillen, hangt af van het meetniveau.",
        en="1 minus how far ratings of the same unit differ, divided by how far ratings of any units differ. How far "
        "two ratings differ depends on the level of measurement.",
    ),
    parts=named(
        "observed_disagreement",
        "expected_disagreement",
        "units_pairable",
        "values_pairable",
        "prevalence[c]",
        "alpha[c]",
        "se_of_counts",
    ),
    good=ALPHAS,
    blind=together(_HIDES, PREVALENCE, LINKED_ONLY, FEW),
)
