"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

from .clip import Stage

WORDS: Mapping[str, Text] = {
    "families": Text(nl="Gezinnen", en="Families"),
    "about": Text(
        nl="De gezinnen die je hebt, met hun clips en hoe ver die zijn.",
        en="The families that you have, with their clips and how far these are.",
    ),
    "none": Text(
        nl="Er is nog geen gezin aan je toegewezen. De beheerder doet dat; daarna staan de clips van het gezin hier.",
        en="No family is assigned to you yet. The administrator does that; then the family's clips are here.",
    ),
    "none_made": Text(
        nl="Je hebt nog geen gezin. Maak er een en stuur opnames: dan staan de clips hier.",
        en="You have no family yet. Make one and send recordings: then the clips are here.",
    ),
    "make": Text(nl="Nieuw gezin", en="New family"),
    "send": Text(nl="Opnames sturen", en="Send recordings"),
    "change": Text(nl="Gezin en toestemming", en="Family and consent"),
    "no_clips": Text(
        nl="Er zijn nog geen clips van dit gezin. Zodra er opnames zijn klaargezet, staan ze hier.",
        en="There are no clips of this family yet. As soon as recordings are got ready, they are here.",
    ),
    "clip": Text(nl="Clip", en="Clip"),
    "stage": Text(nl="Hoe ver", en="How far"),
    "waits": Text(nl="Wacht op", en="Waits for"),
    "by": Text(nl="Ingeleverd door", en="Submitted by"),
    "all_families": Text(nl="Alle gezinnen", en="All families"),
    "turns": Text(nl="De voorgestelde beurten", en="The suggested turns"),
    "compare": Text(nl="Jullie codes vergelijken", en="Compare your codes"),
    "refused": Text(nl="Opnames die niet te gebruiken zijn", en="Recordings that cannot be used"),
    "refused_about": Text(
        nl="Zet er een andere kopie van klaar, of haal ze weg uit de gezinsmap. Weet je niet hoe, vraag het dan de "
        "beheerder.",
        en="Get another copy of them ready, or take them out of the family's folder. If you do not know how, ask the "
        "administrator.",
    ),
    "consent": Text(nl="Toestemming", en="Consent"),
    "consent_about": Text(
        nl="Waarmee iedereen in het gezin het eens is, en tot en met wanneer.",
        en="What everybody in the family agrees to, and until when.",
    ),
    "consent_unknown": Text(
        nl="Er is nog niet genoteerd waarvoor dit gezin toestemming gaf. Dat gebeurt zodra de opnames de volgende keer "
        "worden klaargezet.",
        en="It is not noted yet what this family agreed to. That happens when recordings are next got ready.",
    ),
    "use": Text(nl="Waarvoor", en="What for"),
    "until": Text(nl="Tot wanneer", en="Until when"),
    "renew": Text(nl="Toestemming vastleggen", en="Record consent"),
    "recording": Text(nl="Opname", en="Recording"),
    "why": Text(nl="Waarom", en="Why"),
    "earlier": Text(nl="Vorige", en="Previous"),
    "later": Text(nl="Volgende", en="Next"),
    "back": Text(nl="Alle gezinnen", en="All families"),
    "not_found": Text(nl="Niet gevonden", en="Not found"),
    "not_there": Text(
        nl="Dit gezin is er niet, of het is niet aan jou toegewezen.",
        en="There is no such family, or it is not assigned to you.",
    ),
}
"""What the templates say, by name."""

STAGES: Mapping[Stage, Text] = {
    "closed": Text(nl="toestemming voorbij", en="consent is over"),
    "submitted": Text(nl="ingeleverd", en="submitted"),
    "begun": Text(nl="je bent bezig", en="you are at it"),
    "ready": Text(nl="klaar om te coderen", en="ready to be coded"),
    "cutting": Text(nl="wordt geknipt", en="being cut"),
    "queued": Text(nl="in de rij om geknipt te worden", en="in line to be cut"),
    "failed": Text(nl="knippen lukte niet", en="could not be cut"),
    "uncut": Text(nl="nog niet geknipt", en="not cut yet"),
}

CONSENT_PANEL = Text(nl="Toestemming die aandacht vraagt", en="Consent that needs attention")
YOU = Text(nl="jou", en="you")
YOURSELF = Text(nl="jij", en="you")
COMPUTER = Text(nl="de computer; coderen kan al", en="the computer; you can code already")
ALL_CLIPS = Text(nl="Alle {0} clips", en="All {0} clips")
COUNT = Text(nl="{0} van {1} ingeleverd", en="{0} of {1} submitted")
PANEL = Text(nl="Je gezinnen", en="Your families")
