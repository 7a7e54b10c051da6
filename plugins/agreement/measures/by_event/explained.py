"""What each figure by event says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import EVENT_KAPPAS, FEW, NO_CHANCE, NO_NORM, PREVALENCE, SHARES, together
from vib.language import Text
from vib.statistic import Explanation

COUNTS = named(
    "events",
    "events_first",
    "events_second",
    "events_linked",
    "prevalence[c]",
    "bias[c]",
    "both",
    "only_first",
    "only_second",
    "neither",
    "positive_agreement",
    "instants",
    "overlap",
)
PARTS = together(COUNTS, named("observed", "expected", "total", "kappa_max"))
LINKED = Text(
    nl="Twee momenten zijn hetzelfde als ze genoeg van het langste delen; wie het meest deelt gaat voor.",
    en="Two events are the same when they share enough of the longer one; those that share most go first.",
)
SHORT_COUNTS = Text(
    nl="Kort en lang tellen even zwaar. Wat geen van beiden zag, kan niemand tellen, en met een andere overlap is het "
    "een ander cijfer. Leg er een cijfer op tijd naast.",
    en="Short and long weigh the same. What neither saw nobody can count, and with another overlap it is another "
    "figure. Put a figure by time beside it.",
)

PERCENT = Explanation(
    formula=together(
        LINKED,
        Text(
            nl="De momenten die beiden hebben met dezelfde code, gedeeld door alle momenten van beiden. Bij één code "
            "telt mee dat beiden iets anders zagen.",
            en="The events that both have with the same code, divided by all events of both. With one code, agreeing "
            "that it is something else counts too.",
        ),
    ),
    parts=PARTS,
    good=SHARES,
    blind=together(SHORT_COUNTS, NO_CHANCE, FEW),
)
POSITIVE = Explanation(
    formula=together(
        LINKED,
        Text(
            nl="Twee keer de momenten die beiden zo noemen, gedeeld door de momenten van de één en van de ander die zo "
            "genoemd zijn samen. Dat beiden iets anders zagen, telt niet mee.",
            en="Twice the events that both call so, divided by the events of the one and of the other that are called "
            "so together. Agreeing that it is something else does not count.",
        ),
    ),
    parts=named("both", "events", "events_first", "events_second", "instants", "overlap"),
    good=together(
        SHARES,
        Text(
            nl="Kappa komt er dichtbij als er veel is dat niemand zo noemt (Hripcsak & Rothschild 2005, doi "
            "10.1197/jamia.M1733).",
            en="Kappa comes near to it when there is much that nobody calls so (Hripcsak & Rothschild 2005, doi "
            "10.1197/jamia.M1733).",
        ),
    ),
    blind=together(SHORT_COUNTS, NO_CHANCE, FEW),
)
LINKED_SHARE = Explanation(
    formula=together(
        LINKED,
        Text(
            nl="De momenten die beiden hebben, met welke code dan ook, gedeeld door alle momenten van beiden.",
            en="The events that both have, with whatever code, divided by all events of both.",
        ),
    ),
    parts=COUNTS,
    good=SHARES,
    blind=together(
        Text(
            nl="Of ze het hetzelfde noemen, zegt het niet. Wie heel veel momenten maakt, treft er ook bij toeval meer.",
            en="It does not say whether they call it the same. Who makes very many events meets more of them by "
            "chance too.",
        ),
        SHORT_COUNTS,
        FEW,
    ),
)
KAPPA = Explanation(
    formula=together(
        LINKED,
        Text(
            nl="Het deel van de momenten dat gelijk is min het deel dat bij toeval gelijk zou zijn, gedeeld door 1 min "
            "dat deel. Wat alleen de één zag, is een eigen categorie; wat geen van beiden zag, telt niet als toeval.",
            en="The share of events that is alike minus the share that would be alike by chance, divided by 1 minus "
            "that share. What only one of them saw is a category of its own; what neither saw is not taken for chance.",
        ),
    ),
    parts=PARTS,
    good=EVENT_KAPPAS,
    blind=together(
        SHORT_COUNTS,
        PREVALENCE,
        Text(
            nl="Is er maar één code, dan heeft de laag geen kappa, en kan die van de code niet boven 0 komen.",
            en="If there is only one code, the tier has no kappa, and that of the code cannot be above 0.",
        ),
        FEW,
    ),
)
KAPPA_MAX = Explanation(
    formula=Text(
        nl="De kappa op momenten die zou uitkomen als beiden zo veel gelijk hadden als kan, met de aantallen per code "
        "die ze nu hebben.",
        en="The event kappa that would come out if both had as much alike as is possible with the numbers of each code "
        "that they have now.",
    ),
    parts=PARTS,
    good=together(
        NO_NORM,
        Text(
            nl="Bij 1 gebruiken beiden de codes even vaak; ver daaronder is dat het eerste om over te praten (Cohen "
            "1960, doi 10.1177/001316446002000104).",
            en="At 1 both use the codes as often; far below it that is the first thing to talk about (Cohen 1960, doi "
            "10.1177/001316446002000104).",
        ),
    ),
    blind=together(
        Text(
            nl="Het zegt niet hoe ver ze het eens zijn, alleen hoe ver dat had gekund.",
            en="It does not say how far they agree, only how far they could have.",
        ),
        FEW,
    ),
)

AGAINST = named("found", "events_reference", "events_rater", "linked_reference", "linked_rater")
A_PERSON = Text(
    nl="De referentie geldt als waar, maar is ook een mens: leg er twee referenties naast elkaar voor je oordeelt.",
    en="The reference is taken for true, but is a person too: put two references side by side before you judge.",
)
FOUND_GOOD = Text(
    nl="Bij toetsen van codeurs wordt vaak 80 % overeenstemming met de referentie gevraagd. Dat is een gewoonte: twee "
    "experts halen onder elkaar soms minder, en zonder toeval eraf is het met één code makkelijk en met tien moeilijk "
    "(McHugh 2012, doi 10.11613/BM.2012.031).",
    en="Tests of coders often ask for 80% agreement with the reference. That is a habit: two experts sometimes have "
    "less among themselves, and with chance not taken off it is easy with one code and hard with ten (McHugh 2012, doi "
    "10.11613/BM.2012.031).",
)

PRECISION = Explanation(
    formula=Text(
        nl="De momenten van de beoordelaar die de referentie ook heeft, met dezelfde code, gedeeld door alle momenten "
        "van de beoordelaar.",
        en="The events of the rater that the reference has too, with the same code, divided by all events of the "
        "rater.",
    ),
    parts=AGAINST,
    good=FOUND_GOOD,
    blind=together(
        A_PERSON,
        Text(
            nl="Wat gemist is, telt niet: wie alleen codeert wat zeker is, haalt dit makkelijk. Leg gevonden ernaast.",
            en="What was missed does not count: who codes only what is sure reaches this easily. Put recall beside it.",
        ),
        FEW,
    ),
)
RECALL = Explanation(
    formula=Text(
        nl="De momenten van de referentie die de beoordelaar ook heeft, met dezelfde code, gedeeld door alle momenten "
        "van de referentie.",
        en="The events of the reference that the rater has too, with the same code, divided by all events of the "
        "reference.",
    ),
    parts=AGAINST,
    good=FOUND_GOOD,
    blind=together(
        A_PERSON,
        Text(
            nl="Wat te veel gecodeerd is, telt niet: wie van alles codeert, haalt dit makkelijk. Leg precisie ernaast.",
            en="What was coded too much does not count: who codes everything reaches this easily. Put precision "
            "beside it.",
        ),
        FEW,
    ),
)
F1 = Explanation(
    formula=Text(
        nl="Twee keer de momenten die beiden hebben met dezelfde code, gedeeld door alle momenten van beiden: het "
        "harmonisch gemiddelde van precisie en gevonden.",
        en="Twice the events that both have with the same code, divided by all events of both: the harmonic mean of "
        "precision and recall.",
    ),
    parts=AGAINST,
    good=together(
        FOUND_GOOD,
        Text(
            nl="Het is de overeenstemming op wat er wél gezien is, en kappa komt er dichtbij als er veel te missen is "
            "(Hripcsak & Rothschild 2005, doi 10.1197/jamia.M1733).",
            en="It is the agreement on what was seen, and kappa comes near to it when there is much to miss (Hripcsak "
            "& Rothschild 2005, doi 10.1197/jamia.M1733).",
        ),
    ),
    blind=together(
        Text(
            nl="Of er gemist is of te veel gecodeerd, zegt het niet: daarvoor zijn gevonden en precisie.",
            en="It does not say whether events were missed or coded too much: recall and precision do.",
        ),
        NO_CHANCE,
        FEW,
    ),
)


def _error(edge: Text, middle: Text) -> Explanation:
    return Explanation(
        formula=Text(
            nl=f"Van elk gevonden moment hoeveel seconden {edge.nl} ervoor of erna ligt; daarvan {middle.nl}.",
            en=f"Of each event that was found by how many seconds {edge.en} is before or after; of those {middle.en}.",
        ),
        parts=named("median", "mean", "p90", "greatest", "bias", "found"),
        good=together(
            NO_NORM,
            Text(
                nl="Vaak wordt met een marge van 2 seconden gekeken, omdat reageren tijd kost en grenzen niet scherp "
                "zijn (zoals in GSEQ: Bakeman & Quera 2011, doi 10.1017/CBO9781139017343). Wat genoeg is, hangt af van "
                "wat je met de tijden doet.",
                en="Often a tolerance of 2 seconds is used, as reacting takes time and boundaries are not sharp (as in "
                "GSEQ: Bakeman & Quera 2011, doi 10.1017/CBO9781139017343). What is enough depends on what the times "
                "are for.",
            ),
        ),
        blind=together(
            Text(
                nl="Alleen momenten die gevonden zijn, tellen: wie strenger koppelt, houdt kleinere fouten over. Wie "
                "van hetzelfde voorstel begint, heeft fouten van 0 zonder dat het iets zegt.",
                en="Only events that were found count: a stricter linking leaves smaller errors. Who starts from the "
                "same suggestion has errors of 0 that say nothing.",
            ),
            FEW,
        ),
    )


_ONSET, _OFFSET = Text(nl="het begin", en="the onset"), Text(nl="het einde", en="the offset")
_MEDIAN = Text(nl="de mediaan: de helft zit er niet verder naast", en="the median: half are no further off")
_MEAN = Text(
    nl="het gemiddelde, waarin één grote fout zwaar telt", en="the mean, in which one large error weighs heavily"
)
_P90 = Text(nl="hoever negen van de tien er hoogstens naast zitten", en="how far off nine of ten are at most")
ONSET_MEDIAN, ONSET_MEAN, ONSET_P90 = (_error(_ONSET, middle) for middle in (_MEDIAN, _MEAN, _P90))
OFFSET_MEDIAN, OFFSET_MEAN, OFFSET_P90 = (_error(_OFFSET, middle) for middle in (_MEDIAN, _MEAN, _P90))
