"""Every word of preferences, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.host.preferences import Theme
from vib.language import Text

THEMES: Mapping[Theme, Text] = {
    Theme.LIGHT: Text(nl="Licht", en="Light"),
    Theme.DARK: Text(nl="Donker", en="Dark"),
}

KEPT = Text(nl="Bewaard.", en="Kept.")
NO_CHOICE = Text(
    nl="is geen van de keuzes; kies er een uit de lijst", en="is none of the choices; choose one of the list"
)

WORDS: Mapping[str, Text] = {
    "as_browser": Text(nl="Zoals je browser vraagt", en="As your browser asks for"),
    "as_device": Text(nl="Zoals je apparaat", en="As your device"),
    "keep": Text(nl="Bewaren", en="Keep"),
    "language": Text(nl="Taal", en="Language"),
    "lead": Text(
        nl="Je kiest dit één keer; het geldt op elk apparaat waarop je je aanmeldt.",
        en="You choose this once; it holds on every device on which you sign in.",
    ),
    "name": Text(nl="Je naam", en="Your name"),
    "name_about": Text(nl="Zo spreken de pagina's je aan.", en="This is how the pages address you."),
    "name_change": Text(nl="Je naam wijzigen", en="Change your name"),
    "not_kept": Text(nl="Er is niets bewaard.", en="Nothing was kept."),
    "now": Text(nl="Daar is het nu", en="There it is now"),
    "preferences": Text(nl="Voorkeuren", en="Preferences"),
    "theme": Text(nl="Kleuren", en="Colours"),
    "zone": Text(nl="Tijdzone", en="Time zone"),
    "zone_about": Text(
        nl="In deze tijdzone staan alle tijden op de pagina's.", en="All times on the pages are in this time zone."
    ),
}

CHOSEN: Mapping[str, Text] = {
    "heading": Text(nl="Je voorkeuren", en="Your preferences"),
    "about": Text(
        nl="De taal, kleuren en tijdzone die je koos, zodat je dat niet op elk apparaat opnieuw hoeft te doen.",
        en="The language, colours and time zone that you chose, so that you need not do so again on each device.",
    ),
    "how_long": Text(nl="Tot je iets anders kiest.", en="Until you choose something else."),
    "language": WORDS["language"],
    "theme": WORDS["theme"],
    "time_zone": WORDS["zone"],
}
"""What is kept of somebody here."""
