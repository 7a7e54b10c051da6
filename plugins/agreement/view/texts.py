"""The words of a report, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text
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
        "CSV met clip,duration,rater,tier,code,start,end,rating,value.",
        en="File with the raters' codes: vib-observations/1, a JSON export of Label Studio, or a CSV with "
        "clip,duration,rater,tier,code,start,end,rating,value.",
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
    "and": Text(nl="en", en="and"),
    "lead": Text(
        nl="Wat zagen jullie allebei, hoe ver zijn jullie het eens, en welke momenten bespreken jullie nog?",
        en="What did you both see, how far do you agree, and which moments are worth talking about?",
    ),
    "raters": Text(nl="Beoordelaars", en="Raters"),
    "clips": Text(nl="Clips", en="Clips"),
    "clip": Text(nl="Clip", en="Clip"),
    "same_event": Text(nl="Zelfde moment", en="Same event"),
    "overlap": Text(nl="minstens {share} overlap", en="at least {share} overlap"),
    "tolerance": Text(nl="Marge", en="Tolerance"),
    "went_well": Text(nl="Hier zijn jullie het over eens", en="What you agree on"),
    "same_one": Text(nl="moment zagen jullie allebei, met dezelfde code", en="event you both saw, with the same code"),
    "same_many": Text(
        nl="momenten zagen jullie allebei, met dezelfde code", en="events you both saw, with the same code"
    ),
    "pair_card": Text(
        nl="Hoe vaak beiden hetzelfde zagen met dezelfde code, en welk deel van de tijd ze gelijk zijn.",
        en="How often both saw the same event with the same code, and how much of the time they agree.",
    ),
    "of_the_time": Text(nl="van de tijd zeggen jullie hetzelfde", en="of the time you say the same"),
    "nothing_same": Text(
        nl="Nog geen moment gelijk gecodeerd. Bekijk de clip samen: de verschillen staan hieronder.",
        en="No event coded the same yet. Watch the clip together: the differences are below.",
    ),
    "no_pair": Text(
        nl="Er is geen clip die twee van deze beoordelaars allebei hebben gecodeerd.",
        en="There is no clip that two of these raters both coded.",
    ),
    "no_codes": Text(
        nl="Niemand heeft in deze clips iets gecodeerd; daar zijn jullie het over eens.",
        en="Nobody coded anything in these clips; on that you agree.",
    ),
    "figures": Text(nl="De cijfers", en="The figures"),
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
    "time_based": Text(nl="Op tijd", en="By time"),
    "event_based": Text(nl="Op momenten", en="By event"),
    "tier": Text(nl="Laag", en="Tier"),
    "code": Text(nl="Code", en="Code"),
    "measure": Text(nl="Maat", en="Measure"),
    "figure": Text(nl="Cijfer", en="Figure"),
    "interval": Text(nl="95 %-interval", en="95 % interval"),
    "n_units": Text(nl="Eenheden", en="Units"),
    "all_raters": Text(nl="allen", en="all"),
    "chance": Text(
        nl="Tussen haakjes: de kans dat de ware waarde {mark} of hoger is.",
        en="In brackets: the probability that the true value is {mark} or higher.",
    ),
    "chance_of": Text(nl="≥ {mark}: {share}", en="≥ {mark}: {share}"),
    "reading_chance": Text(
        nl="Daaronder: hoe waarschijnlijk het is dat de ware waarde de grens van {mark} haalt.",
        en="Below it: how probable it is that the true value reaches the pass mark of {mark}.",
    ),
    "other_figures": Text(nl="Meer cijfers", en="More figures"),
    "reading_interval": Text(
        nl="Daaronder: waar het ware cijfer waarschijnlijk tussen ligt (95 %). Bij weinig clips is dat te krap.",
        en="Below it: between which values the true figure probably lies (95 %). With few clips that is too narrow.",
    ),
    "whole_tier": Text(nl="hele laag", en="whole tier"),
    "attribute": Text(nl="omschrijving", en="attribute"),
    "counts": Text(nl="Aantal", en="Count"),
    "undefined": Text(nl="geen cijfer", en="no figure"),
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
    "what": Text(nl="Verschil", en="Difference"),
    "not_seen": Text(nl="—", en="—"),
    "more_differences": Text(
        nl="Nog {count} verschillen staan niet op deze pagina. Kies met --tier of --code een kleiner deel.",
        en="{count} more differences are not on this page. Choose a smaller part with --tier or --code.",
    ),
    "more_clips": Text(
        nl="Nog {count} clips staan niet op deze pagina; in de cijfers tellen ze mee.",
        en="{count} more clips are not on this page; the figures do include them.",
    ),
    "sources": Text(nl="Verantwoording", en="Methods and sources"),
    "no_figures": Text(nl="Er is niets te berekenen.", en="There is nothing to calculate."),
    "legend_more": Text(nl="en nog {count}", en="and {count} more"),
}


METHODS: Mapping[str, Text] = {
    "time_unit_percent": Text(
        nl="Deel van de hele duur van de clips waarin beiden dezelfde code geven, of allebei niets. "
        "Codes die tegelijk lopen, zijn samen één categorie; momentopnamen zonder duur tellen niet mee.",
        en="Share of the whole duration of the clips in which both give the same code, or both nothing. "
        "Codes that go on at once are one category together; instants have no duration and do not count.",
    ),
    "time_unit_kappa": Text(
        nl="Kappa van Cohen, met tijd als eenheid, over dezelfde verdeling.",
        en="Cohen's kappa with time as its unit, over the same division.",
    ),
    "event_percent": Text(
        nl="Twee momenten zijn hetzelfde als ze genoeg overlappen, vergeleken met het langste. Deel van alle "
        "momenten dat beiden zagen, met dezelfde code; bij één code telt mee dat beiden iets anders zagen.",
        en="Two events are the same when they overlap enough, compared with the longer one. Share of all "
        "events that both saw, with the same code; for one code, agreeing that it is something else counts.",
    ),
    "percent_linked": Text(
        nl="Deel van alle momenten dat beiden zagen, met welke code dan ook.",
        en="Share of all events that both saw, with whatever code.",
    ),
    "event_kappa": Text(
        nl="Kappa over de momenten; wat geen van beiden zag, kan niemand tellen en telt niet als toeval.",
        en="Kappa over the events; what neither saw cannot be counted and is not taken for chance.",
    ),
}
