"""What the pages of conversations say."""

from __future__ import annotations

from collections.abc import Mapping

from vib.conversation import Audience
from vib.language import Text

ABOUT = Text(
    nl="Wat jij en anderen bij een moment van een clip schreven: opmerkingen, twijfels, antwoorden.",
    en="What you and others wrote at a moment of a clip: remarks, doubts, replies.",
)

KINDS: Mapping[str, Text] = {
    "remark": Text(nl="opmerking", en="remark"),
    "doubt": Text(nl="twijfel", en="doubt"),
}

AUDIENCES: Mapping[str, Text] = {
    Audience.SUPERVISOR: Text(nl="voor de opleider", en="for the supervisor"),
    Audience.SHARED: Text(
        nl="voor de opleider, en voor wie mijn codes van deze clip mag zien",
        en="for the supervisor, and for who may see my codes of this clip",
    ),
    Audience.SELF: Text(nl="alleen voor mij", en="for me alone"),
}

WORDS: Mapping[str, Text] = {
    "conversations": Text(nl="Gesprekken", en="Conversations"),
    "lead": Text(
        nl="Wat bij een moment van een clip geschreven werd. Een blinde ronde blijft blind: van elkaar zien cursisten "
        "hier niets tot de ronde geopend is.",
        en="What was written at a moment of a clip. A blind round stays blind: trainees see nothing of each other here "
        "until the round is opened.",
    ),
    "which": Text(nl="Welke gesprekken", en="Which conversations"),
    "open": Text(nl="Open", en="Open"),
    "new": Text(nl="Nieuw voor mij", en="New to me"),
    "doubts": Text(nl="Twijfels", en="Doubts"),
    "done": Text(nl="Afgerond", en="Settled"),
    "empty": Text(
        nl="Hier staat nu niets. Tijdens het coderen zet je met de toets ! een opmerking of twijfel bij een moment.",
        en="There is nothing here now. While coding, the key ! puts a remark or doubt at a moment.",
    ),
    "badge_new": Text(nl="nieuw", en="new"),
    "badge_resolved": Text(nl="afgerond", en="settled"),
    "replies_one": Text(nl="1 antwoord", en="1 reply"),
    "replies": Text(nl="{} antwoorden", en="{} replies"),
    "whole_clip": Text(nl="hele clip", en="whole clip"),
    "to_list": Text(nl="Alle gesprekken", en="All conversations"),
    "to_clip": Text(nl="Naar deze clip in het codeerscherm", en="To this clip on the coding screen"),
    "of_clip": Text(nl="Alles bij deze clip", en="All about this clip"),
    "your_reply": Text(nl="Je antwoord", en="Your reply"),
    "reply": Text(nl="Antwoorden", en="Reply"),
    "resolve": Text(nl="Afronden", en="Settle"),
    "reopen": Text(nl="Weer openen", en="Open again"),
    "mark_seen": Text(nl="Gezien", en="Seen"),
    "seen_by": Text(nl="Gezien door", en="Seen by"),
    "your_remark": Text(nl="Je opmerking of twijfel", en="Your remark or doubt"),
    "at": Text(nl="Bij welk moment, als 1:04 (leeg: alles)", en="At which moment, as 1:04 (empty: all of it)"),
    "kind": Text(nl="Wat is het?", en="What is it?"),
    "audience": Text(nl="Voor wie?", en="For whom?"),
    "say": Text(nl="Plaatsen", en="Post"),
    "nothing_said": Text(nl="Bij deze clip staat nog niets.", en="There is nothing at this clip yet."),
    "earlier": Text(nl="Eerdere", en="Earlier"),
    "later": Text(nl="Nieuwere", en="Newer"),
    "pages": Text(nl="Bladeren", en="Pages"),
    "play": Text(nl="Bekijk het moment", en="Watch the moment"),
}

NOT_THERE = Text(nl="Dit is er niet, of niet voor jou.", en="This is not there, or not for you.")
NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NOT_NOW = Text(nl="Nu even niet", en="Not now")
NO_RECORD = Text(
    nl="Het logboek kan niet worden bijgehouden. Daarom is er nu niets te zien; waarschuw een beheerder.",
    en="The log cannot be kept. So nothing is shown now; tell an administrator.",
)
NO_RULES = Text(
    nl="Wie wat mag lezen is nu niet na te gaan. Daarom is er niets te zien; waarschuw een beheerder.",
    en="It cannot be told now who may read what. So nothing is shown; tell an administrator.",
)
NOT_YOURS = Text(
    nl="Afronden doet wie de opmerking schreef, of de opleider.",
    en="Who wrote a remark settles it, or the supervisor.",
)

FIELDS: Mapping[str, Text] = {
    "text": Text(nl="tekst", en="text"),
    "second": Text(nl="moment", en="moment"),
    "kind": WORDS["kind"],
    "audience": WORDS["audience"],
}
"""What is sent, as an error names it."""

PANEL: Mapping[str, Text] = {
    "new_one": Text(nl="1 gesprek heeft iets nieuws voor je.", en="1 conversation has something new for you."),
    "new": Text(nl="{} gesprekken hebben iets nieuws voor je.", en="{} conversations have something new for you."),
    "doubts_one": Text(nl="1 twijfel staat open.", en="1 doubt is open."),
    "doubts": Text(nl="{} twijfels staan open.", en="{} doubts are open."),
}

MAIL_SUBJECT = Text(nl="VIB Studio: iets nieuws in een gesprek", en="VIB Studio: something new in a conversation")
MAIL = Text(
    nl="Er is iets nieuws voor je in een gesprek bij een clip. Lezen doe je na aanmelden:\n\n{}\n",
    en="There is something new for you in a conversation at a clip. To read it, sign in:\n\n{}\n",
)

SCREEN: Mapping[str, Text] = {
    "open": Text(nl="Opmerking of twijfel (!)", en="Remark or doubt (!)"),
    "title": Text(nl="Opmerking of twijfel", en="Remark or doubt"),
    "at": Text(nl="Bij {moment}", en="At {moment}"),
    "text": Text(nl="Wat wil je zeggen of vragen?", en="What do you want to say or ask?"),
    "kind": Text(nl="Wat is het?", en="What is it?"),
    "audience": Text(nl="Voor wie?", en="For whom?"),
    "save": Text(nl="Plaatsen", en="Post"),
    "cancel": Text(nl="Sluiten", en="Close"),
    "there": Text(nl="Al bij deze clip", en="Already at this clip"),
    "whole_clip": Text(nl="hele clip", en="whole clip"),
    "saved": Text(nl="Geplaatst.", en="Posted."),
    "failed": Text(
        nl="Niet geplaatst: de server antwoordt niet zoals het hoort. Je tekst staat er nog; probeer het zo opnieuw.",
        en="Not posted: the server does not answer as it should. Your text is still here; try again in a moment.",
    ),
    "unread": Text(nl="Wat er al staat is nu niet te lezen.", en="What is there already cannot be read now."),
    "new": Text(nl="nieuw", en="new"),
}
