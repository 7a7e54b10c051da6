"""What a user reads where a comparison with a reference rater has no value."""

from __future__ import annotations

from vib.language import Text

NO_REFERENCE = Text(
    nl="er is niet gekozen met welke van de twee beoordelaars wordt vergeleken",
    en="none of the two raters was chosen as the one to compare with",
)
RATER_CODED_NOTHING = Text(
    nl="de beoordelaar heeft dit niet gecodeerd: er is niets dat kan kloppen of niet",
    en="the rater did not code this: there is nothing that could be right or wrong",
)
REFERENCE_CODED_NOTHING = Text(
    nl="de referentie heeft dit niet gecodeerd: er valt niets te vinden",
    en="the reference did not code this: there is nothing to be found",
)
NOTHING_FOUND = Text(
    nl="geen enkel moment van de referentie is met dezelfde code gevonden: er zijn geen grenzen te vergelijken",
    en="no event of the reference was found with the same code: there are no boundaries to compare",
)
