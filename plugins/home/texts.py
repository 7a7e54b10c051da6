"""Every word of the front door, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

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
    "hello": Text(nl="Dag", en="Hello"),
    "lead": Text(
        nl="Samen kijken naar contact: wat gebeurt er, en wat doet het kind daarna?",
        en="Looking at contact together: what happens, and what does the child do next?",
    ),
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
