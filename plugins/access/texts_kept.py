"""What people are told of what is kept about what they may see, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

FAMILIES: Mapping[str, Text] = {
    "heading": Text(nl="Gezinnen die je hebt", en="Families that you have"),
    "about": Text(
        nl="Aan welke gezinnen je gekoppeld bent, onder hun pseudoniem: alleen daarvan zie je de clips.",
        en="Which families are assigned to you, by their pseudonym: of these alone you see the clips.",
    ),
    "how_long": Text(
        nl="Tot de beheerder het gezin bij je weghaalt; het logboek houdt dat je het had.",
        en="Until the administrator takes the family away from you; the log keeps that you had it.",
    ),
    "pseudonym": Text(nl="Gezin", en="Family"),
    "granted_at": Text(nl="Sinds", en="Since"),
}
ROUNDS: Mapping[str, Text] = {
    "heading": Text(nl="Rondes waar je in zit", en="Rounds that you are in"),
    "about": Text(
        nl="In welke rondes je codeert of begeleidt: daaruit volgt welke clips je krijgt en wat je van anderen ziet.",
        en="In which rounds you code or lead: from that follows which clips you get and what you see of others.",
    ),
    "how_long": Text(nl="Tot je uit de ronde gaat of de ronde weggaat.", en="Until you leave the round or it goes."),
    "name": Text(nl="Ronde", en="Round"),
    "part": Text(nl="Als", en="As"),
}
OUT_OF_SIGHT: Mapping[str, Text] = {
    "heading": Text(nl="Van clips die je niet meer ziet", en="Of clips that you no longer see"),
    "about": Text(
        nl="Dat je ooit codeerde of schreef bij een clip die je nu niet meer mag zien, omdat je dat gezin of die ronde"
        " niet meer hebt. Wat je koos of schreef gaat over dat gezin, en staat er daarom niet bij; vraag je beheerder"
        " als je het toch nodig hebt.",
        en="That you once coded a clip, or wrote at it, that you may not see now, as you no longer have that family or"
        " round. What you chose or wrote is about that family, and so it is left out; ask your administrator if you"
        " need it all the same.",
    ),
    "what": Text(nl="Wat", en="What"),
    "made": Text(nl="Gemaakt", en="Made"),
}
WHAT: Mapping[str, Text] = {
    "codes": Text(nl="ingeleverd", en="submitted"),
    "draft": Text(nl="concept", en="draft"),
    "conversation": Text(nl="in een gesprek", en="in a conversation"),
}
