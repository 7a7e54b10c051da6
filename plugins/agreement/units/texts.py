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
