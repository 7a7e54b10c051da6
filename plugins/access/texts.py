"""What the server says when it refuses, in Dutch and English."""

from __future__ import annotations

from vib.language import Text

NOT_ALLOWED = Text(
    nl="Dit hoort niet bij wat je hier mag. Klopt dat niet, vraag het dan aan de beheerder.",
    en="This is not among what you may do here. If that is wrong, ask the administrator.",
)
NO_ROLE = Text(
    nl="Dit account heeft nog geen rol. De beheerder kan er een geven.",
    en="This account has no role yet. The administrator can give it one.",
)
SIGN_IN = Text(nl="Meld je eerst aan.", en="Sign in first.")
NOT_THERE = Text(nl="Dit is er niet, of het is niet voor jou.", en="There is no such thing, or it is not yours to see.")
NOT_YOURS = Text(nl="Alleen wie het maakte kan dit veranderen.", en="Only who made this can change it.")
OPENED = Text(
    nl="Deze clip is niet (meer) om te coderen: de ronde is geopend, of de clip is niet aan jou uitgedeeld.",
    en="This clip is not (or no longer) to be coded: the round was opened, or the clip is not handed out to you.",
)
FIELD = Text(nl="Dit veld kan niet worden meegestuurd: {0}", en="This field cannot be sent: {0}")
JSON_ONLY = Text(nl="Stuur codes als JSON.", en="Send codes as JSON.")
COLUMN = Text(
    nl="Op deze kolom kan niet gefilterd of gesorteerd worden: die zou tonen wat anderen coderen.",
    en="This column cannot be filtered or sorted by: it would show what others code.",
)
FAILED = Text(
    nl="Dit is misgegaan; het staat in het logboek van de server.", en="This went wrong; it is in the server's log."
)
NO_LOG = Text(
    nl="Het auditlogboek kan niet geschreven worden; zolang kan hier niets. Waarschuw de beheerder.",
    en="The audit log cannot be written; nothing can be done here until it can. Tell the administrator.",
)
