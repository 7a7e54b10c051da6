"""Why a coefficient of units has no value, in both languages."""

from __future__ import annotations

from vib.language import Text

TWO_RATERS = Text(
    nl="deze maat vergelijkt twee beoordelaars; gebruik voor meer beoordelaars de kappa van Fleiss, Conger of Light",
    en="this coefficient compares two raters; for more raters use Fleiss', Conger's or Light's kappa",
)
ONE_RATER = Text(
    nl="er zijn minder dan twee beoordelaars",
    en="there are fewer than two raters",
)
NOT_TWICE = Text(
    nl="geen enkele eenheid is door twee beoordelaars beoordeeld",
    en="no unit was rated by two raters",
)
ONE_CATEGORY = Text(
    nl="er is maar één categorie, dus er valt niets te kiezen en overeenstemming is vanzelfsprekend",
    en="there is only one category, so there is nothing to choose and agreement goes without saying",
)
ALL_BY_CHANCE = Text(
    nl="de beoordelaars gebruikten samen één categorie (of categorieën die als gelijk tellen): "
    "toeval verklaart dan alle overeenstemming",
    en="the raters together used one category only (or categories that count as the same): "
    "chance then explains all agreement",
)
ANONYMOUS = Text(
    nl="wie wat zei is niet bekend; de kappa van Fleiss heeft geen namen nodig",
    en="who said what is not known; Fleiss' kappa needs no names",
)
NO_PAIR = Text(
    nl="voor geen enkel tweetal beoordelaars bestaat een kappa",
    en="no pair of raters has a kappa",
)
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
