"""Words about codebooks that every guide shares, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.codebook import Certainty, CodeKind, Polarity
from vib.codebook.book import OutputLimit
from vib.codebook.entry import Actor
from vib.language import Text

ORDER: tuple[Polarity, ...] = ("ja", "neutraal", "nee")
"""What went well comes first."""

KINDS: Mapping[CodeKind, Text] = {
    "state": Text(nl="toestand", en="state"),
    "event": Text(nl="gebeurtenis", en="event"),
    "rating": Text(nl="beoordeling", en="rating"),
    "tag": Text(nl="kenmerk", en="tag"),
}
ACTORS: Mapping[Actor, Text] = {
    "kind": Text(nl="van het kind", en="of the child"),
    "volwassene": Text(nl="van de volwassene", en="of the adult"),
    "onbekend": Text(nl="van iemand, onbekend wie", en="of somebody, unknown who"),
    "dyade": Text(nl="van hen samen", en="of the two together"),
    "groep": Text(nl="van de groep", en="of the group"),
    "gezin": Text(nl="van het gezin", en="of the family"),
    "professional": Text(nl="van de begeleider", en="of the practitioner"),
}
CERTAINTIES: Mapping[Certainty, Text] = {
    "high": Text(nl="zekerheid hoog", en="certainty high"),
    "medium": Text(nl="zekerheid midden", en="certainty medium"),
    "low": Text(nl="zekerheid laag", en="certainty low"),
}
BY = Text(nl="{0} door {1}", en="{0} by {1}")
CONFIRMED = Text(nl="bevestigd door {0} ({1}) op {2}", en="confirmed by {0} ({1}) on {2}")
WATCH = Text(
    nl="Bekijk de clip eerst één keer helemaal, zonder te coderen.",
    en="First watch the whole clip once, without coding.",
)
CHECK = Text(
    nl="Kijk je codes na, te beginnen bij wat goed ging, en lever in. Codeer alleen wat te zien of te "
    "horen is; een vraag zonder antwoord telt als nog niet gecodeerd, tenzij ze leeg mag blijven.",
    en="Check your codes, beginning with what went well, and submit. Code only what can be seen or "
    "heard; a question without an answer counts as not coded yet, unless it may stay empty.",
)
ON_TIMELINE = Text(nl="op de tijdlijn", en="on the timeline")
FOR = Text(nl="bij {0}", en="for {0}")
ONE = Text(nl="één antwoord", en="one answer")
SEVERAL = Text(nl="meer antwoorden mogelijk", en="several answers possible")
OPTIONAL = Text(nl="mag leeg blijven", en="may stay empty")
SCALE = Text(nl="schaal {0} tot {1}", en="scale {0} to {1}")
FROM_BIRTH = Text(nl="vanaf de geboorte", en="from birth")
FROM_MONTH = Text(nl="vanaf {0} maanden", en="from {0} months")
ADVANCED = Text(nl="voor wie verder is", en="for advanced coders")
TEAM_ONLY = Text(nl="alleen voor het team", en="for the team only")
USER_LABEL = Text(nl="de naam kies je zelf", en="you choose its name")
EVIDENCE = Text(nl="wijs een moment aan waarop je dit baseert", en="point at a moment on which you base this")
REQUIRES = Text(nl="alleen met: {0}", en="only with: {0}")
CALCULATED = Text(nl="wordt berekend uit de codes", en="is calculated from the codes")

DECIDE = Text(nl="Zo beslis je", en="How to decide")
DECIDE_ABOUT = Text(nl="Het eerste dat past, is het antwoord.", en="The first that fits is the answer.")
YES = Text(nl="ja", en="yes")
NO = Text(nl="nee", en="no")
NONE_FITS = Text(
    nl="Past niets? Kijk het stuk nog eens terug, en vraag een collega als je er niet uitkomt.",
    en="Does nothing fit? Watch the stretch again, and ask a colleague if you cannot decide.",
)
EXAMPLE = Text(nl="Voorbeeld", en="Example")
COUNTER_EXAMPLE = Text(nl="Lijkt erop, maar is het niet", en="Looks like it, but is not")
NOTE = Text(nl="Let op", en="Note")
NOT_TO_CONFUSE = Text(nl="Niet te verwarren met", en="Not to be confused with")
POINTS = Text(nl="De punten in woorden", en="The points in words")

SITUATIONS = Text(nl="Welke situaties", en="Which situations")
CLIP_LENGTH = Text(
    nl="Hoe lang een clip is: meestal {0}, ten minste {1} en ten hoogste {2}.",
    en="How long a clip is: usually {0}, at least {1} and at most {2}.",
)
RANGE = Text(nl="{0} tot {1}", en="{0} to {1}")
LEVELS = Text(nl="Niveaus", en="Levels")
LEVELS_ABOUT = Text(
    nl="Wie begint, krijgt minder vragen. Het niveau staat bij het project of de ronde.",
    en="Beginners get fewer questions. The level belongs to the project or the round.",
)
WITH_ADVANCED = Text(nl="met de codes voor wie verder is", en="with the codes for advanced coders")
WITH_RATINGS = Text(nl="met de beoordeling van de hele clip", en="with the ratings of the whole clip")
TRAINING = Text(nl="In deze volgorde leer je het", en="The order in which to learn it")
SESSIONS = Text(nl="De bezoeken", en="The visits")
FILMS = Text(nl="Filmen", en="Filming")
WATCHES = Text(nl="Terugkijken", en="Watching")
DERIVED = Text(nl="Wat berekend wordt", en="What is calculated")
RULES = Text(nl="Wat wordt nagekeken", en="What is checked")
BLOCKS = Text(nl="houdt het inleveren tegen", en="keeps it from being submitted")
CHANGES = Text(nl="Wat er veranderd is", en="What has changed")
RETIRED = Text(nl="Niet meer in gebruik", en="No longer used")
SINCE = Text(nl="sinds versie {0}", en="since version {0}")

GOOD_FIRST = Text(nl="Eerst wat goed ging", en="What went well first")
GOOD_FIRST_ABOUT = Text(
    nl="Kijk eerst naar wat lukt. Nee-codes laten zien waar het contact hapert; ze zeggen niets over iemand als "
    "ouder, kind of begeleider.",
    en="Look first at what succeeds. No-codes (nee) show where contact falters; they say nothing about anybody as a "
    "parent, child or practitioner.",
)
OWN_RENDERING = Text(nl="Eigen weergave", en="Own rendering")
NOT_APPROVED = Text(
    nl="Dit is onze eigen weergave op grond van openbare bronnen. {0} is eigenaar van de methode, en heeft dit niet "
    "opgesteld en niet goedgekeurd.",
    en="This is our own rendering from public sources. {0} owns the method, and has neither written nor approved this.",
)
APPROVED = Text(nl="Goedgekeurd", en="Approved")
APPROVED_BY = Text(
    nl="{0} is eigenaar van de methode, en heeft deze weergave goedgekeurd.",
    en="{0} owns the method, and has approved this rendering.",
)
TRAINING_NEEDED = Text(nl="Opleiding nodig", en="Training required")
PROTECTED = Text(nl="Beschermd, en hier niet", en="Protected, and not here")
NO_DIAGNOSIS = Text(nl="Geen diagnose", en="No diagnosis")
NO_DIAGNOSIS_ABOUT = Text(
    nl="Hiermee wordt nooit een diagnose of een type gehechtheid vastgesteld, en een kind krijgt geen cijfer.",
    en="No diagnosis and no attachment class is ever stated with this, and a child gets no mark.",
)
NEVER_MADE = Text(nl="Wat er niet van gemaakt wordt", en="What is not made of it")
OUTPUT_LIMITS: Mapping[OutputLimit, Text] = {
    "team_only": Text(nl="Alleen het team ziet deze codes.", en="Only the team sees these codes."),
    "no_sums": Text(nl="Ze worden niet opgeteld tot een score.", en="They are not added up to a score."),
    "no_norms": Text(
        nl="Er zijn geen normen: een aantal is niet goed of slecht.", en="There are no norms: no number is good or bad."
    ),
    "no_comparison_of_people": Text(
        nl="Mensen worden er niet mee vergeleken.", en="People are not compared with each other."
    ),
}

WINDOWS: Mapping[str, Text] = {
    "window_s": Text(nl="binnen {0}", en="within {0}"),
    "within_s": Text(nl="binnen {0}", en="within {0}"),
    "after_s": Text(nl="tot {0} na het einde", en="until {0} after the end"),
    "until_s": Text(nl="tot {0} erna", en="until {0} after it"),
    "merge_pause_s": Text(nl="een pauze korter dan {0} hoort erbij", en="a pause shorter than {0} is part of it"),
    "waiting_from_s": Text(nl="wachten telt vanaf {0}", en="waiting counts from {0} on"),
    "no_prompt_s": Text(nl="{0} ervoor zonder aanleiding", en="{0} before it without a prompt"),
    "max_gap_s": Text(nl="met ten hoogste {0} ertussen", en="with at most {0} between"),
    "max_overlap_s": Text(nl="met ten hoogste {0} overlap", en="with at most {0} of overlap"),
    "min_s": Text(nl="ten minste {0}", en="at least {0}"),
    "max_s": Text(nl="ten hoogste {0}", en="at most {0}"),
    "over_s": Text(nl="langer dan {0}", en="longer than {0}"),
    "until_min": Text(nl="tot {0} erna", en="until {0} after it"),
    "look_within_s": Text(nl="met een blik naar de ander binnen {0}", en="with a look at the other within {0}"),
    "min_signs": Text(nl="ten minste {0} tekenen", en="at least {0} signs"),
    "min_share": Text(nl="ten minste {0} van de tijd", en="at least {0} of the time"),
    "min_moves": Text(nl="ten minste {0} zetten", en="at least {0} moves"),
    "min_initiatives": Text(nl="ten minste {0} initiatieven", en="at least {0} initiatives"),
}
"""What the numbers of a definition say; a number that is not here is shown with its own name."""

UNITS: Mapping[str, tuple[Text, Text]] = {
    "s": (Text(nl="seconde", en="second"), Text(nl="seconden", en="seconds")),
    "min": (Text(nl="minuut", en="minute"), Text(nl="minuten", en="minutes")),
    "months": (Text(nl="maand", en="month"), Text(nl="maanden", en="months")),
    "count": (Text(nl="keer", en="time"), Text(nl="keer", en="times")),
}
"""Units by the ending of a number's name, for one and for more."""

ABOUT_SOURCES = Text(
    nl="Publicaties staan er zoals het codeboek ze noemt. ‘Eigen ontwerp’ of ‘eigen voorstel’ is een eigen "
    "keuze van de makers; ‘achtergrondkennis’ is bekend in het vak, maar niet in een bron nagezien.",
    en="Sources are given as the codebook names them. ‘Own design’ or ‘own proposal’ is a choice of the "
    "makers; ‘background knowledge’ is known in the field, but was not checked in a source.",
)

OWN_SOURCES: Mapping[str, str] = {
    "own design (first thing that happens, until 10 seconds after the reaction or after the window)": (
        "eigen ontwerp (het eerste wat gebeurt, tot 10 seconden na de reactie of na het venster)"
    ),
    "own design (window: from the start of the initiative until 3 seconds after its end)": (
        "eigen ontwerp (venster: van het begin van het initiatief tot 3 seconden na het einde)"
    ),
    "own design (3 seconds": "eigen ontwerp (3 seconden",
    "own design (boundaries": "eigen ontwerp (afbakening",
    "own design (wording of the anchors": "eigen ontwerp (woorden bij de punten",
    "background knowledge (PCIT training: five-second rule": "achtergrondkennis (PCIT-training: vijfsecondenregel",
    "background knowledge (order of precedence of DPICS": "achtergrondkennis (volgorde van voorrang in DPICS",
    "own proposal after Dekker & Biemans 1994 as recalled": "eigen voorstel naar Dekker & Biemans 1994, uit het hoofd",
    "own design": "eigen ontwerp",
    "background knowledge": "achtergrondkennis",
    "own proposal": "eigen voorstel",
}
"""How sources that are no publication begin, and the same in Dutch; the longest first."""
