"""The words of a report, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.codebook import TO_CONFIRM
from vib.language import Text
from vib.statistic import Basis
from vib.terminal import DATA

KINDS: Mapping[str, Text] = {
    "missed": Text(nl="alleen {first}", en="only {first}"),
    "added": Text(nl="alleen {second}", en="only {second}"),
    "other_code": Text(nl="andere code", en="other code"),
    "boundary": Text(nl="ander begin of einde", en="other start or end"),
    "attribute": Text(nl="andere omschrijving", en="other description"),
}

COMMAND: Mapping[str, Text] = {
    "help": Text(
        nl="Laat zien hoe ver beoordelaars het eens zijn, en waar ze verschillen.",
        en="Show how far raters agree, and where they differ.",
    ),
    "file": Text(
        nl="Bestand met de codes van de beoordelaars: vib-observations/1, een JSON-export van Label Studio, of een "
        "CSV met clip,duration,rater,tier,code,start,end,rating,value; of een map met zulke bestanden.",
        en="File with the raters' codes: vib-observations/1, a JSON export of Label Studio, or a CSV with "
        "clip,duration,rater,tier,code,start,end,rating,value; or a folder of such files.",
    ),
    "beside": Text(
        nl="Bestand of map met eerdere codes: zet de cijfers ervan naast die van nu, met het interval van het "
        "verschil.",
        en="File or folder with earlier codes: puts its figures beside those of now, with the interval of the "
        "difference.",
    ),
    "project": Text(
        nl="Nummer van een project op de server, in plaats van een bestand.",
        en="Number of a project on the server, instead of a file.",
    ),
    "round": Text(
        nl="Naam of nummer van een ronde: alleen haar clips en beoordelaars.",
        en="Name or number of a round: its clips and raters only.",
    ),
    "reference": Text(
        nl="Beoordelaar met wie de anderen vergeleken worden: precisie, gevonden, F1 en fouten van begin en einde.",
        en="Rater against whom the others are measured: precision, recall, F1, and errors of onset and offset.",
    ),
    "level": Text(
        nl="Wat verschillen tussen oordelen betekenen; anders ordinal voor getallen, nominal voor codes.",
        en="What differences between ratings mean; else ordinal for numbers, nominal for codes.",
    ),
    "weights": Text(
        nl="Hoe gewogen maten verschillen wegen: identity, linear, quadratic, ordinal, radical, ratio, circular of "
        "bipolar; anders quadratic.",
        en="How weighted measures weigh differences: identity, linear, quadratic, ordinal, radical, ratio, circular "
        "or bipolar; else quadratic.",
    ),
    "order": Text(
        nl="Categorieën die tekst zijn, van laag naar hoog, met een komma ertussen: laag,midden,hoog.",
        en="Categories that are text, from low to high, with a comma between: low,middle,high.",
    ),
    "bootstrap": Text(
        nl="Hoe vaak clips opnieuw getrokken worden voor een interval; 0 voor geen.",
        en="How often clips are drawn again for an interval; 0 for none.",
    ),
    "seed": Text(
        nl="Begin van het toeval: hetzelfde getal geeft dezelfde cijfers.",
        en="Start of what is drawn: the same number gives the same figures.",
    ),
    "pass_mark": Text(
        nl="Cijfer dat gehaald moet worden: geeft de kans dat de ware waarde daar niet onder ligt.",
        en="Figure to reach: gives the probability that the true value is not below it.",
    ),
    "calculated": Text(
        nl="Vergelijk ook wat het codeboek uit de codes berekent; dat heeft niemand gecodeerd.",
        en="Compare what the codebook calculates from the codes too; nobody coded that.",
    ),
    "interface": Text(
        nl="Bij een export van Label Studio: naam van een methode, of een XML-bestand met de interface.",
        en="For an export of Label Studio: the name of a method, or an XML file with the interface.",
    ),
    "fps": Text(
        nl="Bij een export van Label Studio met beeldnummers: beelden per seconde.",
        en="For an export of Label Studio with frame numbers: frames a second.",
    ),
    "calculating": Text(nl="Berekenen", en="Calculating"),
    "tier": Text(nl="Alleen deze laag of omschrijving.", en="Only this tier or attribute."),
    "code": Text(nl="Alleen deze code.", en="Only this code."),
    "measure": Text(
        nl="Alleen deze maat; mag vaker. Tijd en momenten komen altijd samen.",
        en="Only this measure; may be repeated. Time and events always come together.",
    ),
    "raters": Text(
        nl="Wie vergelijken, met een komma ertussen: anna,bram.",
        en="Whom to compare, with a comma between: anna,bram.",
    ),
    "overlap": Text(
        nl="Deel van het langste moment dat beiden moeten delen om van hetzelfde moment te spreken.",
        en="Share of the longer event that two raters must share for it to be the same event.",
    ),
    "tolerance": Text(
        nl="Marge in seconden voor maten op tijd (als GSEQ), tussen momentopnamen die bij elkaar horen, tegen de "
        "referentie en in de lijst van verschillen (daar anders 1), en in punten voor oordelen.",
        en="Tolerance in seconds for measures by time (as GSEQ), between instants that belong together, against the "
        "reference and in the list of differences (there else 1), and in points for ratings.",
    ),
    "per_clip": Text(nl="Ook de cijfers van elke clip apart.", en="Also the figures of each clip."),
    "format": Text(nl="Hoe het eruit komt.", en="How it comes out."),
    "json": Text(nl="Hetzelfde als --format json.", en="The same as --format json."),
    "output": Text(nl="Schrijf naar dit bestand.", en="Write to this file."),
    "language": Text(nl="Taal: nl of en.", en="Language: nl or en."),
    "data": DATA,
}

WORDS: Mapping[str, Text] = {
    "agreement": Text(nl="Overeenstemming", en="Agreement"),
    "raters": Text(nl="Beoordelaars", en="Raters"),
    "many_raters": Text(nl="{count} beoordelaars", en="{count} raters"),
    "clips": Text(nl="Clips", en="Clips"),
    "clip": Text(nl="Clip", en="Clip"),
    "codes": Text(nl="Codes", en="Codes"),
    "reference": Text(nl="Vergeleken met", en="Compared with"),
    "same_event": Text(nl="Zelfde moment", en="Same event"),
    "overlap": Text(nl="minstens {share} overlap", en="at least {share} overlap"),
    "tolerance": Text(nl="Marge", en="Tolerance"),
    "pass_mark": Text(nl="Grens", en="Pass mark"),
    "begin": Text(nl="Begin hier", en="Begin here"),
    "went_well": Text(nl="Wat de cijfers zeggen", en="What the figures say"),
    "look_first": Text(nl="Bekijk eerst", en="Look at first"),
    "to_moments": Text(nl="Bekijk de momenten", en="Watch the moments"),
    "noticed": Text(nl="Opgevallen in de gegevens", en="Noticed in the data"),
    "notes": Text(nl="Hoe er vergeleken is", en="How they were compared"),
    "more_of_a_tier": Text(
        nl="Met --tier staan hier ook de volgorde en de tabellen van een andere laag.",
        en="With --tier the order and the tables of another tier are here too.",
    ),
    "order": Text(nl="Van verschil naar overeenstemming", en="From difference to agreement"),
    "order_of": Text(nl="Van verschil naar overeenstemming: {tier}", en="From difference to agreement: {tier}"),
    "order_about": Text(
        nl="Van alles wat een van twee beoordelaars zag: welk deel zag de ander ook, met dezelfde code? Daaronder waar "
        "dat cijfer waarschijnlijk tussen ligt (95 %).",
        en="Of all that one of two raters saw: what share did the other see too, with the same code? Below it between "
        "which values that figure probably lies (95 %).",
    ),
    "name": Text(nl="Naam", en="Name"),
    "same": Text(nl="Gelijk", en="Alike"),
    "differs_on": Text(nl="vooral {names}", en="mostly {names}"),
    "cases": Text(nl="{count} momenten", en="{count} cases"),
    "one_case": Text(nl="1 moment", en="1 case"),
    "units": Text(nl="{count} eenheden", en="{count} units"),
    "in_clips": Text(nl="{count} clips", en="{count} clips"),
    "in_one_clip": Text(nl="1 clip", en="1 clip"),
    "and_more": Text(nl="en nog {count}", en="and {count} more"),
    "order_chart": Text(
        nl="{what} van {tier}: elke stip is een cijfer uit de tabel, met zijn interval.",
        en="{what} of {tier}: each dot is a figure of the table, with its interval.",
    ),
    "matrix": Text(nl="Beoordelaars naast elkaar", en="Raters side by side"),
    "matrix_about": Text(
        nl="Elke cel is een cijfer van twee beoordelaars. Wie van de anderen verschilt, staat bovenaan.",
        en="Each cell is a figure of two raters. Who differs from the others is on top.",
    ),
    "on_screen": Text(
        nl="Die van andere lagen staan in het rapport als HTML.",
        en="Those of other tiers are in the report as HTML.",
    ),
    "confusion": Text(nl="Wie noemde het hoe", en="Who called it what"),
    "confusion_about": Text(
        nl="Rijen: wat {first} zag. Kolommen: wat {second} zag op hetzelfde moment.",
        en="Rows: what {first} saw. Columns: what {second} saw at the same moment.",
    ),
    "not_seen": Text(nl="niet gezien", en="not seen"),
    "nothing": Text(nl="niets", en="nothing"),
    "figures": Text(nl="De cijfers per code", en="The figures for each code"),
    "clip_figures": Text(nl="De cijfers van deze clip", en="The figures of this clip"),
    "how_to_read": Text(nl="Zo lees je dit", en="How to read this"),
    "reading_time": Text(
        nl="Op tijd: tijdens welk deel van de video zeggen jullie hetzelfde? Lange stukken tellen zwaarder.",
        en="By time: during what share of the video do you say the same? Longer stretches weigh more.",
    ),
    "reading_event": Text(
        nl="Op momenten: welk deel zagen jullie allebei, met dezelfde code? Kort en lang tellen even zwaar.",
        en="By event: what share did you both see, with the same code? Short and long weigh the same.",
    ),
    "reading_kappa": Text(
        nl="Kappa haalt eraf wat toeval al zou opleveren: 1 is volledig gelijk, 0 is niet meer dan toeval.",
        en="Kappa takes off what chance alone would give: 1 is complete agreement, 0 no more than chance.",
    ),
    "reading_both": Text(
        nl="Lees de twee samen: wie dezelfde tijd anders opknipt, scoort hoog op tijd en laag op momenten.",
        en="Read the two together: who cuts the same time up differently scores high by time, low by event.",
    ),
    "reading_interval": Text(
        nl="Daaronder: waar het ware cijfer waarschijnlijk tussen ligt (95 %). Bij weinig clips is dat te krap.",
        en="Below it: between which values the true figure probably lies (95 %). With few clips that is too narrow.",
    ),
    "reading_pairs": Text(
        nl="Met meer dan twee beoordelaars: het laagste en het hoogste cijfer van twee van hen, en het middelste.",
        en="With more than two raters: the lowest and the highest figure of two of them, and the middle one.",
    ),
    "reading_chance": Text(
        nl="Daaronder: hoe waarschijnlijk het is dat de ware waarde de grens van {mark} haalt.",
        en="Below it: how probable it is that the true value reaches the pass mark of {mark}.",
    ),
    "time_based": Text(nl="Op tijd", en="By time"),
    "event_based": Text(nl="Op momenten", en="By event"),
    "tier": Text(nl="Laag", en="Tier"),
    "code": Text(nl="Code", en="Code"),
    "measure": Text(nl="Maat", en="Measure"),
    "figure": Text(nl="Cijfer", en="Figure"),
    "interval": Text(nl="95 %-interval", en="95 % interval"),
    "why": Text(nl="Waarin", en="In what"),
    "each_pair": Text(nl="elk paar", en="each pair"),
    "rests_on": Text(nl="Rust op", en="Rests on"),
    "n_units": Text(nl="Eenheden", en="Units"),
    "all_raters": Text(nl="allen", en="all"),
    "middle": Text(nl="midden {value}", en="middle {value}"),
    "of_pairs": Text(nl="{count} paren", en="{count} pairs"),
    "pairs_without": Text(nl="{count} paren: {reason}", en="{count} pairs: {reason}"),
    "lowest_pair": Text(nl="laagst: {pair}", en="lowest: {pair}"),
    "chance": Text(
        nl="Tussen haakjes: de kans dat de ware waarde {mark} of hoger is.",
        en="In brackets: the probability that the true value is {mark} or higher.",
    ),
    "chance_of": Text(nl="≥ {mark}: {share}", en="≥ {mark}: {share}"),
    "to_confirm": TO_CONFIRM,
    "whole_tier": Text(nl="hele laag", en="whole tier"),
    "counts": Text(nl="Aantal", en="Count"),
    "undefined": Text(nl="geen cijfer", en="no figure"),
    "families": Text(nl="Alle maten", en="All measures"),
    "timelines": Text(nl="De clips naast elkaar", en="The clips side by side"),
    "legend": Text(nl="Codes", en="Codes"),
    "difference_row": Text(nl="verschil", en="difference"),
    "chart": Text(
        nl="Tijdlijn van {clip} vanaf {start}: elke rij is een beoordelaar.",
        en="Timeline of {clip} from {start}: each row is a rater.",
    ),
    "did_not_code": Text(nl="Niet gecodeerd door: {raters}.", en="Not coded by: {raters}."),
    "saw_nothing": Text(
        nl="{rater} heeft de clip bekeken en niets gecodeerd.",
        en="{rater} watched the clip and coded nothing.",
    ),
    "differences": Text(nl="Momenten om te bespreken", en="Moments to talk about"),
    "no_differences": Text(nl="Geen verschillen in deze clip.", en="No differences in this clip."),
    "when": Text(nl="Wanneer", en="When"),
    "who_what": Text(nl="Wie zag wat", en="Who saw what"),
    "pairs": Text(nl="Paren", en="Pairs"),
    "more_differences": Text(
        nl="Nog {count} verschillen staan niet op deze pagina. Kies met --tier of --code een kleiner deel.",
        en="{count} more differences are not on this page. Choose a smaller part with --tier or --code.",
    ),
    "more_clips": Text(
        nl="Nog {count} clips staan niet op deze pagina; in de cijfers tellen ze mee.",
        en="{count} more clips are not on this page; the figures do include them.",
    ),
    "sources": Text(nl="Wat de maten zeggen", en="What the measures say"),
    "formula": Text(nl="Hoe het berekend wordt", en="How it is calculated"),
    "parts": Text(nl="Waaruit het bestaat", en="What it is made of"),
    "good": Text(nl="Wat als goed geldt", en="What counts as good"),
    "blind": Text(nl="Wat het niet ziet", en="What it cannot see"),
    "source": Text(nl="Bron", en="Source"),
    "no_pair": Text(
        nl="Er is geen clip die twee van deze beoordelaars allebei hebben gecodeerd.",
        en="There is no clip that two of these raters both coded.",
    ),
    "no_codes": Text(
        nl="Niemand heeft in deze clips iets gecodeerd; daar zijn jullie het over eens.",
        en="Nobody coded anything in these clips; on that you agree.",
    ),
    "no_figures": Text(nl="Er is niets te berekenen.", en="There is nothing to calculate."),
}

NO_PANGO = Text(
    nl="op deze computer ontbreekt Pango, dat de tekst van een PDF opmaakt; al het andere werkt. Installeer het: apt "
    "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu), of brew install pango (macOS)",
    en="Pango, which lays out the text of a PDF, is missing on this computer; all else works. Install it: apt install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu), or brew install pango (macOS)",
)

CODE_OF_ALL = Text(
    nl="“{code}” ({tier}): hier verschillen alle beoordelaars. Bespreek samen wat de code betekent.",
    en="“{code}” ({tier}): all raters differ here. Talk together about what the code means.",
)

CODE_OF_SOME = Text(
    nl="“{code}” ({tier}): hier verschillen {raters} van de anderen.",
    en="“{code}” ({tier}): here {raters} differ from the others.",
)

RATER = Text(nl="{rater} verschilt van de anderen ({tier}).", en="{rater} differs from the others ({tier}).")

RATER_IN = Text(
    nl="{rater} verschilt van de anderen ({tier}), vooral bij {codes}.",
    en="{rater} differs from the others ({tier}), mostly on {codes}.",
)

CLIP = Text(
    nl="Clip {clip}: hier verschillen jullie meer dan in de andere clips ({tier}).",
    en="Clip {clip}: here you differ more than in the other clips ({tier}).",
)

FAMILIES: Mapping[Basis, Text] = {
    "time": Text(nl="Op tijd", en="By time"),
    "event": Text(nl="Op momenten", en="By event"),
    "unitizing": Text(nl="Knippen en coderen samen", en="Cutting and coding together"),
    "unit": Text(nl="Op eenheden en oordelen", en="By units and ratings"),
    "rating": Text(nl="Oordelen over hele clips", en="Ratings of whole clips"),
    "sequence": Text(nl="Wat op wat volgt", en="What follows what"),
}

BESIDE: Mapping[str, Text] = {
    "side_by_side": Text(nl="Ervoor en erna naast elkaar", en="Before and after side by side"),
    "changed": Text(nl="Wat veranderde", en="What changed"),
    "title": Text(
        nl="{raters}: {before} clips ervoor en {after} erna ({common} in beide)",
        en="{raters}: {before} clips before and {after} after ({common} in both)",
    ),
    "before": Text(nl="Ervoor", en="Before"),
    "after": Text(nl="Erna", en="After"),
    "difference": Text(nl="Verschil", en="Difference"),
    "higher": Text(nl="Duidelijk hoger dan ervoor: {figures}.", en="Clearly higher than before: {figures}."),
    "lower": Text(nl="Duidelijk lager dan ervoor: {figures}.", en="Clearly lower than before: {figures}."),
    "no_change": Text(
        nl="Geen cijfer van een hele laag is duidelijk anders dan ervoor.",
        en="No figure of a whole tier clearly differs from before.",
    ),
    "by_chance": Text(
        nl="Duidelijk is: nul ligt niet in het 95 %-interval van het verschil. Van {count} cijfers is er ook zonder "
        "verandering soms een die dat heeft.",
        en="Clearly means: zero is not in the 95 % interval of the difference. Of {count} figures one may have that "
        "without any change.",
    ),
    "no_intervals": Text(
        nl="Hoe zeker een verschil is, is hier niet te zeggen; --json noemt bij elk cijfer waarom.",
        en="How sure a difference is cannot be said here; --json says why for each figure.",
    ),
    "nothing": Text(nl="Geen cijfer is er beide keren.", en="No figure is in both."),
}

NOBODY_DIFFERS = Text(
    nl="Geen code, beoordelaar of clip verschilt duidelijk van de andere.",
    en="No code, rater or clip clearly differs from the others.",
)
TOO_FEW_CLIPS = Text(
    nl="Te weinig clips om te zeggen of iemand of iets duidelijk verschilt.",
    en="Too few clips to say whether anybody or anything clearly differs.",
)
NO_INTERVALS = Text(
    nl="Zonder intervallen is niet te zeggen of iemand of iets duidelijk verschilt.",
    en="Without intervals it cannot be said whether anybody or anything clearly differs.",
)
