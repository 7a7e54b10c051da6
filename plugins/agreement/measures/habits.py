"""What counts as good in the field, why that is a habit, and what many figures cannot see: each said once."""

from __future__ import annotations

from vib.language import Text


def together(*texts: Text) -> Text:
    """Return texts one after the other.

    Examples
    --------
    >>> together(Text(nl="Ja.", en="Yes."), Text(nl="Nee.", en="No.")).nl
    'Ja. Nee.'
    """
    return Text(nl=" ".join(text.nl for text in texts), en=" ".join(text.en for text in texts))


SHARES = Text(
    nl="Vaak wordt 80 % gevraagd (McHugh 2012, doi 10.11613/BM.2012.031). Dat is een gewoonte: hoeveel bij toeval al "
    "gelijk is, hangt ervan af hoe vaak codes voorkomen, dus dezelfde 80 % is met de ene code makkelijk te halen en "
    "met de andere moeilijk.",
    en="80% is often asked for (McHugh 2012, doi 10.11613/BM.2012.031). That is a habit: how much is alike by chance "
    "depends on how often codes occur, so the same 80% is easy to reach with one code and hard with another.",
)
KAPPAS = Text(
    nl="Landis & Koch (1977, doi 10.2307/2529310) noemen 0,61 tot 0,80 aanzienlijk; Cicchetti (1994, doi "
    "10.1037/1040-3590.6.4.284) noemt 0,60 goed en 0,75 uitstekend. Dat is een gewoonte: Landis & Koch noemen hun "
    "grenzen zelf willekeurig, en welke kappa goed waarnemen oplevert, hangt af van het aantal codes en van hoe vaak "
    "ze voorkomen (Bakeman e.a. 1997, doi 10.1037/1082-989X.2.4.357).",
    en="Landis & Koch (1977, doi 10.2307/2529310) call 0.61 to 0.80 substantial; Cicchetti (1994, doi "
    "10.1037/1040-3590.6.4.284) calls 0.60 good and 0.75 excellent. That is a habit: Landis & Koch call their limits "
    "arbitrary themselves, and which kappa good observing gives depends on the number of codes and on how often they "
    "occur (Bakeman et al. 1997, doi 10.1037/1082-989X.2.4.357).",
)
EVENT_KAPPAS = together(
    KAPPAS,
    Text(
        nl="Gemiste momenten drukken kappa's op momenten: bij een verwante kappa gaven waarnemers die het in 90 % van "
        "de gevallen goed hadden 0,60 of meer (Quera, Bakeman & Gnisci 2007, Behavior Research Methods 39, 39-49).",
        en="Missed events pull kappas by event down: with a related kappa, observers who were right in 90% of cases "
        "gave 0.60 or more (Quera, Bakeman & Gnisci 2007, Behavior Research Methods 39, 39-49).",
    ),
)
ALPHAS = Text(
    nl="Krippendorff (2004, doi 10.1111/j.1468-2958.2004.tb00738.x) vraagt 0,800, en laat vanaf 0,667 alleen "
    "voorzichtige conclusies toe. Ook dat is een afspraak: de grens hoort af te hangen van wat een fout kost, en wie "
    "stelselmatig verschilt, misleidt ook boven 0,800 (Reidsma & Carletta 2008, doi 10.1162/coli.2008.34.3.319).",
    en="Krippendorff (2004, doi 10.1111/j.1468-2958.2004.tb00738.x) asks for 0.800, and allows only tentative "
    "conclusions from 0.667. That is a convention too: the limit should depend on what a mistake costs, and raters "
    "who differ systematically mislead above 0.800 as well (Reidsma & Carletta 2008, doi 10.1162/coli.2008.34.3.319).",
)
CORRELATIONS = Text(
    nl="Cicchetti (1994, doi 10.1037/1040-3590.6.4.284) noemt 0,60 goed en 0,75 uitstekend; Koo & Li (2016, doi "
    "10.1016/j.jcm.2016.02.012) noemen pas 0,75 goed en 0,90 uitstekend. Dat twee lijsten zo verschillen, laat zien "
    "dat het gewoontes zijn.",
    en="Cicchetti (1994, doi 10.1037/1040-3590.6.4.284) calls 0.60 good and 0.75 excellent; Koo & Li (2016, doi "
    "10.1016/j.jcm.2016.02.012) call only 0.75 good and 0.90 excellent. That two lists differ so much shows that they "
    "are habits.",
)
NO_NORM = Text(
    nl="Er is geen grens die in het veld gebruikt wordt.",
    en="There is no limit that the field uses.",
)

NO_CHANCE = Text(
    nl="Er gaat niets af voor toeval: wie alleen de gewoonste code gebruikt, krijgt ook veel gelijk.",
    en="Nothing is taken off for chance: raters who use only the commonest code agree a lot too.",
)
PREVALENCE = Text(
    nl="Is één code heel gewoon of heel zeldzaam, dan is dit laag terwijl ze het bijna altijd eens zijn (Feinstein & "
    "Cicchetti 1990, doi 10.1016/0895-4356(90)90158-L): leg het deel dat gelijk is ernaast.",
    en="If one code is very common or very rare, this is low although they nearly always agree (Feinstein & Cicchetti "
    "1990, doi 10.1016/0895-4356(90)90158-L): put the share that is alike beside it.",
)
FEW = Text(
    nl="Bij weinig gevallen zegt het weinig: kijk naar het interval en het aantal.",
    en="With few cases it says little: look at the interval and the number.",
)
WHO_IS_RIGHT = Text(
    nl="Wie gelijk heeft, zegt het niet: twee mensen kunnen dezelfde fout maken.",
    en="It does not say who is right: two people can make the same mistake.",
)
