"""Every word of the unitizing alphas that a user reads: why there is no value."""

from __future__ import annotations

from vib.language import Text

TWO_OR_MORE = Text(
    nl="deze maat vergelijkt twee of meer beoordelaars",
    en="this measure compares two or more raters",
)
NO_SHARED_CLIP = Text(
    nl="er is geen clip die twee van deze beoordelaars hebben gecodeerd",
    en="there is no clip that two of these raters coded",
)
NOBODY_CODED = Text(
    nl="geen van de beoordelaars heeft dit gecodeerd: er valt niets te vergelijken",
    en="none of the raters coded this: there is nothing to compare",
)
ONLY_INSTANTS = Text(
    nl="er zijn alleen momentopnamen, die geen lengte hebben",
    en="there are only instants, which have no length",
)
ONE_CATEGORY = Text(
    nl="alle beoordelaars gebruiken de hele tijd één en dezelfde categorie: toeval is niet te onderscheiden",
    en="all raters use one and the same category all the time: chance cannot be told apart",
)
NO_UNIT_AS_LONG = Text(
    nl="geen stuk is zo lang als de tijdseenheid: kies een kleinere",
    en="nothing lasts as long as the unit of time: choose a smaller one",
)
NO_CHANCE = Text(
    nl="geen eenheid kan ergens anders liggen: toeval is niet te onderscheiden",
    en="no unit could lie anywhere else: chance cannot be told apart",
)
SHORTER_THAN_UNIT = Text(
    nl="alle clips samen duren korter dan de tijdseenheid: kies een kleinere",
    en="all clips together last less than the unit of time: choose a smaller one",
)
NOTHING_CROSSES = Text(
    nl="nergens coderen twee beoordelaars tegelijk iets: er zijn geen codes te vergelijken",
    en="nowhere do two raters code something at once: there are no codes to compare",
)
ONE_CODE_CROSSES = Text(
    nl="waar beoordelaars tegelijk iets coderen, is maar één code gebruikt: toeval is niet te onderscheiden",
    en="where raters code something at once, only one code was used: chance cannot be told apart",
)
TOO_FEW_CROSS = Text(
    nl="te weinig eenheden van verschillende beoordelaars vallen samen om toeval te kunnen schatten",
    en="too few units of different raters coincide to estimate chance from",
)
CODE_NEVER_CROSSES = Text(
    nl="waar deze code is gebruikt, codeert geen ander tegelijk iets: er valt niets te vergelijken",
    en="where this code was used nobody else coded anything at once: there is nothing to compare",
)
WHICH_CODE = Text(
    nl="deze maat geldt voor één code: het cijfer van elke code staat bij de onderdelen",
    en="this measure is about one code: the figure of each code is among the components",
)


def overlap(clip: str, rater: str, first: tuple[str, float, float], second: tuple[str, float, float]) -> Text:
    """Say which two units of one rater overlap; a unit is its code, start and end.

    Examples
    --------
    >>> print(overlap("maaltijd", "anna", ("kind", 1, 4), ("ouder", 3, 5)))
    in clip maaltijd two units of anna overlap: kind (1.000-4.000 s) and ouder (3.000-5.000 s); \
this measure needs units that do not
    """
    one, other = (f"{code} ({start:.3f}-{end:.3f} s)" for code, start, end in (first, second))
    return Text(
        nl=f"in clip {clip} overlappen twee eenheden van {rater} elkaar: {one} en {other}; "
        "deze maat kan alleen eenheden aan die elkaar niet overlappen",
        en=f"in clip {clip} two units of {rater} overlap: {one} and {other}; this measure needs units that do not",
    )
