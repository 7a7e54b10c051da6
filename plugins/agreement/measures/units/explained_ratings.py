"""What each figure of ratings of whole clips says, for who reads it."""

from __future__ import annotations

from plugins.agreement.measures.components import named
from plugins.agreement.measures.habits import CORRELATIONS, FEW, together
from vib.language import Text
from vib.statistic import Explanation

OF_CLIPS = Text(
    nl="Het hangt af van de clips: lijken die op elkaar, dan is het laag, hoe dicht oordelen ook bij elkaar liggen. "
    "Leg er het deel binnen de marge naast.",
    en="It depends on the clips: if these are alike it is low, however close ratings lie. Put the share within "
    "tolerance beside it.",
)
EQUAL_STEPS = Text(
    nl="Oordelen tellen als getallen met gelijke stappen.", en="Ratings count as numbers with equal steps."
)
STRICTER = Text(
    nl="Dat iemand overal strenger is, telt niet als verschil: leg ICC(A,1) ernaast.",
    en="That somebody is stricter everywhere does not count as a difference: put ICC(A,1) beside it.",
)
MEAN_ONLY = Text(
    nl="Het geldt voor het gemiddelde van deze beoordelaars, niet voor één van hen: met meer mensen stijgt het "
    "vanzelf.",
    en="It holds for the mean of these raters, not for one of them: with more people it rises by itself.",
)

ONE_WAY = named("MS_rows", "MS_within", "k", "df1", "df2", "F", "p")
TWO_WAY = ("MS_rows", "MS_columns", "MS_error", "k", "n", "df1", "df2", "df_columns", "F", "p")
CONSISTENCY = named(*TWO_WAY)
AGREEMENT = named(*TWO_WAY, "df_satterthwaite", "p_satterthwaite")

ICC_1_1 = Explanation(
    formula=Text(
        nl="Het deel van de spreiding van oordelen dat van verschillen tussen clips komt, als elke clip eigen "
        "beoordelaars heeft. Verschillen tussen beoordelaars tellen als fout.",
        en="The share of the spread of ratings that comes of differences between clips, when each clip has raters of "
        "its own. Differences between raters count as error.",
    ),
    parts=ONE_WAY,
    good=CORRELATIONS,
    blind=together(OF_CLIPS, EQUAL_STEPS, FEW),
)
ICC_A_1 = Explanation(
    formula=Text(
        nl="Het deel van de spreiding van oordelen dat van verschillen tussen clips komt, als dezelfde mensen alle "
        "clips beoordelen en hetzelfde getal horen te geven.",
        en="The share of the spread of ratings that comes of differences between clips, when the same people rate all "
        "clips and should give the same number.",
    ),
    parts=AGREEMENT,
    good=CORRELATIONS,
    blind=together(OF_CLIPS, EQUAL_STEPS, FEW),
)
ICC_C_1 = Explanation(
    formula=Text(
        nl="Hetzelfde als ICC(A,1), maar een vast verschil tussen beoordelaars telt niet als fout: zetten ze de clips "
        "in dezelfde volgorde?",
        en="The same as ICC(A,1), but a constant difference between raters does not count as error: do they put the "
        "clips in the same order?",
    ),
    parts=CONSISTENCY,
    good=CORRELATIONS,
    blind=together(STRICTER, OF_CLIPS, FEW),
)
ICC_1_K = Explanation(
    formula=Text(
        nl="ICC(1,1) van het gemiddelde van de oordelen van een clip.", en="ICC(1,1) of the mean rating of a clip."
    ),
    parts=ONE_WAY,
    good=CORRELATIONS,
    blind=together(MEAN_ONLY, OF_CLIPS, FEW),
)
ICC_A_K = Explanation(
    formula=Text(nl="ICC(A,1) van het gemiddelde van deze beoordelaars.", en="ICC(A,1) of the mean of these raters."),
    parts=AGREEMENT,
    good=CORRELATIONS,
    blind=together(MEAN_ONLY, OF_CLIPS, FEW),
)
ICC_C_K = Explanation(
    formula=Text(
        nl="ICC(C,1) van het gemiddelde van deze beoordelaars: de alfa van Cronbach met beoordelaars als items.",
        en="ICC(C,1) of the mean of these raters: Cronbach's alpha with raters as items.",
    ),
    parts=CONSISTENCY,
    good=CORRELATIONS,
    blind=together(MEAN_ONLY, STRICTER, OF_CLIPS, FEW),
)
WITHIN_TOLERANCE = Explanation(
    formula=Text(
        nl="Het deel van de clips waarvan alle oordelen hoogstens de marge (1 punt, als er geen gegeven is) uit elkaar "
        "liggen.",
        en="The share of the clips of which all ratings lie at most the tolerance (1 point, if none was given) apart.",
    ),
    parts=named("units_within", "units_pairable", "units_complete", "pairwise"),
    good=Text(
        nl="Bij CLASS wordt gevraagd dat 80 % hoogstens één punt van de referentie ligt (Pianta, La Paro & Hamre 2008, "
        "ISBN 978-1557669414). Dat is een gewoonte van dat instrument, met zeven punten; op een schaal van vier punten "
        "ligt veel meer vanzelf binnen één punt.",
        en="CLASS asks that 80% lie at most one point from the reference (Pianta, La Paro & Hamre 2008, ISBN "
        "978-1557669414). That is a habit of that instrument, with seven points; on a scale of four points much more "
        "lies within one point by itself.",
    ),
    blind=together(
        Text(
            nl="Er gaat niets af voor toeval: wie het midden van de schaal kiest, ligt altijd dichtbij. Met meer "
            "beoordelaars is het moeilijker dat allen dichtbij liggen.",
            en="Nothing is taken off for chance: who keeps to the middle of the scale always lies close. With more "
            "raters it is harder for all to lie close.",
        ),
        FEW,
    ),
)
