"""Why a statistic has no value, where several say so."""

from __future__ import annotations

from vib.language import Text

TWO_RATERS = Text(nl="deze maat vergelijkt precies twee beoordelaars", en="this measure compares exactly two raters")
NO_COMMON_CLIP = Text(
    nl="er is geen clip die beide beoordelaars hebben gecodeerd", en="there is no clip that both raters coded"
)
NOTHING_CODED = Text(
    nl="geen van beiden heeft dit gecodeerd: er valt niets te vergelijken",
    en="neither rater coded this: there is nothing to compare",
)
ONLY_INSTANTS = Text(
    nl="er zijn alleen momentopnamen, die geen duur hebben",
    en="there are only instants, which have no duration",
)
ONE_CATEGORY = Text(
    nl="beiden gebruiken de hele tijd dezelfde categorie: toeval is niet te onderscheiden",
    en="both use one and the same category all the time: chance cannot be told apart",
)
ONE_CODE = Text(
    nl="er is maar één code gebruikt: toeval is niet te onderscheiden",
    en="only one code was used: chance cannot be told apart",
)
