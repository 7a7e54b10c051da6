"""Why alpha, an intraclass correlation or a share within tolerance is undefined."""

from __future__ import annotations

from vib.language import Text

NOTHING_PAIRABLE = Text(
    nl="geen enkele eenheid is door minstens twee beoordelaars beoordeeld: er valt niets te vergelijken",
    en="no unit was rated by two raters or more: there is nothing to compare",
)
ONE_VALUE = Text(
    nl="alle beoordelingen zijn gelijk: toeval is niet te onderscheiden",
    en="all ratings are the same: chance cannot be told apart",
)
TOO_FEW_UNITS = Text(nl="er zijn minstens twee eenheden nodig", en="at least two units are needed")
TOO_FEW_RATINGS = Text(
    nl="te weinig beoordelingen om eenheden en beoordelaars uit elkaar te houden",
    en="too few ratings to tell units and raters apart",
)
UNITS_ALIKE = Text(
    nl="de eenheden verschillen niet van elkaar: er is niets betrouwbaar te onderscheiden",
    en="the units do not differ: there is nothing to tell apart reliably",
)
