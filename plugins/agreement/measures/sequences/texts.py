"""What a user reads where a sequence has no value."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

ONE_OR_TWO_RATERS = Text(
    nl="deze maat gaat over één beoordelaar, of vergelijkt er precies twee",
    en="this measure is about one rater, or compares exactly two",
)
NO_CLIP = Text(
    nl="er is geen clip die ieder van deze beoordelaars heeft gecodeerd",
    en="there is no clip that each of these raters coded",
)
NO_WINDOW = Text(nl="het venster eindigt voor het begint", en="the window ends before it begins")

EMPTY: Mapping[str, Text] = {
    "given": Text(
        nl="{rater} codeerde geen {given} waarop iets kon volgen: de rij is leeg",
        en="{rater} coded no {given} that anything could follow: the row is empty",
    ),
    "other": Text(
        nl="{rater} codeerde geen {among} zonder {given} om mee te vergelijken: de rij is leeg",
        en="{rater} coded no {among} without {given} to compare with: the row is empty",
    ),
    "followed": Text(
        nl="bij {rater} volgt {target} nergens binnen het venster: de kolom is leeg",
        en="{rater} has no {target} that follows within the window anywhere: the column is empty",
    ),
    "not_followed": Text(
        nl="bij {rater} volgt {target} overal binnen het venster: de kolom zonder is leeg",
        en="{rater} has {target} following within the window everywhere: the column without is empty",
    ),
    "median": Text(
        nl="bij {rater} volgt {target} op hoogstens de helft van {given}: de mediaan ligt voorbij het venster",
        en="{rater} has {target} following at most half of {given}: the median lies beyond the window",
    ),
}
