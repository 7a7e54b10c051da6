"""What people are told of moments that were settled, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

WORDS: Mapping[str, Text] = {
    "settle": Text(nl="Afgesproken", en="Settled"),
    "settle_again": Text(nl="Toch niet afgesproken", en="Not settled after all"),
    "settled": Text(nl="afgesproken", en="settled"),
    "settled_by": Text(nl="Afgesproken door {0}, {1}.", en="Settled by {0}, {1}."),
    "opened_by": Text(nl="Weer open door {0}, {1}.", en="Opened again by {0}, {1}."),
    "settle_note": Text(nl="Wat is er afgesproken?", en="What was settled?"),
    "settle_about": Text(
        nl="Wie dit moment mag zien, leest ook wat je hier schrijft.",
        en="Whoever may see this moment reads what you write here too.",
    ),
    "settled_too": Text(nl="Ook wat is afgesproken", en="What is settled too"),
}
"""What the pages say, by name."""

NO_MOMENT = Text(
    nl="“{0}” van {1:g} tot {2:g} s is geen moment van deze clip; ververs de bladzijde en probeer het opnieuw",
    en="“{0}” from {1:g} to {2:g} s is no moment of this clip; reload the page and try again",
)

KEPT: Mapping[str, Text] = {
    "heading": Text(nl="Momenten die je afsprak", en="Moments that you settled"),
    "about": Text(
        nl="Welke verschillen in een clip je besproken noemde of weer opende, met je notitie: "
        "zo weten wie meekijken wat er is afgesproken.",
        en="Which differences in a clip you called settled or opened again, with your note: "
        "so that who looks along knows what was agreed on.",
    ),
    "clip": Text(nl="Clip", en="Clip"),
    "at": Text(nl="Wanneer", en="When"),
    "tier": Text(nl="Laag", en="Tier"),
    "start": Text(nl="Vanaf (s)", en="From (s)"),
    "end": Text(nl="Tot (s)", en="To (s)"),
    "settled": Text(nl="Afgesproken", en="Settled"),
    "note": Text(nl="Notitie", en="Note"),
}
