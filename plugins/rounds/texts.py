"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from vib.language import Text

State = Literal["done", "behind", "busy", "new"]

WORDS: Mapping[str, Text] = {
    "rounds": Text(nl="Rondes", en="Rounds"),
    "about": Text(
        nl="Oefenrondes: wat er nog te coderen is, en wie al klaar is.",
        en="Practice rounds: what is still to be coded, and who is done.",
    ),
    "no_rounds": Text(nl="Je bent nog in geen enkele ronde.", en="You are in no round yet."),
    "no_rounds_supervisor": Text(
        nl="Je leidt nog geen ronde. De beheerder maakt een ronde en zet je erin.",
        en="You lead no round yet. The administrator makes a round and puts you in it.",
    ),
    "compare": Text(nl="Bekijk en vergelijk", en="Look and compare"),
    "moments": Text(nl="Bekijk de momenten", en="Look at the moments"),
    "went_well": Text(nl="Dit is al klaar om te bekijken", en="Ready to look at already"),
    "people": Text(nl="Wie codeert", en="Who codes"),
    "name": Text(nl="Naam", en="Name"),
    "submitted": Text(nl="Ingeleverd", en="Submitted"),
    "last": Text(nl="Laatst ingeleverd", en="Last submitted"),
    "state": Text(nl="Hoe het gaat", en="How it goes"),
    "do": Text(nl="Wat je kunt doen", en="What you can do"),
    "nobody": Text(nl="Er doet nog niemand mee.", en="Nobody takes part yet."),
    "remind": Text(nl="Herinneren", en="Remind"),
    "remind_all": Text(nl="Herinner wie nog niet klaar is", en="Remind who is not done yet"),
    "remind_mail": Text(
        nl="Een herinnering komt per e-mail en staat op de voorpagina, tot alles is ingeleverd.",
        en="A reminder comes by mail and stands on the front page, until everything is submitted.",
    ),
    "remind_front": Text(
        nl="Een herinnering staat op de voorpagina, tot alles is ingeleverd. E-mail is hier niet ingesteld.",
        en="A reminder stands on the front page, until everything is submitted. Mail is not set up here.",
    ),
    "remove": Text(nl="Uit de ronde halen", en="Take out of the round"),
    "remove_about": Text(
        nl="De codes blijven bewaard, maar de ronde toont ze niet meer.",
        en="The codes are kept, but the round does not show them any more.",
    ),
    "add_rater": Text(nl="Iemand toevoegen", en="Add somebody"),
    "address": Text(nl="E-mailadres van een cursist", en="Email address of a trainee"),
    "add": Text(nl="Toevoegen", en="Add"),
    "clips": Text(nl="Clips", en="Clips"),
    "clip": Text(nl="Clip", en="Clip"),
    "by": Text(nl="Ingeleverd door", en="Submitted by"),
    "not_yet": Text(nl="Nog niet", en="Not yet"),
    "no_clips": Text(nl="Er zijn nog geen clips uitgedeeld.", en="No clips have been handed out yet."),
    "take_back": Text(nl="Niet meer uitdelen", en="No longer hand out"),
    "take_back_about": Text(
        nl="Wat er van deze clip gecodeerd is blijft bewaard, maar hoort niet meer bij de ronde.",
        en="What was coded of this clip is kept, but no longer belongs to the round.",
    ),
    "add_clip": Text(nl="Een clip uitdelen", en="Hand out a clip"),
    "which_clip": Text(nl="Clip van de oefenset", en="Clip of the practice set"),
    "hand_out": Text(nl="Uitdelen", en="Hand out"),
    "all_handed": Text(
        nl="Alle clips van de oefenset zijn uitgedeeld.", en="All clips of the practice set are handed out."
    ),
    "until_when": Text(nl="Tot en met wanneer", en="Until when"),
    "until_about": Text(
        nl="De laatste dag om te coderen. Er sluit niets vanzelf; laat het leeg voor geen einddag.",
        en="The last day for coding. Nothing closes by itself; leave it empty for no last day.",
    ),
    "keep": Text(nl="Bewaren", en="Keep"),
    "open": Text(nl="De ronde openen", en="Open the round"),
    "open_about": Text(
        nl="Dan is het blind coderen klaar: cursisten zien elkaars codes en veranderen hun eigen codes niet meer.",
        en="Blind coding then ends: trainees see each other's codes, and no longer change their own.",
    ),
    "open_sure": Text(nl="Ja, open de ronde", en="Yes, open the round"),
    "close": Text(nl="De ronde weer sluiten", en="Close the round again"),
    "close_about": Text(
        nl="Voor als de ronde te vroeg openging. Wat cursisten van elkaar zagen hebben ze gezien.",
        en="For when the round was opened too early. What trainees saw of each other they have seen.",
    ),
    "close_sure": Text(nl="Ja, sluit de ronde", en="Yes, close the round"),
    "the_round": Text(nl="De ronde zelf", en="The round itself"),
    "go_on": Text(nl="Codeer de volgende clip", en="Code the next clip"),
    "your_clips": Text(nl="Jouw clips", en="Your clips"),
    "to_code": Text(nl="Nog te coderen", en="Still to code"),
    "blind": Text(
        nl="Tot de ronde opent zie je alleen wat je zelf codeerde. Je opleider opent de ronde; dan zie je hier waar "
        "jullie hetzelfde zagen en waar niet.",
        en="Until the round opens you see only what you coded yourself. Your supervisor opens the round; then you see "
        "here where you saw the same and where you did not.",
    ),
    "all_in": Text(
        nl="Je hebt alles ingeleverd. Mooi gedaan.",
        en="You submitted everything. Well done.",
    ),
    "reference": Text(nl="Jouw eigen codes als referentie", en="Your own codes as a reference"),
    "not_done": Text(nl="Dit lukte niet", en="This was not done"),
    "back": Text(nl="Terug naar de rondes", en="Back to the rounds"),
    "earlier": Text(nl="Vorige", en="Previous"),
    "later": Text(nl="Volgende", en="Next"),
}
"""What the templates say, by name."""

STATES: Mapping[State, Text] = {
    "done": Text(nl="klaar", en="done"),
    "behind": Text(nl="loopt achter", en="behind"),
    "busy": Text(nl="bezig", en="busy"),
    "new": Text(nl="nog niet begonnen", en="not begun yet"),
}

COUNT = Text(nl="{0} van {1} ingeleverd", en="{0} of {1} submitted")
UNTIL = Text(nl="tot en met {0}", en="until {0}")
OPENED = Text(nl="geopend op {0}", en="opened on {0}")
STILL_BLIND = Text(nl="nog blind", en="still blind")
COMPARABLE = Text(nl="{0} van {1} clips kun je vergelijken.", en="You can compare {0} of {1} clips.")
COMPLETE = Text(
    nl="Iedereen heeft alles ingeleverd; je kunt de ronde openen.",
    en="Everybody submitted everything; you can open the round.",
)
BEHIND = Text(nl="Loopt achter: {0}.", en="Behind: {0}.")
REMINDED = Text(nl="herinnerd op {0}", en="reminded on {0}")
REMINDED_NOW = Text(nl="Herinnerd: {0}.", en="Reminded: {0}.")
REMINDED_TODAY = Text(
    nl="Wie je koos is al klaar of het afgelopen etmaal al herinnerd.",
    en="Whom you chose is done, or was reminded in the last twenty-four hours.",
)
WAS_SO = Text(nl="Dat was al zo.", en="It was so already.")
NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NOT_THERE = Text(
    nl="Deze ronde is er niet, of je doet er niet aan mee.", en="This round is not there, or you are not in it."
)
NO_ROUNDS_HERE = Text(
    nl="kan nu niet: het deel dat rondes bijhoudt doet het niet; vraag het de beheerder",
    en="cannot be now: the part that keeps rounds does not work; ask the administrator",
)
NO_DAY = Text(nl="is geen dag; kies er een uit de kalender", en="is no day; choose one from the calendar")
WHAT = Text(nl="hier kan de ronde niets mee", en="is nothing that a round knows")

PANEL = Text(nl="Je rondes", en="Your rounds")
OPENED_PANEL = Text(nl="Om samen naar te kijken", en="To look at together")
READY = Text(nl="klaar om te openen", en="ready to be opened")
REMINDER = Text(nl="Een herinnering van je opleider", en="A reminder of your supervisor")
REMINDER_LINE = Text(nl="Nog {0} te coderen", en="Still {0} to code")
ONE_CLIP = Text(nl="1 clip", en="1 clip")
CLIPS = Text(nl="{0} clips", en="{0} clips")

MAIL_SUBJECT = Text(nl="Herinnering: ronde {0}", en="Reminder: round {0}")
MAIL = Text(
    nl="Hallo,\n\nIn de ronde {0} staan voor jou nog {1} om te coderen{2}.\n\nVerder gaan: {3}\n",
    en="Hello,\n\nIn the round {0} there are still {1} for you to code{2}.\n\nGo on: {3}\n",
)

KEPT: Mapping[str, Text] = {
    "heading": Text(nl="Herinneringen aan jou", en="Reminders to you"),
    "about": Text(
        nl="Van welke ronde je opleider je het laatst herinnerde, zodat dat niet vaker dan eens per etmaal gebeurt.",
        en="Of which round your supervisor last reminded you, so that it does not happen more than once a day.",
    ),
    "round": Text(nl="Ronde", en="Round"),
    "sent_at": Text(nl="Wanneer", en="When"),
}
"""What is kept of somebody here."""


def clips(count: int) -> Text:
    """Say how many clips.

    Examples
    --------
    >>> clips(1).en, clips(3).nl
    ('1 clip', '3 clips')
    """
    return ONE_CLIP if count == 1 else CLIPS.filled(count)
