"""What is said of what is compared."""

from __future__ import annotations

from vib.language import Text

NOTHING_OF_THIS = Text(
    nl="in deze clips is er niets waar deze maat over gaat",
    en="there is nothing in these clips that this measure is about",
)
DOUBLED = Text(
    nl="twee keer door één beoordelaar met precies dezelfde tijden, en als twee gebeurtenissen geteld: {places}",
    en="twice by one rater at exactly the same times, and counted as two events: {places}",
)
FEW_CLIPS = Text(
    nl="er zijn maar {clips} clips: hoe zeker een cijfer is, is dan hooguit ruw te zeggen",
    en="there are only {clips} clips: how sure a figure is can then be said roughly at most",
)
WORD_FOR_NOTHING = Text(
    nl="{rating}: {word} is gelezen als een categorie; wat ontbreekt laat je leeg",
    en="{rating}: {word} was read as a category; leave empty what is missing",
)


def failed(error: str) -> Text:
    """Say that a statistic could not be calculated because of a mistake in it."""
    return Text(nl=f"deze statistiek gaf een fout: {error}", en=f"this statistic failed: {error}")


def unknown(name: str, known: tuple[str, ...]) -> Text:
    """Say that something does not exist, and what does."""
    there = ", ".join(known)
    return Text(
        nl=f"{name} is onbekend; wel bekend: {there}" if known else f"{name} is onbekend; er is er geen",
        en=f"{name} is unknown; known: {there}" if known else f"{name} is unknown; there is none",
    )
