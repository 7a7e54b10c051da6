"""What people are told of what is kept while they code, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

WORK: Mapping[str, Text] = {
    "heading": Text(nl="Waar je aan werkte", en="What you worked on"),
    "about": Text(
        nl="Van elke clip die je codeerde: waarmee je begon en wanneer je er het laatst was, zodat een tweede venster"
        " je werk niet overschrijft. Van clips die je niet meer mag zien staat er alleen dat en wanneer.",
        en="Of each clip that you coded: from what you began and when you were last at it, so that a second window does"
        " not write over your work. Of clips that you may no longer see only that you did, and when.",
    ),
    "how_long": Text(
        nl="Zolang de clip er is; waarmee je begon tot je inlevert.",
        en="As long as the clip is there; from what you began until you submit.",
    ),
    "clip": Text(nl="Clip", en="Clip"),
    "seen": Text(nl="Laatst mee bezig", en="Last at it"),
    "submitted": Text(nl="Ingeleverd", en="Submitted"),
    "last": Text(nl="Wijzigingen", en="Changes"),
}
CHANGES: Mapping[str, Text] = {
    "heading": Text(nl="Elke wijziging die je nog niet inleverde", en="Every change that you did not submit yet"),
    "about": Text(
        nl="Wat je een voor een koos en weghaalde, zodat er niets verloren gaat als de verbinding of je computer"
        " uitvalt. Niemand anders ziet het.",
        en="What you chose and took away, one by one, so that nothing is lost when the connection or your computer"
        " fails. Nobody else sees it.",
    ),
    "how_long": Text(nl="Tot je inlevert.", en="Until you submit."),
    "clip": Text(nl="Clip", en="Clip"),
    "at": Text(nl="Wanneer", en="When"),
    "number": Text(nl="De hoeveelste", en="Which one"),
}
ANSWERS: Mapping[str, Text] = {
    "heading": Text(nl="Wat de server antwoordde toen je inleverde", en="What the server answered as you submitted"),
    "about": Text(
        nl="Het antwoord, met je codes erin. Zo telt inleveren maar één keer als je scherm het twee keer vraagt.",
        en="The answer, with your codes in it. So a submit counts only once when your screen asks twice.",
    ),
    "how_long": Text(
        nl="30 dagen; wat ouder is gaat weg als je weer iets inlevert.",
        en="30 days; what is older goes as you submit something again.",
    ),
    "at": Text(nl="Wanneer", en="When"),
    "asked": Text(nl="Wat er gevraagd werd", en="What was asked"),
}
