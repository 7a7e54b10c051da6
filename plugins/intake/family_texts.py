"""Every word of the forms about a family, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.consent import Use
from vib.family import Home
from vib.family.model import ClipKind
from vib.language import Text

TAKEN = Text(
    nl="dit pseudoniem is al in gebruik; kies een ander", en="this pseudonym is in use already; choose another"
)
NOBODYS = Text(
    nl="er is hier niemand die gezinnen aan mensen geeft; vraag het de beheerder",
    en="nobody here gives families to people; ask the administrator",
)
NOT_WRITTEN = Text(
    nl="Het kon niet bewaard worden, en er is niets veranderd. Probeer het zo opnieuw; gaat het weer mis, vraag dan de "
    "beheerder.",
    en="It could not be kept, and nothing was changed. Try again in a while; if it goes wrong again, ask the "
    "administrator.",
)
LOOKS_LIKE_NAMES = Text(
    nl="Dit lijkt op namen: {0}. Schrijf hier geen namen. Zijn het er geen, zet dan het vinkje en bewaar opnieuw.",
    en="This looks like names: {0}. Write no names here. If they are none, tick the box and keep it again.",
)

MEANS: Mapping[Use, Text] = {
    "begeleiding": Text(
        nl="Wie het gezin begeleidt kijkt de clips terug, codeert ze en bespreekt ze met het gezin. Zonder dit ziet "
        "niemand de clips.",
        en="Who guides the family watches the clips, codes them and discusses them with the family. Without this "
        "nobody sees the clips.",
    ),
    "intervisie": Text(
        nl="Collega's die het gezin niet begeleiden kijken mee, om van elkaar te leren.",
        en="Colleagues who do not guide the family look along, to learn from each other.",
    ),
    "opleiding": Text(
        nl="Cursisten en hun opleiders bekijken en coderen de clips, om te leren kijken.",
        en="Trainees and their supervisors watch and code the clips, to learn to look.",
    ),
    "onderzoek": Text(
        nl="Onderzoekers gebruiken de clips en wat erin gecodeerd is, zonder namen.",
        en="Researchers use the clips and what is coded in them, without names.",
    ),
}
"""What each use comes down to, as one says it to a family."""

HOMES: Mapping[Home, Text] = {
    "pleeggezin": Text(nl="in het pleeggezin", en="in the foster family"),
    "ouders": Text(nl="bij de eigen ouders", en="with the own parents"),
}

KINDS: Mapping[ClipKind, Text] = {
    "recording": Text(nl="opname van het gezin", en="recording of the family"),
    "review": Text(nl="nabespreking: samen terugkijken", en="review: looking back together"),
}

ROLES: tuple[Text, ...] = (
    Text(nl="kind", en="child"),
    Text(nl="pleegkind", en="foster child"),
    Text(nl="moeder", en="mother"),
    Text(nl="vader", en="father"),
    Text(nl="pleegmoeder", en="foster mother"),
    Text(nl="pleegvader", en="foster father"),
    Text(nl="opa", en="grandfather"),
    Text(nl="oma", en="grandmother"),
    Text(nl="broer", en="brother"),
    Text(nl="zus", en="sister"),
)
"""Roles that are offered."""

GIVERS: tuple[Text, ...] = (
    Text(nl="zelf", en="self"),
    Text(nl="ouder met gezag", en="parent with authority"),
    Text(nl="voogd", en="guardian"),
    Text(nl="pleegouder", en="foster parent"),
)
"""Who gives consent, as is offered."""

WORDS: Mapping[str, Text] = {
    "intake": Text(nl="Gezin en opnames", en="Families and recordings"),
    "about": Text(
        nl="Maak een gezin, leg de toestemming vast en stuur opnames met je telefoon of computer.",
        en="Make a family, record consent, and send recordings with your phone or computer.",
    ),
    "own": Text(nl="Een gezin dat er al is", en="A family that is there already"),
    "send": Text(nl="Opnames sturen", en="Send recordings"),
    "people": Text(nl="Gezinsleden", en="Members"),
    "agreed": Text(nl="Toestemming", en="Consent"),
    "recordings": Text(nl="Over de opnames", en="About the recordings"),
    "new": Text(nl="Nieuw gezin", en="New family"),
    "step_family": Text(nl="Stap 1 van 3", en="Step 1 of 3"),
    "step_consent": Text(nl="Stap 2 van 3", en="Step 2 of 3"),
    "practice": Text(
        nl="Een gezin dat jij maakt is om zelf op te oefenen: alleen jij ziet en codeert het.",
        en="A family that you make is to practise on yourself: only you see and code it.",
    ),
    "practice_consent": Text(
        nl="Om dit gezin zelf te coderen is toestemming voor opleiding nodig.",
        en="To code this family yourself, consent to training is needed.",
    ),
    "pseudonym": Text(nl="Pseudoniem van het gezin", en="Pseudonym of the family"),
    "pseudonym_about": Text(
        nl="Zo heet het gezin hier overal. Schrijf geen namen, ook niet afgekort: dit pseudoniem zegt niets over wie "
        "het zijn.",
        en="The family is called so everywhere here. Write no names, nor abbreviated ones: this pseudonym tells "
        "nothing of who they are.",
    ),
    "method": Text(nl="Methode", en="Method"),
    "level": Text(nl="niveau", en="level"),
    "method_about": Text(
        nl="Waarmee de clips gecodeerd worden. Is er al gecodeerd, dan kan de methode niet meer veranderen.",
        en="With which the clips are coded. Once there are codes the method cannot change any more.",
    ),
    "language": Text(nl="Taal van de codes", en="Language of the codes"),
    "members": Text(nl="Wie zijn er in het gezin?", en="Who is in the family?"),
    "members_about": Text(
        nl="Ook wie alleen in beeld komt. Schrijf geen namen: een kort pseudoniem, zoals k1 of pm, en wie het is in "
        "het gezin.",
        en="Also who is only in view. Write no names: a short pseudonym, as k1 or pm, and who it is in the family.",
    ),
    "member": Text(nl="Gezinslid", en="Member"),
    "id": Text(nl="Pseudoniem", en="Pseudonym"),
    "role": Text(nl="Wie is het?", en="Who is it?"),
    "born": Text(nl="Geboren (maand; alleen van kinderen)", en="Born (month; of children only)"),
    "home": Text(nl="Woont (alleen bij bezoeken)", en="Lives (at visits only)"),
    "home_none": Text(nl="niet van belang", en="does not matter"),
    "remove": Text(nl="Haal weg", en="Take out"),
    "more": Text(nl="Nog iemand erbij", en="Add somebody"),
    "make": Text(nl="Maak het gezin, en ga naar de toestemming", en="Make the family, and go on to consent"),
    "keep": Text(nl="Bewaar", en="Keep"),
    "keep_and_send": Text(nl="Bewaar, en stuur opnames", en="Keep, and send recordings"),
    "kept": Text(nl="Bewaard.", en="Kept."),
    "not_kept": Text(nl="Er is niets bewaard.", en="Nothing was kept."),
    "look_below": Text(nl="Kijk hieronder wat er nog mist of niet klopt.", en="See below what is missing or wrong."),
    "no_names": Text(nl="Dit zijn geen namen van mensen", en="These are no names of people"),
    "consent_lead": Text(
        nl="Iets mag pas als iedereen in het gezin ermee instemde, en zolang de toestemming van iedereen loopt.",
        en="Something is allowed once everybody in the family agreed to it, for as long as everybody's consent lasts.",
    ),
    "withdraw": Text(
        nl="Trekt iemand iets in: haal het vinkje weg en bewaar. Vanaf dan ziet niemand het daarvoor nog.",
        en="If somebody withdraws something: take the tick away and keep it. From then on nobody sees it for that.",
    ),
    "uses_mean": Text(nl="Waar zeggen ze ja tegen?", en="What do they say yes to?"),
    "everybody": Text(nl="Voor iedereen hetzelfde", en="The same for everybody"),
    "everybody_about": Text(
        nl="Vul dit één keer in en zet het bij iedereen; daarna verander je wat bij iemand anders is.",
        en="Fill this in once and put it with everybody; then change what is different with somebody.",
    ),
    "put_all": Text(nl="Zet bij iedereen", en="Put with everybody"),
    "uses": Text(nl="Zegt ja tegen", en="Says yes to"),
    "given": Text(nl="Vanaf", en="From"),
    "until": Text(nl="Tot en met", en="Until"),
    "by": Text(nl="Wie gaf de toestemming?", en="Who gave the consent?"),
    "by_about": Text(
        nl="Geen naam: ouder met gezag, voogd, zelf.", en="No name: parent with authority, guardian, self."
    ),
    "other_days": Text(nl="Andere dagen voor iets anders", en="Other days for something else"),
    "recordings_lead": Text(
        nl="Wanneer een opname is gemaakt bepaalt hoe oud een kind erin is, en dus wat erbij gevraagd wordt.",
        en="When a recording was made says how old a child is in it, and so what is asked about it.",
    ),
    "no_recordings": Text(
        nl="Er zijn nog geen opnames van dit gezin. Stuur ze eerst; daarna zeg je hier wat ervan te weten is.",
        en="There are no recordings of this family yet. Send them first; then say here what is to be known of them.",
    ),
    "counts": Text(nl="Telt mee: er wordt een clip van", en="Counts: it becomes a clip"),
    "joined": Text(nl="Eén clip met", en="One clip with"),
    "recorded": Text(nl="Gemaakt (maand of dag)", en="Made (month or day)"),
    "situation": Text(nl="Situatie", en="Situation"),
    "kind": Text(nl="Wat is het?", en="What is it?"),
    "further": Text(nl="Geluid, en waarvoor", en="Sound, and what for"),
    "sound": Text(nl="Welk geluidsspoor (1, 2, …)", en="Which sound track (1, 2, …)"),
    "sound_about": Text(nl="Leeg: het spoor waarin gepraat wordt.", en="Empty: the track in which somebody speaks."),
    "discusses": Text(nl="Welke clips worden erin besproken?", en="Which clips are discussed in it?"),
    "only_for": Text(nl="Alleen voor", en="Only for"),
    "only_about": Text(
        nl="Niets aangevinkt: alles waarin is toegestemd.", en="Nothing ticked: all that was agreed to."
    ),
    "now": Text(nl="Hoe het nu is", en="How it is now"),
    "not_found": Text(nl="Niet gevonden", en="Not found"),
    "no_folder": Text(
        nl="Dit gezin ligt niet in de map van de browser: de beheerder zet het klaar en verandert het.",
        en="This family does not lie in the folder of the browser: the administrator gets it ready and changes it.",
    ),
    "back": Text(nl="Alle gezinnen", en="All families"),
}
"""What the templates say, by name."""
