"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib import words
from vib.codebook import Polarity
from vib.codebook.book import Category
from vib.language import Text

POLARITIES: Mapping[Polarity, Text] = {
    "ja": Text(nl="ja", en="yes (ja)"),
    "nee": Text(nl="nee", en="no (nee)"),
}
CATEGORIES: Mapping[Category, tuple[Text, Text]] = {
    "vib": (
        Text(nl="VIB en video-hometraining", en="VIB and video-hometraining"),
        Text(
            nl="Kijken naar contact: in het gezin, in de groep, op bezoek, en in de nabespreking.",
            en="Looking at contact: in the family, in a group, on a visit, and in the review.",
        ),
    ),
    "signals": (
        Text(nl="Leren kijken: signalen en micro", en="Learning to look: signals and micro"),
        Text(
            nl="Kleine dingen van dichtbij: wat zie en hoor je precies?",
            en="Small things from close by: what exactly do you see and hear?",
        ),
    ),
    "programme": (
        Text(nl="Andere programma’s", en="Other programmes"),
        Text(
            nl="Onze weergave van wat openbare bronnen over andere programma’s zeggen. Om ze te geven heb je hun "
            "eigen opleiding nodig.",
            en="Our rendering of what public sources say of other programmes. Who gives them needs their own training.",
        ),
    ),
}
"""How the methods are listed, in this order: a heading, and what is there."""

METHOD_FACTS = Text(nl="{0} codes, waarvan {1} te bevestigen", en="{0} codes, {1} of them to be confirmed")
UNCONFIRMED = Text(nl="Nog te bevestigen: {0} van de {1} codes", en="Still to be confirmed: {0} of the {1} codes")
UNCONFIRMED_RATINGS = Text(nl=" en {0} van de {1} beoordelingen", en=" and {0} of the {1} ratings")

MARK = Text(
    nl="Bekijk het opnieuw en geef op de tijdlijn aan wat je ziet, van begin tot eind:",
    en="Watch it again and mark on the timeline what you see, from onset to offset:",
)
DESCRIBE = Text(
    nl="Kies een aangegeven stuk en beantwoord de vragen die erbij horen:",
    en="Choose a marked stretch and answer the questions that belong to it:",
)
RATE = Text(
    nl="Beoordeel daarna de clip als geheel, en laat leeg waar niets van te zien is:",
    en="Then rate the clip as a whole, and leave empty what cannot be seen in it:",
)

RATINGS = Text(nl="beoordeling van de hele clip", en="ratings of the whole clip")
FOUND = Text(nl="{0} van de {1} gevonden", en="{0} of {1} found")

SEARCHED = Text(nl="{0} gevonden voor ‘{1}’", en="{0} found for ‘{1}’")
SEARCHED_MORE = Text(
    nl="De eerste {0} staan er; maak je vraag preciezer voor de andere.",
    en="The first {0} are shown; ask more precisely for the others.",
)
NONE = Text(nl="geen", en="none")
HARD_CODED = Text(nl="{0} mensen, {1} clips", en="{0} people, {1} clips")
HARD_AGREED = Text(nl="{0} van de {1} keer eens", en="agreed {0} of {1} times")
NOT_NOW = Text(nl="Nu even niet", en="Not now")
NO_RECORD = Text(
    nl="Dit kon niet worden vastgelegd in het logboek, en wordt daarom niet getoond.",
    en="This could not be recorded in the audit log, and is therefore not shown.",
)
NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NO_METHOD = Text(
    nl="Deze handleiding is er niet. Op de startpagina staan de handleidingen die er wel zijn.",
    en="There is no such guide. The start page lists the guides that there are.",
)
NOT_READABLE = Text(nl="Niet te lezen", en="Not readable")
NO_CODE = Text(
    nl="Deze code staat niet in dit codeboek. In de handleiding van de methode staan de codes die er wel zijn.",
    en="This code is not in this codebook. The guide of the method has the codes that there are.",
)
NO_WHY = Text(nl="Deze pagina is er niet.", en="There is no such page.")
UNREADABLE = Text(
    nl="Het codeboek van deze methode is niet te lezen. De beheerder kan zien waarom.",
    en="The codebook of this method cannot be read. The administrator can see why.",
)

WORDS: Mapping[str, Text] = {
    "about_sources": words.ABOUT_SOURCES,
    "contents": Text(nl="Inhoud", en="Contents"),
    "example": words.EXAMPLE,
    "guide": Text(nl="Handleiding", en="Guide"),
    "guide_about": Text(
        nl="Wat elke code betekent, met een voorbeeld erbij.", en="What each code means, with an example."
    ),
    "hardest": Text(nl="Wat voor jullie het lastigst is", en="What is hardest for your team"),
    "hardest_about": Text(
        nl="De codes waarover je groep het in je rondes het minst eens is. Zo’n lijst zegt iets over de uitleg, niet "
        "over wie codeert: bespreek de code samen, met het verschil ernaast.",
        en="Codes on which those who code in your rounds agree least. Such a list says something of the explanation, "
        "not of who codes: discuss the code together, with the difference beside it.",
    ),
    "hardest_empty": Text(
        nl="Er is nog niets te vergelijken: dat kan zodra twee mensen in een ronde van jou dezelfde clip met deze "
        "methode hebben ingeleverd.",
        en="There is nothing to compare yet: there is as soon as two people in a round of yours have submitted the "
        "same clip with this method.",
    ),
    "hardest_instead": Text(nl="De ander koos:", en="The other chose:"),
    "hardest_none": Text(
        nl="Over alle codes die vaak genoeg gegeven zijn, was iedereen het eens.",
        en="On all codes that were given often enough, everybody agreed.",
    ),
    "how": Text(nl="Zo codeer je", en="How to code"),
    "key": Text(nl="toets", en="key"),
    "not_with": Text(nl="niet samen met", en="not together with"),
    "nothing": Text(nl="Niets gevonden. Probeer een ander woord.", en="Nothing found. Try another word."),
    "owned_by": Text(nl="eigenaar:", en="owner:"),
    "owner": Text(nl="eigenaar van de methode", en="owner of the method"),
    "search": Text(nl="Zoek een code", en="Find a code"),
    "source": Text(nl="bron", en="source"),
    "sources": Text(nl="Over de bronnen", en="About the sources"),
    "to_start": Text(nl="Naar de startpagina", en="To the start page"),
    "unreadable": Text(nl="niet te lezen", en="cannot be read"),
    "version": Text(nl="versie", en="version"),
    "all_methods": Text(nl="Alle methoden", en="All methods"),
    "all_methods_about": Text(
        nl="Welke methoden er zijn, van wie ze zijn, en hoeveel ervan bevestigd is.",
        en="Which methods there are, whose they are, and how much of them is confirmed.",
    ),
    "beside": words.NOT_TO_CONFUSE,
    "beside_difference": Text(nl="Het verschil", en="The difference"),
    "blocks": words.BLOCKS,
    "changes": words.CHANGES,
    "counter_example": words.COUNTER_EXAMPLE,
    "decide": words.DECIDE,
    "decide_about": Text(
        nl="Begin bovenaan en volg met je vinger: ja gaat opzij naar de code, nee gaat omlaag naar de volgende "
        "vraag. Het eerste dat past, is het antwoord.",
        en="Begin at the top and follow with a finger: yes goes aside to the code, no goes down to the next "
        "question. The first that fits is the answer.",
    ),
    "definition": Text(nl="Wat het is", en="What it is"),
    "elsewhere": Text(nl="Heet elders", en="Called elsewhere"),
    "levels": words.LEVELS,
    "levels_about": words.LEVELS_ABOUT,
    "methods": Text(nl="Methoden", en="Methods"),
    "no": words.NO,
    "none_fits": words.NONE_FITS,
    "note": words.NOTE,
    "points": words.POINTS,
    "print": Text(
        nl="Afdrukken doe je met Ctrl+P; elke code blijft heel op de bladzijde.",
        en="Print with Ctrl+P; every code stays whole on its page.",
    ),
    "retired": words.RETIRED,
    "rules": words.RULES,
    "search_all": Text(nl="Zoek in alle methoden", en="Search all methods"),
    "search_button": Text(nl="Zoek", en="Search"),
    "search_hint": Text(
        nl="Een woord in het Nederlands of het Engels, zoals ‘volgen’ of ‘praise’.",
        en="A word in Dutch or English, such as ‘volgen’ or ‘praise’.",
    ),
    "sessions": words.SESSIONS,
    "siblings": Text(nl="Andere antwoorden op deze vraag", en="Other answers to this question"),
    "situations": words.SITUATIONS,
    "training": words.TRAINING,
    "yes": words.YES,
    "moment": Text(nl="bekijk een moment", en="watch a moment"),
    "moments": Text(nl="Bekijk een moment", en="Watch a moment"),
    "moments_about": Text(
        nl="Uit de democlips, met verzonnen gezinnen. Kijk eerst zonder geluid, dan met.",
        en="From the demo clips, with invented families. Watch first without sound, then with it.",
    ),
    "next": Text(nl="Volgende code", en="Next code"),
    "previous": Text(nl="Vorige code", en="Previous code"),
    "why": Text(nl="Waarom we zo kijken", en="Why we look this way"),
    "why_about": Text(
        nl="Korte pagina’s in gewone woorden over gehechtheid, sensitiviteit en pleegzorg, met hun bronnen.",
        en="Short pages in plain words on attachment, sensitivity and foster care, with their sources.",
    ),
    "why_own_words": Text(
        nl="In onze eigen woorden verteld; feiten komen uit de genoemde bronnen.",
        en="Told in our own words; facts come from the sources that are named.",
    ),
    "why_short": Text(nl="Waarom", en="Why"),
    "why_sources": Text(nl="Bronnen", en="Sources"),
}
"""What the templates say, by name."""
