"""Every word of the front door, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.health import Condition
from vib.language import Text
from vib.roles import Role

NOTHING_YET: Mapping[Role, Text] = {
    Role.TRAINEE: Text(
        nl="Er staat nog niets voor je klaar. Zodra je opleider clips aan je uitdeelt, staan ze hier. Intussen kun je "
        "in de handleidingen lezen wat elke code betekent.",
        en="There is nothing for you yet. As soon as your supervisor hands out clips to you, they are here. Meanwhile "
        "you can read in the guides what each code means.",
    ),
    Role.COUNSELLOR: Text(
        nl="Er is nog geen gezin aan je toegewezen. De beheerder doet dat; daarna staan de clips van het gezin hier.",
        en="No family is assigned to you yet. The administrator does that; then the family's clips are here.",
    ),
    Role.SUPERVISOR: Text(
        nl="Er is nog geen ronde van jou. De beheerder maakt een ronde en zet jou erin als opleider; daarna staat hier "
        "hoe ver iedereen is.",
        en="There is no round of yours yet. The administrator makes one with you as its supervisor; then you see here "
        "how far everybody is.",
    ),
    Role.ADMINISTRATOR: Text(
        nl="Alles is rustig: er is niets dat op jou wacht.", en="All is quiet: nothing is waiting for you."
    ),
}
"""What happens next, for who has nothing to do yet."""

WORDS: Mapping[str, Text] = {
    "all_clips": Text(nl="Alle clips", en="All clips"),
    "all_clips_about": Text(
        nl="De lijst van je projecten: kies er een, en bekijk en codeer de clips in je eigen tempo.",
        en="The list of your projects: choose one, and watch and code its clips at your own pace.",
    ),
    "accounts": Text(nl="Alle accounts", en="All accounts"),
    "condition": Text(nl="Toestand", en="State"),
    "hello": Text(nl="Dag", en="Hello"),
    "lead": Text(
        nl="Samen kijken naar contact: wat gebeurt er, en wat doet het kind daarna?",
        en="Looking at contact together: what happens, and what does the child do next?",
    ),
    "part": Text(nl="Onderdeel", en="Part"),
    "plugin": Text(nl="Plugin", en="Plugin"),
    "plugin_folder": Text(nl="meegeleverd", en="built in"),
    "plugin_hooks": Text(nl="Gebruikt", en="Uses"),
    "plugin_installed": Text(nl="geïnstalleerd", en="installed"),
    "plugin_origin": Text(nl="Herkomst", en="Origin"),
    "plugin_state": Text(nl="Toestand", en="State"),
    "plugin_works": Text(nl="werkt", en="works"),
    "plugins": Text(nl="Plugins", en="Plugins"),
    "plugins_about": Text(nl="Alleen beheerders zien deze lijst.", en="Only administrators see this list."),
    "remember": Text(nl="Om te onthouden", en="To remember"),
    "remember_about": Text(
        nl="Begin bij wat goed ging, en laat beelden en namen hier: een gezin heeft ze ons toevertrouwd.",
        en="Begin with what went well, and leave pictures and names here: a family entrusted them to us.",
    ),
    "start": Text(nl="Start", en="Start"),
    "ways": Text(nl="Waar je heen kunt", en="Where you can go"),
}

PEOPLE = Text(nl="Mensen", en="People")
NO_ROLE = Text(nl="nog zonder rol", en="without a role yet")

INSTALLATION = Text(nl="De installatie", en="The installation")
ALL_WELL = Text(nl="Alle {0} onderdelen werken.", en="All {0} parts work.")
SOME_WELL = Text(nl="{0} van {1} onderdelen werken.", en="{0} of {1} parts work.")

CONDITIONS: Mapping[Condition, Text] = {
    "good": Text(nl="werkt", en="works"),
    "attention": Text(nl="kijk ernaar", en="have a look"),
    "wrong": Text(nl="werkt niet", en="does not work"),
}

PLUGINS_WORK = Text(nl="Alle {0} werken.", en="All {0} work.")
PLUGINS_FAIL = Text(
    nl="In {0} ging iets mis; hieronder staat wat.", en="Something went wrong in {0}; what it was is below."
)
DATABASE = Text(nl="Database", en="Database")
DATABASE_SIZE = Text(nl="{0}, {1} groot.", en="{0}, {1}.")
DISK = Text(nl="Schijf", en="Disk")
DISK_FREE = Text(nl="Nog {0} vrij van {1}.", en="{0} of {1} free.")
DISK_LOW = Text(
    nl="Nog maar {0} vrij van {1}: ruim op, of zet de data op een grotere schijf. Is de schijf vol, dan wordt er "
    "niets meer bewaard.",
    en="Only {0} of {1} free: tidy up, or put the data on a larger disk. Once the disk is full nothing is kept any "
    "more.",
)
MAIL = Text(nl="Mail", en="Mail")
MAIL_SENT = Text(nl="Herinneringen en berichten worden gemaild.", en="Reminders and messages are mailed.")
NO_MAIL = Text(
    nl="Er is geen mailserver ingesteld (VIB_MAIL): herinneringen staan alleen op de startpagina.",
    en="No mail server is set (VIB_MAIL): reminders are on the front door only.",
)
