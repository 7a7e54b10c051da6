"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from vib.job import State
from vib.language import Text

OFFERED: Mapping[str, Text] = {
    "heading": Text(nl="Beurten", en="Turns"),
    "about": Text(
        nl="Welke clips al in beurten geknipt zijn, en wat er nog komt.",
        en="Which clips have been cut into turns, and what is still to come.",
    ),
}

NO_SECRET = Text(nl="het gedeelde geheim klopt niet", en="the shared secret is wrong")
NO_TASK = Text(nl="deze taak is niet in dit project", en="this task is not in this project")
NO_PLACE = Text(
    nl="het labelscherm van dit project heeft geen plaats voor deze beurten",
    en="the labelling interface of this project has no place for these turns",
)
TOO_LARGE = Text(nl="dit is te veel", en="this is too much")

NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NOT_THERE = Text(
    nl="Dit project is er niet, of het is niet aan jou toegewezen.",
    en="There is no such project, or it is not assigned to you.",
)
NOT_NOW = Text(nl="Dat lukt nu niet", en="Not now")
NO_BACKEND = Text(
    nl="De ML-backend, die de clips knipt, antwoordt niet. Coderen kan gewoon; vraag de beheerder ernaar te kijken.",
    en="The ML backend, which cuts the clips, does not answer. You can code as usual; ask the administrator to look.",
)

ACTORS: Mapping[str, Text] = {
    "kind": Text(nl="kind", en="child"),
    "volwassene": Text(nl="volwassene", en="adult"),
    "onbekend": Text(nl="onbekend", en="unknown"),
}
"""Who acts, by the code that the backend gives; another code is shown as it is."""

Stage = State | Literal["ready", "none"]
"""How far a clip is: as its job, or with turns that are there, or with neither."""

STATES: Mapping[Stage, Text] = {
    "working": Text(nl="Wordt geknipt", en="Being cut"),
    "queued": Text(nl="In de wachtrij", en="Waiting"),
    "failed": Text(nl="Niet gelukt", en="Not possible"),
    "dead": Text(nl="Opgegeven", en="Given up"),
    "ready": Text(nl="Klaar", en="Ready"),
    "none": Text(nl="Geen beurten", en="No turns"),
}

ADVICE: Mapping[str, Text] = {
    "failed": Text(
        nl="Speel de clip af. Speelt hij goed, probeer het dan opnieuw; zo niet, zet de opname dan opnieuw klaar. "
        "Coderen kan ook zonder voorgestelde beurten.",
        en="Play the clip. If it plays well, try again; if not, get the recording ready anew. "
        "You can also code without suggested turns.",
    ),
    "dead": Text(
        nl="Probeer het opnieuw. Gebeurt het weer, vraag dan de beheerder in het logboek van de ML-backend te kijken.",
        en="Try again. If it happens again, ask the administrator to look in the log of the ML backend.",
    ),
    "none": Text(
        nl="Van deze clip zijn hier geen beurten.",
        en="There are no turns of this clip here.",
    ),
}

MAKING = Text(nl="Beurten worden gemaakt: {0} van {1} klaar", en="Turns are being made: {0} of {1} ready")
ALL_READY = Text(nl="Alle {0} clips hebben beurten", en="All {0} clips have turns")
SOME_READY = Text(nl="{0} van {1} clips hebben beurten", en="{0} of {1} clips have turns")
SOME_FAILED = Text(nl="{0} niet gelukt", en="{0} not possible")
ARRIVED = Text(
    nl="De beurten zijn klaar. Ververs de pagina om ze te zien.", en="The turns are ready. Reload the page to see them."
)
PLACE = Text(nl="nummer {0} in de rij", en="number {0} in line")
ATTEMPT = Text(nl="poging {0}", en="attempt {0}")
TRIED = Text(nl="{0} keer geprobeerd", en="tried {0} times")
TURNS = Text(nl="{0} beurten", en="{0} turns")
ONE_TURN = Text(nl="1 beurt", en="1 turn")
NO_TURNS = Text(nl="Niets gehoord dat een beurt is.", en="Nothing was heard that is a turn.")
SURE = Text(nl="gemiddeld {0}% zeker", en="{0}% sure on average")
DOUBTFUL = Text(nl="{0} om na te kijken", en="{0} to check first")
NONE_DOUBTFUL = Text(nl="geen twijfelgevallen", en="none in doubt")

WORDS: Mapping[str, Text] = {
    "again": Text(nl="Er worden nieuwe beurten gemaakt.", en="New turns are being made."),
    "all_projects": Text(nl="Alle projecten", en="All projects"),
    "ask": Text(nl="Vraag om de beurten", en="Ask for the turns"),
    "clip": Text(nl="Clip", en="Clip"),
    "clips": Text(nl="clips met beurten", en="clips with turns"),
    "code_project": Text(nl="Coderen in dit project", en="Code in this project"),
    "empty": Text(
        nl="Je ziet nog geen clips. Zodra er een project aan jou is toegewezen, staat het hier.",
        en="You see no clips yet. As soon as a project is assigned to you, it is here.",
    ),
    "help_not_verdict": Text(
        nl="Beurten zijn een voorstel van de computer en geen oordeel: kijk ze na. "
        "Wat er is, kun je coderen; je hoeft niet op de rest te wachten.",
        en="Turns are the computer's suggestion and no verdict: check them. "
        "What is there can be coded; there is no need to wait for the rest.",
    ),
    "lead": Text(
        nl="Van elke clip stelt de computer voor wie wanneer aan de beurt is. Hier zie je hoe ver dat is.",
        en="Of each clip the computer suggests who acts when. Here you see how far that is.",
    ),
    "retry": Text(nl="Probeer het opnieuw", en="Try again"),
    "state": Text(nl="Hoe ver", en="How far"),
    "to_list": Text(nl="Naar alle projecten", en="To all projects"),
    "turns": Text(nl="Beurten", en="Turns"),
}
"""What the templates say, by name."""

BACKEND = Text(nl="Knippen", en="Cutting")
BACKEND_GONE = Text(
    nl="De ML-backend antwoordt niet, of bereikt zijn wachtrij niet. Coderen kan gewoon; kijk in zijn logboek.",
    en="The ML backend does not answer, or does not reach its queue. People can code as usual; look in its log.",
)
BACKEND_WORKS = Text(nl="De ML-backend {0} werkt.", en="The ML backend {0} works.")
NO_WORKER = Text(
    nl="De ML-backend {0} antwoordt, maar niemand knipt: er loopt geen worker.",
    en="The ML backend {0} answers, but nobody cuts: no worker runs.",
)
QUEUE = Text(nl="Wachtrij", en="Queue")
QUEUE_SAID = Text(
    nl="{0} wachten, {1} worden geknipt, {2} klaar.",
    en="{0} wait, {1} are being cut, {2} done.",
)
QUEUE_STUCK = Text(
    nl="{0} wachten, {1} worden geknipt, {2} klaar, {3} niet gelukt: wie het gezin heeft ziet bij Beurten waarom, en "
    "kan ze opnieuw laten proberen.",
    en="{0} wait, {1} are being cut, {2} done, {3} not possible: who has the family sees at Turns why, and can have "
    "them tried again.",
)
