"""What the administration pages say, in Dutch and English."""

from __future__ import annotations

from vib.language import Text

APP = Text(nl="VIB Studio: wie wat mag zien", en="VIB Studio: who may see what")

FAMILY = Text(nl="gezin", en="family")
FAMILIES = Text(nl="gezinnen", en="families")
PSEUDONYM = Text(nl="pseudoniem", en="pseudonym")
GRANT = Text(nl="toewijzing", en="assignment")
GRANTS = Text(nl="toewijzingen", en="assignments")
ACCOUNT = Text(nl="account", en="account")
GRANTED_AT = Text(nl="toegewezen op", en="assigned at")
ROUND = Text(nl="ronde", en="round")
ROUNDS = Text(nl="rondes", en="rounds")
NAME = Text(nl="naam", en="name")
DUE = Text(nl="te coderen tot en met", en="to be coded until")
OPENED_AT = Text(nl="geopend op", en="opened at")

ASSIGNED_TO = Text(nl="toegewezen aan", en="assigned to")
WHO_CAN_SEE = Text(nl="wie het kan zien", en="who can see it")
NOBODY = Text(nl="niemand", en="nobody")
NO_ROLE = Text(nl="geen rol", en="no role")
ONLY_WITH_FAMILIES = Text(
    nl="Alleen accounts waarvan de rol gezinnen heeft staan erbij.",
    en="Only accounts whose role has families are listed.",
)
TAKE_AWAY = Text(nl="Neem de gekozen gezinnen terug", en="Take the selected families away")

PRACTICE_SET = Text(nl="oefenset", en="practice set")
SUPERVISORS = Text(nl="opleiders", en="supervisors")
SUPERVISORS_SEE = Text(
    nl="Zij zien elke code van de ronde, vanaf de eerste.", en="They see every code of the round, from the first."
)
RATERS = Text(nl="codeurs", en="raters")
RATERS_SEE = Text(
    nl="Zij zien geen code van elkaar, tot de ronde geopend wordt.",
    en="They see no code of each other, until the round is opened.",
)
CLIPS = Text(nl="clips", en="clips")
CLIPS_ARE = Text(nl="De clips die deze codeurs gaan coderen.", en="The clips that these raters are to code.")
PREDICTIONS = Text(nl="codeurs zien de voorgestelde beurten", en="raters see the suggested turns")
TURNS_SHOWN = Text(nl="beurten getoond", en="turns shown")
OPEN = Text(
    nl="Open: codeurs zien elkaars codes en veranderen de hunne niet meer",
    en="Open: raters see each other's codes and no longer change theirs",
)
CLOSE = Text(
    nl="Sluit weer: wat codeurs hebben gezien hebben ze gezien",
    en="Close again: what raters have seen they have seen",
)
