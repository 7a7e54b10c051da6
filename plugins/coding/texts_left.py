"""What is said of what somebody has left to code, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vib.language import Language, Text

from .portion import Clip, length_of_all

WORDS: Mapping[str, Text] = {
    "again": Text(nl="Deze clip nog eens bekijken", en="Look at this clip again"),
    "code_it": Text(nl="Naar de clip", en="To the clip"),
    "compare": Text(nl="Bekijk de momenten", en="Look at the moments"),
    "elsewhere": Text(nl="In je andere rondes", en="In your other rounds"),
    "go_on": Text(nl="Ga verder", en="Go on"),
    "home": Text(nl="Naar de startpagina", en="To the start page"),
    "left": Text(nl="Wat er nog is", en="What is left"),
    "next": Text(nl="Volgende clip", en="Next clip"),
    "others_too": Text(nl="Deze clip is ook door een ander gecodeerd.", en="This clip was coded by somebody else too."),
    "rounds": Text(nl="Al je rondes", en="All your rounds"),
    "shown_when": Text(nl="Wat je wanneer te zien krijgt", en="What you will see, and when"),
}
"""What the templates say, by name."""

GOING_ON = Text(nl="Verder waar je was", en="Go on where you were")
LAST_AT = Text(nl="Voor het laatst bewaard op {0}.", en="Last saved on {0}.")
TO_CODE = Text(nl="Nog te coderen", en="Still to code")
ALL_IN = Text(nl="Alles ingeleverd", en="Everything submitted")
WELL_DONE = Text(
    nl="Je hebt alles ingeleverd. Mooi gedaan. Zodra je opleider een ronde opent, staat dat hier.",
    en="You submitted everything. Well done. As soon as your supervisor opens a round, it says so here.",
)

DONE = Text(nl="Ingeleverd.", en="Submitted.")
DONE_ALL = Text(nl="Ingeleverd, en daarmee alles van {0}.", en="Submitted, and with it all of {0}.")
DONE_ABOUT = Text(nl="Je codes van {0} staan op de server.", en="Your codes of {0} are on the server.")
NOT_DONE = Text(nl="Nog niet ingeleverd", en="Not submitted yet")
NOT_DONE_ABOUT = Text(
    nl="Wat je van {0} codeerde is bewaard. Inleveren doe je bij de clip zelf.",
    en="What you coded of {0} is kept. You submit it at the clip itself.",
)
SERIES_DONE = Text(nl="Deze reeks is klaar.", en="This series is done.")
QUEUE_DONE = Text(nl="Alles ingeleverd.", en="Everything submitted.")
QUEUE_DONE_ABOUT = Text(
    nl="Van {0} staat er niets meer voor je klaar. Mooi gedaan.", en="Nothing of {0} is left for you. Well done."
)
QUEUE_EMPTY = Text(nl="Er staat nu niets klaar", en="Nothing is ready now")
QUEUE_EMPTY_ABOUT = Text(
    nl="Van {0} is er op dit moment geen clip voor je.", en="There is no clip of {0} for you at this moment."
)

COUNT = Text(nl="{0} van {1} ingeleverd", en="{0} of {1} submitted")
UNTIL = Text(nl="tot en met {0}", en="until {0}")
LEFT_ONE = Text(nl="Nog 1 clip", en="1 clip left")
LEFT = Text(nl="Nog {0} clips", en="{0} clips left")
LASTS = Text(nl="{0} beeld", en="{0} to watch")
AT_YOUR_PACE = Text(nl="in jouw tempo ongeveer {0}", en="about {0} at your pace")

BLIND = Text(
    nl="Tot de ronde opent zie je alleen wat je zelf codeerde, en niemand anders van de ronde ziet het, behalve je "
    "opleider. Die opent de ronde; dan zie je op de pagina van de ronde waar jullie hetzelfde zagen en waar niet.",
    en="Until the round opens you see only what you coded yourself, and nobody else in the round sees it, but for your "
    "supervisor. They open the round; then its page shows where you saw the same and where you did not.",
)
OPENED = Text(
    nl="De ronde is geopend: op haar pagina zie je waar jullie hetzelfde zagen en waar niet.",
    en="The round was opened: its page shows where you saw the same and where you did not.",
)
REFERENCE = Text(
    nl="Jouw codes zijn de referentie van de ronde. Heeft ook een cursist deze clip ingeleverd, dan kun je ze naast "
    "elkaar leggen.",
    en="Your codes are the reference of the round. Once a trainee submitted this clip too, you can lay them side by "
    "side.",
)
COLLEAGUES = Text(
    nl="Codeert een collega van hetzelfde gezin deze clip ook, dan zie je elkaars codes zodra jullie allebei hebben "
    "ingeleverd.",
    en="If a colleague of the same family codes this clip too, you see each other's codes once both of you submitted.",
)

UNDER_A_MINUTE = Text(nl="minder dan een minuut", en="less than a minute")
A_MINUTE = Text(nl="1 minuut", en="1 minute")
MINUTES = Text(nl="{0} minuten", en="{0} minutes")
AN_HOUR = Text(nl="1 uur", en="1 hour")
HOURS = Text(nl="{0} uur", en="{0} hours")

MINUTE, HOUR = 60, 3600


def time_taken(seconds: float, language: Language) -> str:
    """Say how long something takes, no more exactly than somebody can foresee.

    Examples
    --------
    >>> [time_taken(seconds, "en") for seconds in (20, 65, 200, 1500)]
    ['less than a minute', '1 minute', '3 minutes', '25 minutes']
    >>> [time_taken(seconds, "nl") for seconds in (1600, 3500, 5400, 9000)]
    ['25 minuten', '1 uur', '1½ uur', '2½ uur']
    """
    minutes = round(seconds / MINUTE) if seconds < 10 * MINUTE else 5 * round(seconds / (5 * MINUTE))
    if minutes < 60:
        text = UNDER_A_MINUTE if minutes < 1 else A_MINUTE if minutes == 1 else MINUTES
        return text.to(language).format(minutes)
    halves = round(seconds / HOUR * 2)
    return (AN_HOUR if halves == 2 else HOURS).to(language).format(f"{halves // 2}{'½' if halves % 2 else ''}")


def what_is_left(clips: Sequence[Clip], pace: float | None, language: Language) -> str:
    """Say how many clips are left, how long they last, and about how long coding them takes at somebody's pace.

    Examples
    --------
    >>> what_is_left([Clip(1, "a", 300.0), Clip(2, "b", 300.0)], 4.0, "nl")
    'Nog 2 clips: 10 minuten beeld, in jouw tempo ongeveer 40 minuten.'
    >>> what_is_left([Clip(1, "a", None)], 4.0, "en")
    '1 clip left.'
    """
    said = (LEFT_ONE if len(clips) == 1 else LEFT).to(language).format(len(clips))
    seconds = length_of_all(clips)
    if seconds is None:
        return f"{said}."
    lasts = LASTS.to(language).format(time_taken(seconds, language))
    if pace is None:
        return f"{said}: {lasts}."
    takes = time_taken(max(MINUTE, seconds * pace), language)
    return f"{said}: {lasts}, {AT_YOUR_PACE.to(language).format(takes)}."
