"""What the components of figures are, each said once: a statistic names those that it has."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

_TABLE: Mapping[str, Text] = {
    "observed": Text(nl="deel waarin ze het eens zijn", en="share on which they agree"),
    "expected": Text(
        nl="deel waarin ze het bij toeval al eens zouden zijn", en="share on which they would agree by chance"
    ),
    "categories": Text(nl="aantal categorieën", en="number of categories"),
    "kappa_max": Text(
        nl="hoogste kappa die kan, gezien hoe vaak ieder elke code gebruikt",
        en="highest kappa that is possible, given how often each uses each code",
    ),
    "prevalence[c]": Text(
        nl="hoe vaak code c gegeven is, gemiddeld over de beoordelaars",
        en="how often code c was given, as the mean of the raters",
    ),
    "bias[c]": Text(
        nl="hoeveel vaker de eerste code c geeft dan de tweede", en="how much oftener the first gives code c"
    ),
    "observed_disagreement": Text(nl="hoe ver ze verschillen", en="how far they differ"),
    "expected_disagreement": Text(
        nl="hoe ver ze bij toeval zouden verschillen", en="how far they would differ by chance"
    ),
    "instants_excluded": Text(
        nl="momenten zonder duur, die niet meetellen", en="instants, which have no duration and do not count"
    ),
}

_TIME: Mapping[str, Text] = {
    "seconds": Text(nl="seconden van alle clips samen", en="seconds of all clips together"),
    "seconds_agreed": Text(nl="seconden waarin ze hetzelfde zeggen", en="seconds in which they say the same"),
    "seconds_both": Text(nl="seconden waarin beiden de code geven", en="seconds in which both give the code"),
    "seconds_first": Text(nl="seconden waarin de eerste iets codeert", en="seconds in which the first codes something"),
    "seconds_second": Text(
        nl="seconden waarin de tweede iets codeert", en="seconds in which the second codes something"
    ),
    "percent_seen_from_first": Text(
        nl="met een marge: het deel vanuit de eerste gezien", en="with a tolerance: the share as seen from the first"
    ),
    "percent_seen_from_second": Text(nl="vanuit de tweede gezien", en="as seen from the second"),
    "kappa_seen_from_first": Text(
        nl="de kappa daarvan, vanuit de eerste gezien", en="the kappa of it, as seen from the first"
    ),
    "kappa_seen_from_second": Text(nl="vanuit de tweede gezien", en="as seen from the second"),
    "seconds_of_raters": Text(nl="seconden van alle beoordelaars opgeteld", en="seconds, added up over all raters"),
    "limit": Text(nl="de waarde voor oneindig kleine stukjes tijd", en="the value for infinitely short units of time"),
}

_EVENTS: Mapping[str, Text] = {
    "events": Text(nl="momenten van beide beoordelaars samen", en="events of both raters together"),
    "events_first": Text(nl="momenten van de eerste", en="events of the first"),
    "events_second": Text(nl="momenten van de tweede", en="events of the second"),
    "events_linked": Text(nl="momenten die de ander ook heeft", en="events that the other has too"),
    "total": Text(nl="alles wat geteld is", en="all that was counted"),
    "instants": Text(nl="momenten zonder duur", en="instants, which have no duration"),
    "overlap": Text(
        nl="deel van het langste moment dat gedeeld moet zijn", en="share of the longer event that must be shared"
    ),
    "both": Text(
        nl="bij één code: wat beiden zo noemen, voor ieder één keer geteld",
        en="with one code: what both call so, counted once for each",
    ),
    "only_first": Text(nl="wat alleen de eerste zo noemt", en="what only the first calls so"),
    "only_second": Text(nl="wat alleen de tweede zo noemt", en="what only the second calls so"),
    "neither": Text(nl="wat beiden anders noemen", en="what both call something else"),
    "positive_agreement": Text(nl="overeenstemming op deze code alleen", en="agreement on this code alone"),
    "found": Text(nl="momenten die beiden hebben, met dezelfde code", en="events that both have, with the same code"),
    "events_reference": Text(nl="momenten van de referentie", en="events of the reference"),
    "events_rater": Text(nl="momenten van de beoordelaar", en="events of the rater"),
    "linked_reference": Text(
        nl="momenten van de referentie die de beoordelaar ook heeft, met welke code dan ook",
        en="events of the reference that the rater has too, whatever the code",
    ),
    "linked_rater": Text(nl="hetzelfde, van de momenten van de beoordelaar", en="the same, of the events of the rater"),
    "median": Text(nl="de helft is niet groter", en="half are no greater"),
    "mean": Text(nl="gemiddeld", en="the mean"),
    "p90": Text(nl="negen van de tien zijn niet groter", en="nine of ten are no greater"),
    "greatest": Text(nl="de grootste", en="the greatest"),
    "bias": Text(
        nl="het gemiddelde met teken: boven 0 is later dan de referentie",
        en="the mean with its sign: above 0 is later than the reference",
    ),
}

_UNITIZING: Mapping[str, Text] = {
    "overlaps_cut": Text(
        nl="korte overlappingen van één beoordelaar, die afgeknipt zijn",
        en="short overlaps of one rater, which were cut",
    ),
    "seconds_cut": Text(nl="seconden daarvan", en="seconds of those"),
    "seconds_watched": Text(nl="seconden die bekeken zijn", en="seconds that were watched"),
    "seconds_gap": Text(nl="seconden zonder code", en="seconds without a code"),
    "agreed_gap": Text(nl="seconden waarin beiden niets coderen", en="seconds in which both code nothing"),
    "seconds[c]": Text(nl="seconden met code c", en="seconds with code c"),
    "agreed[c]": Text(nl="seconden waarin beiden code c geven", en="seconds in which both give code c"),
    "squares[c]": Text(nl="som van de gekwadrateerde lengtes met code c", en="sum of squared lengths with code c"),
    "coverage": Text(
        nl="deel van de tijd van allen waarin eenheden samenvallen",
        en="share of the time of all in which units coincide",
    ),
    "coverage[c]": Text(nl="hetzelfde voor code c", en="the same of code c"),
    "seconds_crossing": Text(nl="seconden waarin eenheden samenvallen", en="seconds in which units coincide"),
    "crossing": Text(nl="die van deze code", en="those of this code"),
    "agreed": Text(nl="die waarin beiden deze code geven", en="those in which both give this code"),
    "crossing_squares": Text(nl="som van hun kwadraten", en="sum of their squares"),
    "crossing[c]": Text(nl="die van code c", en="those of code c"),
    "crossing_squares[c]": Text(nl="som van hun kwadraten", en="sum of their squares"),
    "k_u_alpha[c]": Text(
        nl="het cijfer van elke code, als er geen gekozen is", en="the figure of each code, if none was chosen"
    ),
    "time_units": Text(nl="milliseconden van alle clips samen", en="milliseconds of all clips together"),
    "alpha[c]": Text(nl="alfa van code c", en="alpha of code c"),
    "observed_disagreement[c]": Text(nl="hoe ver ze in code c verschillen", en="how far they differ in code c"),
    "expected_disagreement[c]": Text(nl="hoe ver bij toeval", en="how far by chance"),
}

_GAMMA: Mapping[str, Text] = {
    "observed_disorder": Text(
        nl="hoe slecht eenheden bij de beste indeling op elkaar passen",
        en="how badly units fit one another in the best alignment",
    ),
    "expected_disorder": Text(nl="hetzelfde in toevalssteekproeven", en="the same in chance samples"),
    "unitary_alignments": Text(
        nl="groepjes van eenheden die bij elkaar horen", en="groups of units that belong together"
    ),
    "samples": Text(nl="aantal toevalssteekproeven", en="number of chance samples"),
    "samples_with_pairs": Text(nl="die met eenheden die bij elkaar horen", en="those with units that belong together"),
    "precision": Text(
        nl="hoe ver de verwachte wanorde er als deel naast kan zitten",
        en="how far the expected disorder may be off, as a share",
    ),
    "units_per_rater": Text(nl="eenheden per beoordelaar", en="units per rater"),
    "clips": Text(nl="aantal clips", en="number of clips"),
    "gamma_cat": Text(nl="het deel dat over codes gaat", en="the part about codes"),
    "gamma_k[c]": Text(nl="hetzelfde voor code c", en="the same of code c"),
    "gamma_cat_with_unaligned": Text(
        nl="gamma-cat als een eenheid die nergens bij hoort een andere code is",
        en="gamma-cat when a unit that belongs with none is another code",
    ),
    "gamma_k_with_unaligned[c]": Text(nl="hetzelfde voor code c", en="the same of code c"),
    "with_unaligned": Text(
        nl="het cijfer als een eenheid die nergens bij hoort een andere code is",
        en="the figure when a unit that belongs with none is another code",
    ),
}

_UNITS: Mapping[str, Text] = {
    "units_rated_once": Text(
        nl="eenheden met één oordeel, die geen paar vormen", en="units with one rating, which make no pair"
    ),
    "agreement[c]": Text(
        nl="van de oordelen c, het deel dat een andere c treft", en="of the ratings c, the share that meets another c"
    ),
    "se_gwet": Text(nl="standaardfout van Gwet, met deler n (n - 1)", en="Gwet's standard error, divisor n (n - 1)"),
    "s[c]": Text(nl="S van categorie c tegen de rest", en="S of category c against the rest"),
    "kappa[c]": Text(nl="kappa van categorie c tegen de rest", en="kappa of category c against the rest"),
    "ac1[c]": Text(nl="AC1 van categorie c tegen de rest", en="AC1 of category c against the rest"),
    "prevalence_index": Text(
        nl="bij twee categorieën: hoe scheef ze verdeeld zijn", en="with two categories: how unequally common they are"
    ),
    "bias_index": Text(
        nl="bij twee categorieën: hoe ver de beoordelaars in gebruik verschillen",
        en="with two categories: how far the raters differ in their use",
    ),
    "se_null": Text(nl="standaardfout als er alleen toeval is", en="standard error if there is chance only"),
    "z": Text(nl="het cijfer gedeeld door se_null", en="the figure divided by se_null"),
    "z[c]": Text(nl="hetzelfde voor categorie c", en="the same of category c"),
    "kappa_fleiss_cuzick": Text(
        nl="bij ongelijke aantallen oordelen: de kappa van Fleiss & Cuzick",
        en="with unequal numbers of ratings: the kappa of Fleiss & Cuzick",
    ),
    "se_null_fleiss_cuzick": Text(nl="de standaardfout daarvan bij toeval", en="its standard error under chance"),
    "z_fleiss_cuzick": Text(nl="die kappa gedeeld door die standaardfout", en="that kappa divided by it"),
    "pairs": Text(nl="aantal tweetallen", en="number of pairs of raters"),
    "pairs_left_out": Text(nl="tweetallen zonder kappa", en="pairs without a kappa"),
    "pair[g,h]": Text(nl="de kappa van beoordelaars g en h", en="the kappa of raters g and h"),
    "units_pairable": Text(nl="eenheden met twee oordelen of meer", en="units with two ratings or more"),
    "values_pairable": Text(nl="oordelen daarvan", en="ratings of those"),
    "se_of_counts": Text(
        nl="wat irrCAC voor tellingen afdrukt; niet om te melden",
        en="what irrCAC prints for counts; not to be reported",
    ),
}

_RATINGS: Mapping[str, Text] = {
    "MS_rows": Text(nl="spreiding tussen clips (mean square)", en="spread between clips (mean square)"),
    "MS_within": Text(nl="spreiding binnen clips", en="spread within clips"),
    "MS_columns": Text(nl="spreiding tussen beoordelaars", en="spread between raters"),
    "MS_error": Text(nl="wat er dan nog overblijft", en="what is left"),
    "k": Text(nl="oordelen per clip", en="ratings per clip"),
    "n": Text(nl="clips per beoordelaar", en="clips per rater"),
    "df1": Text(nl="vrijheidsgraden van de teller van F", en="degrees of freedom of the numerator of F"),
    "df2": Text(nl="die van de noemer", en="those of the denominator"),
    "df_columns": Text(nl="die van de beoordelaars", en="those of the raters"),
    "df_satterthwaite": Text(nl="die van Satterthwaite", en="those of Satterthwaite"),
    "F": Text(nl="toets of clips van elkaar verschillen", en="test of whether clips differ"),
    "p": Text(nl="de kans daarop bij toeval", en="its probability under chance"),
    "p_satterthwaite": Text(nl="de p van R irr", en="the p of R irr"),
    "units_within": Text(nl="clips waarvan alle oordelen dichtbij liggen", en="clips of which all ratings lie close"),
    "units_complete": Text(nl="clips zonder ontbrekend oordeel", en="clips with no rating missing"),
    "pairwise": Text(nl="deel van de tweetallen dat dichtbij ligt", en="share of pairs of raters that lie close"),
}

_SEQUENCES: Mapping[str, Text] = {
    "followed": Text(
        nl="beurten van het kind met een initiatief waarop de volwassene ingaat",
        en="turns of the child with an initiative that an adult answers",
    ),
    "not_followed": Text(nl="die waarop dat niet gebeurt", en="those that nobody answers"),
    "other_followed": Text(
        nl="andere beurten van het kind waarop de volwassene ingaat", en="other turns of the child that are answered"
    ),
    "other_not_followed": Text(nl="die waarop dat niet gebeurt", en="those that nobody answers"),
    "cut_off": Text(
        nl="beurten vlak voor het einde van de clip, die niet meetellen",
        en="turns just before the end of the clip, which do not count",
    ),
    "share_given": Text(nl="deel van de initiatieven met antwoord", en="share of the initiatives with an answer"),
    "share_other": Text(nl="deel van de andere beurten met antwoord", en="share of the other turns with an answer"),
    "added": Text(nl="wat bij elk vak is opgeteld", en="what was added to each cell"),
    "median_followed": Text(nl="mediaan van wat antwoord kreeg", en="median of what was answered"),
    "mean_followed": Text(nl="gemiddelde daarvan", en="mean of it"),
    "p90_followed": Text(nl="90 % daarvan is sneller", en="90% of it is faster"),
    "value": Text(nl="het cijfer van ieder apart", en="the figure of each on their own"),
    "se": Text(nl="de standaardfout daarvan", en="its standard error"),
}

COMPONENTS: Mapping[str, Text] = {
    **_TABLE,
    **_TIME,
    **_EVENTS,
    **_UNITIZING,
    **_GAMMA,
    **_UNITS,
    **_RATINGS,
    **_SEQUENCES,
}
"""By their names; ``[c]`` stands for a code or category."""


def named(*names: str) -> Text:
    """Return what some components are, in one line.

    Examples
    --------
    >>> named("k", "n").en
    'k: ratings per clip; n: clips per rater.'
    """
    said = [COMPONENTS[name] for name in names]
    return Text(
        nl="; ".join(f"{name}: {text.nl}" for name, text in zip(names, said, strict=True)) + ".",
        en="; ".join(f"{name}: {text.en}" for name, text in zip(names, said, strict=True)) + ".",
    )
