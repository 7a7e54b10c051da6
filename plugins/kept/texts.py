"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

WORDS: Mapping[str, Text] = {
    "kept": Text(nl="Wat er van je bewaard is", en="What is kept of you"),
    "lead": Text(
        nl="Dit is alles wat op deze server over jou staat: wat het is, waarom, en hoe lang het blijft. Je mag het"
        " allemaal bekijken en meenemen.",
        en="This is all that is on this server about you: what it is, why, and how long it stays. You may see all"
        " of it, and take it along.",
    ),
    "take": Text(nl="Neem alles mee", en="Take all of it along"),
    "take_about": Text(
        nl="Een zip met een JSON-bestand van elk onderdeel. Er staan codes over gezinnen in: bewaar het zoals je een"
        " opname bewaart. In het logboek komt dat je het hebt opgehaald.",
        en="A zip with a JSON file of each part. It holds codes about families: keep it as you keep a recording. That"
        " you fetched it is put in the log.",
    ),
    "look": Text(nl="Bekijk", en="Look"),
    "how_long": Text(nl="Hoe lang:", en="How long:"),
    "nothing_of": Text(nl="Hiervan is nu niets bewaard", en="Of these nothing is kept now"),
    "nothing": Text(nl="Hiervan is nu niets bewaard.", en="Of this nothing is kept now."),
    "not_shown": Text(
        nl="Niet alles kon worden gelezen. Zeg het tegen je beheerder, en kijk later nog eens.",
        en="Not everything could be read. Tell your administrator, and look again later.",
    ),
    "elsewhere": Text(nl="Wat hier niet bij staat", en="What is not in here"),
    "elsewhere_about": Text(
        nl="Wat anderen over een clip zeiden of codeerden is van hen, ook als het over hetzelfde moment gaat. Van clips"
        " die je niet meer mag zien staat hier dat en wanneer je ze codeerde, niet wat. In het logboek staat ook wat"
        " een beheerder of opleider met je account deed, zoals je een rol geven: vraag hen daarnaar. Reservekopieën en"
        " de logbestanden van de server zijn alleen voor wie de server beheert.",
        en="What others said or coded about a clip is theirs, also where it is about the same moment. Of clips that you"
        " may no longer see, it says that you coded them and when, not what. The log also has what an administrator or"
        " supervisor did with your account, such as giving you a role: ask them. Backups and log files of the server"
        " are only for who runs the server.",
    ),
    "earlier": Text(nl="Nieuwere", en="Newer"),
    "later": Text(nl="Oudere", en="Older"),
    "back": Text(nl="Terug naar alles", en="Back to all of it"),
    "all_fields": Text(
        nl="Hier staat het belangrijkste; in het bestand staat alles.",
        en="This is the most important; the file has everything.",
    ),
}

NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NOT_THERE = Text(nl="Zoiets wordt hier niet bewaard.", en="Nothing like that is kept here.")
NOT_NOW = Text(nl="Dat kan nu niet", en="Not possible now")
NO_RECORD = Text(
    nl="Het kon niet in het logboek worden gezet, en dan mag het niet mee. Probeer het later nog eens.",
    en="It could not be put in the log, and then it may not be taken along. Try again later.",
)
YES, NO = Text(nl="ja", en="yes"), Text(nl="nee", en="no")
NOTHING = "–"

CLIP = Text(nl="Clip", en="Clip")
PROJECT = Text(nl="Project", en="Project")
MADE = Text(nl="Gemaakt", en="Made")
CHANGED = Text(nl="Gewijzigd", en="Changed")

ACCOUNT: Mapping[str, Text] = {
    "heading": Text(nl="Je account", en="Your account"),
    "about": Text(
        nl="Je naam, adres en rol, en wanneer je er was: zo weet de server wie je bent en wat je mag. Je wachtwoord"
        " kan niemand teruglezen; het staat ook niet in het bestand.",
        en="Your name, address and role, and when you were here: so the server knows who you are and what you may."
        " Nobody can read your password back; it is not in the file either.",
    ),
    "email": Text(nl="E-mailadres", en="Email address"),
    "name": Text(nl="Naam", en="Name"),
    "role": Text(nl="Rol", en="Role"),
    "joined": Text(nl="Sinds", en="Since"),
    "last_login": Text(nl="Laatst aangemeld", en="Last signed in"),
    "last_activity": Text(nl="Laatst bezig", en="Last active"),
}
CODES: Mapping[str, Text] = {
    "heading": Text(nl="Wat je inleverde", en="What you submitted"),
    "about": Text(
        nl="Je codes van elke clip die je mag zien, en hoe lang je ermee bezig was. Daar is het coderen voor: de"
        " begeleiding van een gezin, of oefenen en vergelijken in een ronde.",
        en="Your codes of each clip that you may see, and how long you were at it. That is what coding is for: guidance"
        " of a family, or practice and comparison in a round.",
    ),
    "how_long": Text(
        nl="Tot jij of de beheerder ze weghaalt; vanzelf verdwijnen ze niet.",
        en="Until you or the administrator take them away; they do not go by themselves.",
    ),
    "clip": CLIP,
    "created_at": Text(nl="Ingeleverd", en="Submitted"),
    "was_cancelled": Text(nl="Overgeslagen", en="Skipped"),
}
DRAFTS: Mapping[str, Text] = {
    "heading": Text(nl="Je concepten", en="Your drafts"),
    "about": Text(
        nl="Codes die je nog niet inleverde, zodat je verder kunt waar je was. Niemand anders ziet ze.",
        en="Codes that you did not submit yet, so that you can go on where you were. Nobody else sees them.",
    ),
    "how_long": Text(nl="Tot je inlevert of ze weghaalt.", en="Until you submit or take them away."),
    "clip": CLIP,
    "updated_at": CHANGED,
}
TABS: Mapping[str, Text] = {
    "heading": Text(nl="Je tabbladen", en="Your tabs"),
    "about": Text(
        nl="Hoe je de lijst met clips wilde zien: kolommen, volgorde, filters. Zo staat het er de volgende keer weer.",
        en="How you wanted to see the list of clips: columns, order, filters. So it is there again the next time.",
    ),
    "how_long": Text(nl="Tot je ze weghaalt.", en="Until you take them away."),
    "title": Text(nl="Tabblad", en="Tab"),
    "project_title": PROJECT,
}
VISITED: Mapping[str, Text] = {
    "heading": Text(nl="Clips die je voorbij zag komen", en="Clips that came by"),
    "about": Text(
        nl="Welke clips je in een project na elkaar opende, zodat je terug kunt bladeren.",
        en="Which clips you opened one after the other in a project, so that you can go back.",
    ),
    "project_title": PROJECT,
    "clips": Text(nl="Hoeveel", en="How many"),
}
TOURS: Mapping[str, Text] = {
    "heading": Text(nl="Rondleidingen door Label Studio", en="Tours of Label Studio"),
    "about": Text(
        nl="Welke uitleg van Label Studio je zag of oversloeg, zodat die niet steeds terugkomt.",
        en="Which explanations of Label Studio you saw or skipped, so that these do not come back each time.",
    ),
    "name": Text(nl="Rondleiding", en="Tour"),
    "updated_at": CHANGED,
}
KEYS: Mapping[str, Text] = {
    "heading": Text(nl="Sleutels voor programma's", en="Keys for programs"),
    "about": Text(
        nl="Dat je een sleutel hebt waarmee een programma namens jou iets kan vragen, en sinds wanneer. De sleutel zelf"
        " staat niet in het bestand.",
        en="That you have a key with which a program can ask something for you, and since when. The key itself is not"
        " in the file.",
    ),
    "how_long": Text(
        nl="Tot je de sleutel intrekt; van een ingetrokken sleutel blijft dat hij er was.",
        en="Until you revoke the key; of one that was revoked it stays that it was there.",
    ),
    "created_at": MADE,
    "expires_at": Text(nl="Tot", en="Until"),
}
PROJECTS: Mapping[str, Text] = {
    "heading": Text(nl="Projecten die je maakte", en="Projects that you made"),
    "about": Text(
        nl="Van een project is bekend wie het maakte, omdat die het dan ook mag zien.",
        en="Of a project it is known who made it, as they may then see it.",
    ),
    "title": PROJECT,
    "created_at": MADE,
}
UPLOADS: Mapping[str, Text] = {
    "heading": Text(nl="Bestanden die je toevoegde", en="Files that you added"),
    "about": Text(
        nl="Welke bestanden met taken je in een project zette, omdat de taken er nog naar verwijzen.",
        en="Which files with tasks you put into a project, as the tasks still refer to them.",
    ),
    "file": Text(nl="Bestand", en="File"),
    "project_title": PROJECT,
}
MANAGING: Mapping[str, Text] = {
    "heading": Text(nl="Wat je veranderde als beheerder", en="What you changed as an administrator"),
    "about": Text(
        nl="Wanneer je op de beheerpagina's iets maakte, wijzigde of weghaalde, om na te gaan hoe iets zo kwam. Van wie"
        " het was staat er niet bij.",
        en="When you made, changed or took away something on the pages of the administration, to find out how something"
        " came about. Whose it was is left out.",
    ),
    "action_time": Text(nl="Wanneer", en="When"),
    "what": Text(nl="Waarvan", en="Of what"),
    "action_flag": Text(nl="Wat je deed", en="What you did"),
}
MANAGED: Mapping[str, Text] = {
    "1": Text(nl="gemaakt", en="made"),
    "2": Text(nl="gewijzigd", en="changed"),
    "3": Text(nl="weggehaald", en="taken away"),
}
"""What Django calls by number."""
