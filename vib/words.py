"""Words about codebooks that every guide shares, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.codebook import Certainty, CodeKind
from vib.language import Text

KINDS: Mapping[CodeKind, Text] = {
    "state": Text(nl="toestand", en="state"),
    "event": Text(nl="gebeurtenis", en="event"),
    "rating": Text(nl="beoordeling", en="rating"),
    "tag": Text(nl="kenmerk", en="tag"),
}
CERTAINTIES: Mapping[Certainty, Text] = {
    "high": Text(nl="zekerheid hoog", en="certainty high"),
    "medium": Text(nl="zekerheid midden", en="certainty medium"),
    "low": Text(nl="zekerheid laag", en="certainty low"),
}
BY = Text(nl="{0} door {1}", en="{0} by {1}")
WATCH = Text(
    nl="Bekijk het fragment eerst één keer helemaal, zonder te coderen.",
    en="First watch the whole clip once, without coding.",
)
CHECK = Text(
    nl="Kijk je codes na, te beginnen bij wat goed ging, en lever in. Codeer alleen wat te zien of te "
    "horen is; bij twijfel laat je het weg.",
    en="Check your codes, beginning with what went well, and submit. Code only what can be seen or "
    "heard; when in doubt, leave it out.",
)
ON_TIMELINE = Text(nl="op de tijdlijn", en="on the timeline")
FOR = Text(nl="bij {0}", en="for {0}")
ONE = Text(nl="één antwoord", en="one answer")
SEVERAL = Text(nl="meer antwoorden mogelijk", en="several answers possible")
SCALE = Text(nl="schaal {0} tot {1}", en="scale {0} to {1}")
FROM_BIRTH = Text(nl="vanaf de geboorte", en="from birth")
FROM_MONTH = Text(nl="vanaf {0} maanden", en="from {0} months")
