"""What the server says about coding, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

NOT_THERE = Text(nl="dit is er niet", en="this is not there")

REFUSED: Mapping[str, Text] = {
    "held": Text(nl="een ander venster codeert dit nu", en="another window is coding this now"),
    "gap": Text(nl="er ontbreken wijzigingen voor deze", en="changes before this one are missing"),
    "differs": Text(nl="er is al een andere wijziging met dit nummer", en="another change has this number already"),
    "submitted": Text(nl="dit is al ingeleverd", en="this was submitted already"),
    "full": Text(
        nl="het logboek van dit werk is vol; lever in en ga daarna verder",
        en="the log of this work is full; submit and go on after that",
    ),
}
"""Why a change or a submit was refused."""

OTHER_SUBMIT = Text(nl="deze sleutel hoort bij een andere inlevering", en="this key belongs to another submit")
NO_KEY = Text(nl="X-VIB-Submission is geen UUID", en="X-VIB-Submission is not a UUID")
NO_NUMBER = Text(nl="X-VIB-Work-Last is geen getal", en="X-VIB-Work-Last is not a number")
NOT_STORED = Text(
    nl="dit kon nu niet worden opgeslagen; er is niets veranderd, probeer het opnieuw",
    en="this could not be stored now; nothing was changed, try again",
)
