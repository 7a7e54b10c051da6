"""What handing out says: its messages, and the help of `vib access`, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.invocation import VIB
from vib.language import Text
from vib.roles import Part
from vib.terminal import DATA

NO_ACCOUNT = Text(
    nl=f"er is geen account met dit adres; {VIB} access list noemt ze alle{{like}}",
    en=f"there is no account with this address; {VIB} access list names all{{like}}",
)
NO_FAMILY = Text(
    nl=f"dit gezin is er niet; gezinnen komen met {VIB} sync{{like}}",
    en=f"there is no such family; families come with {VIB} sync{{like}}",
)
PSEUDONYM_TAKEN = Text(
    nl="een ander gezin heeft al een project met dit pseudoniem", en="another family has a project by this pseudonym"
)
NO_ROUND = Text(nl="deze ronde is er niet{like}", en="there is no such round{like}")
NO_PRACTICE = Text(
    nl=f"deze oefenset is er niet; oefensets komen met {VIB} sync{{like}}",
    en=f"there is no such practice set; practice sets come with {VIB} sync{{like}}",
)
NO_CLIP = Text(nl="deze clip is niet in de oefenset{like}", en="this clip is not in the practice set{like}")
NO_SUCH_ROLE = Text(nl="deze rol is er niet; kies uit: {roles}{like}", en="no such role; choose from: {roles}{like}")
LIKE = Text(nl=" (bedoel je {names}?)", en=" (did you mean {names}?)")

HAS_NO_ROLE = Text(
    nl=f"dit account is gesloten of heeft geen rol; geef er een met {VIB} access role",
    en=f"this account is closed or has no role; give it one with {VIB} access role",
)
CLOSED_ACCOUNT = Text(
    nl="dit account is gesloten; maak het eerst weer actief op de beheerpagina",
    en="this account is closed; make it active first on the administration page",
)
OWN_ACCOUNT = Text(
    nl="dit is het account van de machine zelf; daaraan verandert niets",
    en="this is the machine's own account; nothing about it changes",
)
NO_FAMILIES = Text(
    nl="een {role} krijgt geen gezinnen; dat is voor: {roles}",
    en="a {role} is given no families; that is for: {roles}",
)
MAKES_NO_FAMILIES = Text(
    nl="een {role} maakt geen gezinnen; dat is voor: {roles}",
    en="a {role} makes no families; that is for: {roles}",
)
FAMILY_TAKEN = Text(
    nl="dit pseudoniem is al in gebruik; kies een ander", en="this pseudonym is in use already; choose another"
)
NO_PART = Text(
    nl="een {role} is in een ronde geen {part}; dat is voor: {roles}",
    en="a {role} is no {part} in a round; that is for: {roles}",
)
LAST_ADMINISTRATOR = Text(
    nl="dit is de laatste beheerder; geef eerst iemand anders die rol",
    en="this is the last administrator; give somebody else that role first",
)
HAS_ROLE = Text(
    nl=f"heeft al de rol {{role}}; verander een rol met {VIB} access role",
    en=f"has the role {{role}} already; change a role with {VIB} access role",
)
WHICH_FAMILIES = Text(nl="noem gezinnen of geef --all, niet beide", en="name families, or give --all (one of both)")
WHICH_CLIPS = Text(nl="noem clips of geef --all-clips, niet beide", en="name clips or give --all-clips, not both")
WHICH_PRACTICE = Text(
    nl="deze ronde is er nog niet; geef --practice met een oefenset om haar te maken{like}",
    en="there is no such round yet; give --practice with a practice set to make it{like}",
)
BAD_NAME = Text(
    nl="een ronde heeft een naam van 1 tot 100 tekens, zonder schuine strepen",
    en="a round has a name of 1 to 100 characters, without slashes",
)
OTHER_PRACTICE = Text(
    nl="deze ronde is van oefenset {practice}; kies een andere naam voor een nieuwe ronde",
    en="this round is of practice set {practice}; choose another name for a new round",
)
OTHER_LEVEL = Text(
    nl="wordt niet gecodeerd op niveau {level}: een ronde heeft het niveau van haar oefenset (nu: {there}); zet level: "
    f"{{level}} in het bestand van de oefenset, of maak er een oefenset bij, en voer {VIB} sync uit",
    en="is not coded at level {level}: a round has the level of its practice set (now: {there}); put level: {level} "
    f"in the file of the practice set, or make another practice set, and run {VIB} sync",
)
OTHER_PART = Text(nl="is in deze ronde al {part}", en="is {part} in this round already")
NOT_IN_ROUND = Text(nl="is niet in deze ronde{like}", en="is not in this round{like}")
IS_OPEN = Text(
    nl="deze ronde is geopend: wie er nu bij komt zou niet blind coderen; maak een nieuwe ronde",
    en="this round was opened: who joins it now would not code blind; make a new round",
)
TWICE = Text(
    nl="{rater} heeft clip {clip} al in ronde {round}; een cursist codeert een clip in één ronde",
    en="{rater} has clip {clip} in round {round} already; a trainee codes a clip in one round",
)
TWICE_ELSEWHERE = Text(
    nl="heeft clip {clip} al in een andere ronde; een cursist codeert een clip in één ronde",
    en="has clip {clip} in another round already; a trainee codes a clip in one round",
)
NO_CONSENT = Text(
    nl="voor opleiding is bij deze clip geen toestemming (meer), of die voor begeleiding is voorbij",
    en="there is no consent (any more) for training (opleiding) with this clip, or that for guidance is over",
)
NO_TRAINEE = Text(
    nl="is niet het adres van een cursist; de beheerder nodigt cursisten uit",
    en="is not the address of a trainee; the administrator invites trainees",
)
NOT_LED = Text(nl="je leidt geen ronde met deze naam", en="you lead no round of this name")

GRANTED = Text(nl="{email} heeft nu gezin {family}", en="{email} now has family {family}")
HAD = Text(nl="{email} had gezin {family} al", en="{email} had family {family} already")
REVOKED = Text(nl="{email} heeft gezin {family} niet meer", en="{email} no longer has family {family}")
HAD_NOT = Text(nl="{email} had gezin {family} niet", en="{email} did not have family {family}")
HAD_NONE = Text(nl="{email} had geen gezinnen", en="{email} had no families")
ROLE_SET = Text(nl="{email} heeft nu de rol {role}", en="{email} now has the role {role}")
ROLE_WAS = Text(nl="{email} had de rol {role} al", en="{email} had the role {role} already")
LEFT = Text(
    nl="{email} kan niet meer aanmelden; de codes blijven onder deze naam staan",
    en="{email} can no longer sign in; the codes stay with this name",
)
HAD_LEFT = Text(nl="{email} was al weg", en="{email} had left already")
MADE = Text(nl="ronde {round} is gemaakt, met oefenset {practice}", en="round {round} is made, of {practice}")
JOINED = Text(nl="{email} is nu {part} in ronde {round}", en="{email} is now {part} in round {round}")
WAS_IN = Text(nl="{email} was al {part} in ronde {round}", en="{email} was {part} in round {round} already")
OUT = Text(
    nl="{email} is niet meer in ronde {round}; de codes blijven, maar de ronde toont ze niet meer",
    en="{email} is no longer in round {round}; the codes stay, but the round does not show them any more",
)
HANDED = Text(nl="uitgedeeld in ronde {round}: {clips}", en="handed out in round {round}: {clips}")
WERE_HANDED = Text(nl="al uitgedeeld in ronde {round}: {clips}", en="handed out in round {round} already: {clips}")
LEFT_OUT = Text(
    nl="niet uitgedeeld in ronde {round}, want zonder toestemming voor opleiding: {clips}",
    en="not handed out in round {round}, as there is no consent for training: {clips}",
)
TAKEN = Text(nl="niet meer in ronde {round}: {clips}", en="no longer in round {round}: {clips}")
PREDICTIONS = {
    True: Text(nl="ronde {round} toont de voorgestelde beurten", en="round {round} shows the suggested turns"),
    False: Text(nl="ronde {round} verbergt de voorgestelde beurten", en="round {round} hides the suggested turns"),
}
OPENED = Text(
    nl="ronde {round} is open: cursisten zien nu elkaars codes en veranderen de hunne niet meer"
    " ({done} van {all} coderingen zijn ingeleverd)",
    en="round {round} is open: trainees now see each other's codes and no longer change theirs"
    " ({done} of {all} codings are submitted)",
)
DUE = Text(nl="ronde {round} loopt tot en met {day}", en="round {round} is to be coded until {day}")
NOT_DUE = Text(nl="ronde {round} heeft geen einddag meer", en="round {round} has no last day any more")
NO_DAY = Text(
    nl="is geen dag; schrijf die als 2027-01-31, of geef none om de dag weg te halen",
    en="is no day; write it as 2027-01-31, or give none to take the day away",
)
WAS_OPEN = Text(nl="ronde {round} was al open", en="round {round} was open already")
CLOSED = Text(
    nl="ronde {round} is weer dicht; wat cursisten van elkaar zagen hebben ze gezien: blind is ze niet meer",
    en="round {round} is closed again; what trainees saw of each other they have seen: it is no longer blind",
)
WAS_CLOSED = Text(nl="ronde {round} was al dicht", en="round {round} was closed already")

PARTS: Mapping[str, Text] = {
    Part.RATER: Text(nl="codeur", en="rater"),
    Part.SUPERVISOR: Text(nl="opleider", en="supervisor"),
}

BY_FAMILY = Text(nl="gezin toegewezen op {day}", en="family assigned on {day}")
BY_OWN_PRACTICE = Text(
    nl="gezin zelf gemaakt om te oefenen op {day}", en="family made by themselves to practise on {day}"
)
BY_ROUND = Text(nl="{part} in ronde {round}: {clips}", en="{part} in round {round}: {clips}")
OTHERS_TOO = Text(
    nl="Ook wie de schijf van de machine beheert of het token van het account voor opdrachten heeft kan dit gezin"
    " zien. Een beheerder kan zichzelf een gezin geven; dat staat dan in het logboek.",
    en="Whoever holds the machine's disk, or the token of the account for commands, can see this family too."
    " An administrator can assign a family to themselves; that is then in the audit log.",
)
NOBODY = Text(nl="Niemand.", en="Nobody.")
NO_ROUNDS = Text(nl="Er zijn nog geen rondes.", en="There are no rounds yet.")
NO_NEW_ROUTES = Text(nl="Er zijn geen nieuwe adressen.", en="There are no new routes.")
YES = Text(nl="ja", en="yes")
NO = Text(nl="nee", en="no")

HEADS: Mapping[str, Text] = {
    "account": Text(nl="account", en="account"),
    "role": Text(nl="rol", en="role"),
    "families": Text(nl="gezinnen", en="families"),
    "rounds": Text(nl="rondes", en="rounds"),
    "round": Text(nl="ronde", en="round"),
    "practice": Text(nl="oefenset", en="practice set"),
    "supervisors": Text(nl="opleiders", en="supervisors"),
    "raters": Text(nl="codeurs", en="raters"),
    "clips": Text(nl="clips", en="clips"),
    "predictions": Text(nl="beurten getoond", en="turns shown"),
    "opened": Text(nl="geopend", en="opened"),
    "until": Text(nl="tot en met", en="until"),
    "why": Text(nl="waardoor", en="because"),
    "method": Text(nl="methode", en="method"),
    "route": Text(nl="adres", en="route"),
    "who": Text(nl="voor wie", en="who"),
}

ROUTES: Mapping[str, Text] = {
    "public": Text(nl="iedereen, zonder account", en="everybody, without an account"),
    "administrators": Text(nl="beheerders", en="administrators"),
    "service": Text(nl="alleen het account voor opdrachten", en="only the account for commands"),
}

COMMAND: Mapping[str, Text] = {
    "help": Text(
        nl="Wie wat mag zien: rollen, gezinnen, en rondes waarin blind gecodeerd wordt.",
        en="Who may see what: roles, families, and rounds of blind coding.",
    ),
    "grant": Text(
        nl="Wijs gezinnen toe aan een account.\n\nNog eens toewijzen verandert niets.",
        en="Assign families to an account.\n\nAssigning again changes nothing.",
    ),
    "revoke": Text(nl="Neem gezinnen terug van een account.", en="Take families away from an account."),
    "list": Text(
        nl="Toon de accounts met hun rol en gezinnen, en de rondes.",
        en="Show the accounts with their role and families, and the rounds.",
    ),
    "who-can-see": Text(
        nl="Toon wie clips van een gezin kan zien, en waardoor.",
        en="Show who can see clips of a family, and because of what.",
    ),
    "role": Text(
        nl="Geef een account een rol, in plaats van die het had.\n\n"
        "Gezinnen en rondes die niet bij de nieuwe rol horen gaan eraf.",
        en="Give an account a role, in place of the one it had.\n\n"
        "Families and rounds that do not go with the new role are taken away.",
    ),
    "leave": Text(
        nl="Sluit het account van wie weggaat.\n\n"
        "Rol, gezinnen, rondes en tokens gaan eraf. De codes blijven, onder dezelfde naam.",
        en="Close the account of somebody who leaves.\n\n"
        "Role, families, rounds and tokens are taken away. The codes stay, with the same name.",
    ),
    "round": Text(
        nl="Maak een ronde van een oefenset, of voeg er mensen en clips aan toe.\n\n"
        f"Codeurs zien in een ronde niets van elkaar, tot {VIB} access open.",
        en="Make a round of a practice set, or add people and clips to it.\n\n"
        f"Raters see nothing of each other in a round, until {VIB} access open.",
    ),
    "open": Text(
        nl="Open een ronde: codeurs zien elkaars codes, en veranderen de hunne niet meer.",
        en="Open a round: raters see each other's codes, and no longer change theirs.",
    ),
    "close": Text(
        nl="Sluit een ronde die te vroeg geopend werd. Wat gezien is, is gezien.",
        en="Close a round that was opened too early. What was seen was seen.",
    ),
    "apply": Text(
        nl="Voer een bestand uit met rollen, gezinnen en rondes van velen tegelijk.\n\n"
        "Het voegt alleen toe, en doet alles of niets.",
        en="Carry out a file with roles, families and rounds of many at once.\n\n"
        "It only ever adds, and does all of it or nothing.",
    ),
    "routes": Text(
        nl="Toon elk adres van de server en wie er mag komen.",
        en="Show every route of the server and who may use it.",
    ),
    "email": Text(nl="Adres van het account.", en="Address of the account."),
    "families": Text(nl="Pseudoniemen van gezinnen.", en="Pseudonyms of families."),
    "family": Text(nl="Pseudoniem van het gezin.", en="Pseudonym of the family."),
    "all": Text(nl="Alle gezinnen van dit account.", en="All families of this account."),
    "who": Text(nl="Alleen dit account.", en="Only this account."),
    "new_role": Text(
        nl="administrator, supervisor, counsellor of trainee.",
        en="administrator, supervisor, counsellor or trainee.",
    ),
    "name": Text(nl="Naam van de ronde.", en="Name of the round."),
    "practice": Text(
        nl="Oefenset waarvan de ronde is; nodig om haar te maken. Ook een projectnummer.",
        en="Practice set that the round is of; needed to make it. A project number will do too.",
    ),
    "supervisor": Text(nl="Opleider die alles ervan ziet. Herhaalbaar.", en="Sees all of it. May be repeated."),
    "rater": Text(nl="Cursist die codeert. Herhaalbaar.", en="Trainee who codes. May be repeated."),
    "clip": Text(nl="Clip om uit te delen. Herhaalbaar.", en="Clip to hand out. May be repeated."),
    "all_clips": Text(nl="Deel alle clips van de oefenset uit.", en="Hand out every clip of the practice set."),
    "remove": Text(nl="Haal iemand uit de ronde. Herhaalbaar.", en="Take somebody out of it. May be repeated."),
    "level": Text(
        nl="Niveau waarop de ronde gecodeerd moet worden; geweigerd als de oefenset een ander niveau heeft.",
        en="Level at which the round is to be coded; refused when the practice set has another one.",
    ),
    "until": Text(
        nl="Laatste dag waarop de ronde gecodeerd wordt, als 2027-01-31; none haalt die weg. Er sluit niets vanzelf.",
        en="Last day on which the round is to be coded, as 2027-01-31; none takes it away. Nothing closes by itself.",
    ),
    "predictions": Text(
        nl="Of codeurs de voorgestelde beurten zien. Zonder keuze: wel.",
        en="Whether raters see the suggested turns. Default: they do.",
    ),
    "file": Text(nl="YAML-bestand; zie docs/how-to/access.md.", en="YAML file; see docs/how-to/access.md."),
    "new": Text(
        nl="Alleen adressen die er nog niet waren toen de roltabel gemaakt werd.",
        en="Only routes that were not there when the role table was made.",
    ),
    "json": Text(nl="Schrijf JSON, voor programma's.", en="Write JSON, for programs."),
    "data": DATA,
}
"""Help of the commands and their options."""
