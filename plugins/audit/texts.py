"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.invocation import VIB
from vib.language import Text
from vib.terminal import DATA

NO_LOG = Text(nl="hier is geen logboek", en="there is no audit log here")
NO_LINE_AT_END = Text(
    nl=f"het einde is beschadigd; zie {VIB} audit verify. Verplaats de map audit/ om een nieuw logboek te beginnen",
    en=f"the end is damaged; see {VIB} audit verify. Move the folder audit/ away to begin a new log",
)
NO_DATE = Text(
    nl="geen datum: schrijf bijvoorbeeld 2026-03-01 of 2026-03-01T14:30",
    en="no date: write for example 2026-03-01 or 2026-03-01T14:30",
)
NO_HASH = Text(
    nl="geen hash: dat zijn 64 cijfers en letters van a tot f",
    en="no hash: that is 64 digits and letters from a to f",
)
NO_FOLDER = Text(nl="deze map bestaat niet", en="there is no such folder")

WHOLE = Text(nl="Het logboek is heel: {count} regels.", en="The log is whole: {count} lines.")
TAMPERED = Text(nl="Met het logboek is iets mis.", en="Something is wrong with the log.")
LAST = Text(nl="Laatste regel: {number}, met hash", en="Last line: {number}, with hash")
KEEP = Text(
    nl=f"Bewaar deze hash buiten deze machine; later: {VIB} audit verify --expect HASH",
    en=f"Keep this hash elsewhere than on this machine; later: {VIB} audit verify --expect HASH",
)
TORN = Text(
    nl="Half geschreven regels van afgebroken processen: {count}. Er is niets mee verloren.",
    en="Half-written lines of processes that were killed: {count}. Nothing was lost with them.",
)
UNFINISHED = Text(
    nl="Na de laatste regel staan nog {count} bytes van een regel die nooit af kwam.",
    en="After the last line there are {count} bytes of a line that was never finished.",
)
SKIPPED = Text(
    nl=f"regels die niet te lezen zijn, en hier niet bij staan: {{count}}; zie {VIB} audit verify",
    en=f"lines that cannot be read, and are not here: {{count}}; see {VIB} audit verify",
)
NOTHING = Text(nl="Geen regels.", en="No lines.")
READING = Text(nl="Logboek lezen", en="Reading the log")

NOT_EXPECTED = Text(
    nl="de verwachte hash is niet van een van deze regels: het logboek is herschreven of van een andere map",
    en="the expected hash is of none of these lines: the log was rewritten, or is of another folder",
)
HEAD_MISSING = Text(
    nl="het bestand head is weg of onleesbaar: er kunnen regels van het einde af zijn",
    en="the file head is gone or unreadable: lines may have been cut off the end",
)


def changed(line: int) -> Text:
    """Say that a line is not as it was written."""
    return Text(
        nl=f"regel {line} is veranderd, of is geen regel van dit logboek",
        en=f"line {line} was changed, or is no line of this log",
    )


def does_not_follow(line: int, number: int, before: int) -> Text:
    """Say that a line is not the next one."""
    return Text(
        nl=f"regel {line} (nummer {number}) volgt niet op nummer {before}: hier of hiervoor zijn regels"
        " weggehaald, ingevoegd, verwisseld of herschreven",
        en=f"line {line} (number {number}) does not follow number {before}: here or before it, lines were"
        " removed, put in, swapped or rewritten",
    )


def cut(line: int, head: str) -> Text:
    """Say that the log noticed a missing end while it was written."""
    return Text(
        nl=f"vóór regel {line} klopte het einde niet: het bestand head noemde {head}",
        en=f"before line {line} the end was not right: the file head said {head}",
    )


def end_missing(last: int, head: int) -> Text:
    """Say that lines are missing from the end."""
    return Text(
        nl=f"het einde ontbreekt: de laatste regel is nummer {last}, het bestand head noemt nummer {head}",
        en=f"the end is missing: the last line is number {last}, the file head says number {head}",
    )


def other_head(head: int) -> Text:
    """Say that the head is of other lines than these."""
    return Text(
        nl=f"het einde is niet wat er geschreven werd: het bestand head noemt een andere regel {head}",
        en=f"the end is not what was written: the file head says another line {head}",
    )


KINDS: Mapping[str, Text] = {
    "torn": Text(nl="half geschreven regel hiervoor", en="half-written line before this"),
    "cut": Text(nl="het einde klopte niet", en="the end was not right"),
}
"""What a line about the log itself is called."""

DONE = Text(nl="gedaan", en="done")
REFUSED = Text(nl="geweigerd", en="refused")

HEADS: Mapping[str, Text] = {
    "number": Text(nl="Nr.", en="No."),
    "when": Text(nl="Wanneer (UTC)", en="When (UTC)"),
    "who": Text(nl="Wie", en="Who"),
    "role": Text(nl="Rol", en="Role"),
    "what": Text(nl="Wat", en="What"),
    "allowed": Text(nl="Uitkomst", en="Outcome"),
    "families": Text(nl="Gezinnen", en="Families"),
    "which": Text(nl="Waarvan", en="Of what"),
    "where": Text(nl="Vanaf", en="From"),
}
"""Heads of the table."""

COMMAND: Mapping[str, Text] = {
    "help": Text(
        nl="Het logboek: wie wat heeft gedaan, en wat is geweigerd.",
        en="The audit log: who did what, and what was refused.",
    ),
    "verify": Text(
        nl="Ga na of het logboek nog is zoals het is geschreven.\n\n"
        "Heel: 0. Iets is veranderd of weg: 1, met de eerste plaats. Er is geen logboek: 2.\n\n"
        "Wie de schijf beheert kan het hele logboek herschrijven. Dat wordt alleen ontdekt met een hash die"
        " elders is bewaard: geef die met --expect.",
        en="Check that the log is still as it was written.\n\n"
        "Whole: exit code 0. Something was changed or is gone: 1, with the first place. There is no log: 2.\n\n"
        "Who owns the disk can rewrite the whole log. Only a hash that was kept elsewhere finds that: give it"
        " with --expect.",
    ),
    "show": Text(
        nl="Toon de laatste regels, de nieuwste onderaan.\n\nDat je ze bekeek komt ook in het logboek.",
        en="Show the latest lines, the newest last.\n\nThat you looked at them is put in the log too.",
    ),
    "export": Text(
        nl="Schrijf regels van het logboek naar een bestand, als CSV of als JSON Lines.\n\n"
        "In het bestand staat wie welk gezin zag: bewaar het zo. De export zelf komt ook in het logboek.",
        en="Write lines of the log to a file, as CSV or as JSON Lines.\n\n"
        "The file says who saw which family: keep it accordingly. The export itself is put in the log too.",
    ),
    "expect": Text(
        nl="Hash die eerder is bewaard, en die in het logboek moet staan.",
        en="Hash that was kept earlier, and that must be in the log.",
    ),
    "family": Text(nl="Alleen van dit gezin (pseudoniem).", en="Only of this family (pseudonym)."),
    "who": Text(
        nl="Alleen van deze persoon: het adres, of wat daarin voor de @ staat.",
        en="Only of this person: the address, or what stands before its @.",
    ),
    "refused": Text(nl="Alleen wat is geweigerd.", en="Only what was refused."),
    "since": Text(
        nl="Alleen vanaf deze datum of tijd; zonder zone de tijd van deze machine.",
        en="Only from this date or time on; without a zone the time of this machine.",
    ),
    "limit": Text(nl="Hoeveel regels hoogstens.", en="How many lines at most."),
    "format": Text(nl="csv, of jsonl: de regels zoals ze zijn.", en="csv, or jsonl: the lines as they are."),
    "output": Text(
        nl="Bestand, dat heel of niet wordt geschreven; anders naar het scherm.",
        en="File, written as a whole or not at all; else to the screen.",
    ),
    "data": DATA,
}
"""Help of the command and its options."""

LOG = Text(nl="Logboek", en="Audit log")
LINES = Text(
    nl=f"{{count}} regels; met {VIB} audit verify is na te gaan of er iets aan veranderd is.",
    en=f"{{count}} lines; {VIB} audit verify tells whether anything in it was changed.",
)
KEPT: Mapping[str, Text] = {
    "heading": Text(nl="Wat je deed, volgens het logboek", en="What you did, as the log has it"),
    "about": Text(
        nl="Wanneer je je aanmeldde, welk gezin je bekeek, wat je veranderde en wat je werd geweigerd: zo kan een gezin"
        " nagaan wie zijn opnamen zag. Adressen van anderen zijn weggelaten.",
        en="When you signed in, which family you looked at, what you changed and what you were refused: so a family can"
        " find out who saw its recordings. Addresses of others are left out.",
    ),
    "how_long": Text(
        nl="Altijd. Uit het logboek kan niets worden weggehaald zonder dat het opvalt.",
        en="Always. Nothing can be taken out of the log without being noticed.",
    ),
    "when": Text(nl="Wanneer", en="When"),
    "what": HEADS["what"],
    "allowed": Text(nl="Mocht het", en="Allowed"),
    "which": HEADS["which"],
}
"""What somebody is told of their own lines."""
