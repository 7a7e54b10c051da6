"""What is said of sending recordings, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

WORDS: Mapping[str, Text] = {
    "sending": Text(nl="Opnames sturen", en="Send recordings"),
    "about": Text(
        nl="Kies opnames op dit apparaat. Valt de verbinding weg, dan gaat het sturen daarna verder waar het was.",
        en="Choose recordings on this device. When the connection is lost, sending goes on from where it was.",
    ),
    "not_found": Text(nl="Niet gevonden", en="Not found"),
    "not_there": Text(
        nl="Dit gezin is er niet, of je kunt er geen opnames voor sturen.",
        en="There is no such family, or you cannot send recordings for it.",
    ),
    "no_folder": Text(
        nl="De opnames van dit gezin worden door de beheerder klaargezet, niet met de browser.",
        en="The administrator gets the recordings of this family ready; they are not sent by browser.",
    ),
    "to_start": Text(nl="Naar de startpagina", en="To the start page"),
}
"""What the templates say, by name."""
