"""The sentences that answer how far raters agree."""

from __future__ import annotations

from vib.language import Text

OF_TEN: tuple[Text, ...] = (
    Text(nl="geen", en="none"),
    Text(nl="één", en="one"),
    Text(nl="twee", en="two"),
    Text(nl="drie", en="three"),
    Text(nl="vier", en="four"),
    Text(nl="vijf", en="five"),
    Text(nl="zes", en="six"),
    Text(nl="zeven", en="seven"),
    Text(nl="acht", en="eight"),
    Text(nl="negen", en="nine"),
    Text(nl="alle tien", en="all ten"),
)
HARDLY_ANY = Text(nl="minder dan één", en="fewer than one")
NEARLY_ALL = Text(nl="ruim negen", en="more than nine")
BETWEEN = Text(nl="{said} (per tweetal {least} tot {most})", en="{said} ({least} to {most}, depending on the pair)")
AND = Text(nl="{} en {}", en="{} and {}")
COMMA = Text(nl="{}, {}", en="{}, {}")
CODE_OF = Text(nl="{code} ({tier})", en="{code} ({tier})")

GOES_WELL = Text(nl="Dit gaat goed: {codes}.", en="This goes well: {codes}.")
SEEN = Text(
    nl="{subject}: van elke tien die de één zag, zag de ander er {seen}; van elke tien die beiden zagen, noemden ze "
    "er {alike} hetzelfde.",
    en="{subject}: of every ten that one rater saw, the other saw {seen}; of every ten that both saw, they named "
    "{alike} alike.",
)
DESCRIBED = Text(
    nl="{subject}: van elke tien die de één omschreef, omschreef de ander er {seen}; van elke tien die beiden "
    "omschreven, noemden ze er {alike} hetzelfde.",
    en="{subject}: of every ten that one rater described, the other described {seen}; of every ten that both "
    "described, they named {alike} alike.",
)
ONE_CODE = Text(
    nl="{subject}: van elke tien die de één zo noemt, noemt de ander er {seen} ook zo.",
    en="{subject}: of every ten that one rater calls so, the other calls {seen} so too.",
)
ONE_AGAINST = Text(
    nl="{subject}: van elke tien die {reference} heeft, heeft {rater} er {recall} ook, met dezelfde code; van elke "
    "tien die {rater} heeft, heeft {reference} er {precision} ook.",
    en="{subject}: of every ten that {reference} has, {rater} has {recall} too, with the same code; of every ten that "
    "{rater} has, {reference} has {precision} too.",
)
MORE_AGAINST = Text(
    nl="{subject}: van elke tien die {reference} heeft, hebben de anderen er {recall} ook, met dezelfde code; van elke "
    "tien die de anderen hebben, heeft {reference} er {precision} ook.",
    en="{subject}: of every ten that {reference} has, the others have {recall} too, with the same code; of every ten "
    "that the others have, {reference} has {precision} too.",
)
FEW = Text(
    nl="{subject}: {events}; beiden zagen er {linked}, en noemden er {alike} hetzelfde. Dat is te weinig om meer "
    "van te zeggen.",
    en="{subject}: {events}; both saw {linked}, and named {alike} alike. That is too few to say more.",
)
FEW_OF_PAIRS = Text(
    nl="{subject}: over alle tweetallen samen {events}; beiden zagen er {linked}, en noemden er {alike} hetzelfde. Dat "
    "is te weinig om meer van te zeggen.",
    en="{subject}: over all pairs together {events}; both saw {linked}, and named {alike} alike. That is too few to "
    "say more.",
)
ONE_EVENT = Text(nl="1 moment", en="1 event")
EVENTS = Text(nl="{count} momenten", en="{count} events")
TIME = Text(
    nl="{subject}: van elke tien seconden zeggen ze in {same} hetzelfde; waar niemand iets codeerde, telt mee.",
    en="{subject}: of every ten seconds they say the same in {same}; where nobody coded anything counts too.",
)
ATTRIBUTES = Text(
    nl="Van elke tien keer dat beiden iets omschreven, noemden ze het zo vaak hetzelfde: {attributes}.",
    en="Of every ten times that both described something, they named it alike this often: {attributes}.",
)
AT = Text(nl="{share} bij {names}", en="{share} for {names}")
FEW_ATTRIBUTES = Text(
    nl="Te weinig omschreven om iets van te zeggen: {attributes}.",
    en="Described too little to say anything of: {attributes}.",
)
RATINGS = Text(
    nl="Oordelen hoogstens {points} uit elkaar: {ratings}.",
    en="Ratings at most {points} apart: {ratings}.",
)
IN_CLIPS = Text(nl="{name} in {within} van {clips} clips", en="{name} in {within} of {clips} clips")
