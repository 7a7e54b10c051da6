"""Every word of the agreement pages, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vib.language import Language, Text
from vib.roles import May

NOT_FOUND = Text(nl="Niet gevonden", en="Not found")
NOT_THERE = Text(
    nl="Deze ronde, dit project of deze clip is er niet, of is niet aan jou toegewezen.",
    en="This round, project or clip is not there, or has not been assigned to you.",
)
BAD_ADDRESS = Text(nl="Dit klopt niet helemaal", en="Something is not right here")
NOT_TOGETHER = Text(nl="Dit is niet te vergelijken", en="This cannot be compared")
NOT_NOW = Text(nl="Nu even niet", en="Not right now")
NO_RECORD = Text(
    nl="Er kan nu niet worden vastgelegd wie wat ziet, en daarom wordt niets getoond. Vraag het aan de beheerder.",
    en="It cannot be recorded now who sees what, and so nothing is shown. Ask the administrator.",
)
NOTHING_SHARED = Text(
    nl="Er is nog geen clip die twee mensen hebben ingeleverd. Zodra dat zo is, zie je hier wat zij allebei zagen.",
    en="There is no clip yet that two people submitted. As soon as there is, you see here what both of them saw.",
)
NOTHING_CODED = Text(
    nl="Iedereen heeft gekeken en niemand heeft iets gecodeerd; daar zijn zij het over eens. "
    "Er valt verder niets te vergelijken.",
    en="Everybody watched and nobody coded anything; on that they agree. There is nothing else to compare.",
)

EMPTY: Mapping[May, Text] = {
    May.ROUNDS: Text(
        nl="Je leidt nog geen ronde. Vraag de beheerder een ronde te maken met jou als opleider; "
        "zodra twee mensen dezelfde clip hebben ingeleverd, vergelijk je hier hun codes.",
        en="You do not lead a round yet. Ask the administrator to make a round with you as supervisor; "
        "as soon as two people submitted the same clip, you compare their codes here.",
    ),
    May.FAMILIES: Text(
        nl="Aan jou is nog geen gezin toegewezen. Vraag het aan de beheerder. "
        "Lever daarna je codes in bij een clip die ook een collega heeft gecodeerd.",
        en="No family has been assigned to you yet. Ask the administrator. "
        "Then submit your codes for a clip that a colleague coded too.",
    ),
}

KIND_NAMES: Mapping[str, Text] = {
    "missed": Text(nl="niet iedereen zag het", en="not everybody saw it"),
    "other_code": Text(nl="andere code", en="other code"),
    "boundary": Text(nl="ander begin of einde", en="other start or end"),
    "attribute": Text(nl="anders omschreven", en="described otherwise"),
}

OFFERED: Mapping[str, Text] = {
    "heading": Text(nl="Overeenstemming", en="Agreement"),
    "about": Text(
        nl="Wat zagen mensen allebei, en welke momenten zijn een gesprek waard?",
        en="What did people both see, and which moments are worth talking about?",
    ),
}

WORDS: Mapping[str, Text] = {
    "after": Text(nl="Volgende clip", en="Next clip"),
    "agreement": Text(nl="Overeenstemming", en="Agreement"),
    "all": Text(nl="alles", en="all"),
    "all_clips": Text(nl="alle clips", en="all clips"),
    "all_codes": Text(nl="alle codes", en="all codes"),
    "all_tiers": Text(nl="alle lagen", en="all tiers"),
    "calculated": Text(nl="Ook wat berekend is", en="What is calculated too"),
    "calculated_mark": Text(nl="berekend", en="calculated"),
    "also": Text(nl="Ook tonen", en="Show as well"),
    "also_none": Text(nl="niets", en="nothing"),
    "also_all": Text(nl="alle maten", en="all measures"),
    "also_all_show": Text(nl="Toon alle maten", en="Show all measures"),
    "apply": Text(nl="Toon", en="Show"),
    "back": Text(nl="Terug naar de cijfers", en="Back to the figures"),
    "back_to_round": Text(nl="Terug naar de ronde", en="Back to the round"),
    "before": Text(nl="Vorige clip", en="Previous clip"),
    "choose": Text(nl="Kies wat je ziet", en="Choose what you see"),
    "clip": Text(nl="Clip", en="Clip"),
    "clips": Text(nl="Clips", en="Clips"),
    "clips_about": Text(
        nl="Bekijk samen de momenten waarop mensen verschillen. Eén klik, en de video speelt dat moment af.",
        en="Watch the moments together on which people differ. One click, and the video plays that moment.",
    ),
    "code": Text(nl="Code", en="Code"),
    "count": Text(nl="Aantal", en="Count"),
    "download": Text(nl="Meenemen", en="Take along"),
    "download_all": Text(nl="Alle lagen en paren, met beoordelingen", en="All tiers and pairs, with ratings"),
    "download_moments": Text(nl="Momenten, met wat is afgesproken", en="Moments, with what was settled"),
    "download_shown": Text(nl="Wat je hier ziet", en="What you see here"),
    "filter_kinds": Text(nl="Toon", en="Show"),
    "hint_keys": Text(nl="volgende, vorige, spatie speelt of pauzeert", en="next, previous, space plays or pauses"),
    "lead": Text(
        nl="Hier vergelijk je wat mensen in dezelfde clips zagen: eerst wat goed ging, dan de cijfers, "
        "dan de momenten om samen te bekijken.",
        en="Here you compare what people saw in the same clips: first what went well, then the figures, "
        "then the moments to watch together.",
    ),
    "left_moments": Text(
        nl="Nog {0} lichtere verschillen staan niet in deze lijst; kies een laag of een paar.",
        en="{0} lighter differences are not in this list; choose a tier or a pair.",
    ),
    "legend": Text(nl="Codes", en="Codes"),
    "more_problems": Text(nl="en {} meer", en="and {} more"),
    "moments": Text(nl="Momenten om te bespreken", en="Moments to talk about"),
    "no_codebook": Text(
        nl="Van dit project is geen codeboek bekend; je ziet de codes zoals ze zijn opgeslagen.",
        en="No codebook is known for this project; you see the codes as they are stored.",
    ),
    "no_moments": Text(nl="Geen verschillen in deze clip.", en="No differences in this clip."),
    "no_verdict": Text(
        nl="Deze cijfers gaan over het coderen, nooit over een gezin of een kind. Bespreek ze samen.",
        en="These figures are about coding, never about a family or a child. Talk them over together.",
    ),
    "no_video": Text(nl="De video van deze clip is er niet.", en="The video of this clip is not there."),
    "not_both": Text(
        nl="Deze clip hebben nog geen twee mensen ingeleverd; er is nog niets te vergelijken.",
        en="No two people submitted this clip yet; there is nothing to compare.",
    ),
    "not_own": Text(
        nl="Van deze clip is er van jou en een ander nog niets naast elkaar te leggen.",
        en="Of this clip there is nothing yet of you and another to lay side by side.",
    ),
    "not_seen": Text(nl="niet gezien", en="not seen"),
    "of": Text(nl="van", en="of"),
    "open": Text(nl="Bekijk", en="Look"),
    "overlap": Text(nl="Zelfde moment bij overlap vanaf", en="Same event from an overlap of"),
    "page": Text(nl="bladzijde", en="page"),
    "pair": Text(nl="Paar", en="Pair"),
    "pass_mark": Text(nl="Norm", en="Pass mark"),
    "problems": Text(nl="Dit kon niet worden gelezen", en="This could not be read"),
    "project": Text(nl="gezin", en="family"),
    "raters": Text(nl="Wie codeerden", en="Who coded"),
    "reference": Text(nl="Referentie", en="Reference"),
    "reference_none": Text(nl="geen", en="none"),
    "refresh": Text(nl="Deze bladzijde ververst zichzelf.", en="This page refreshes itself."),
    "remark_time": Text(
        nl="De video begint twee seconden eerder en stopt aan het einde van het moment.",
        en="The video starts two seconds before, and stops at the end of the moment.",
    ),
    "retry": Text(nl="Terug", en="Back"),
    "round": Text(nl="ronde", en="round"),
    "saw_nothing": Text(
        nl="{0} heeft de clip bekeken en niets gecodeerd.", en="{0} watched the clip and coded nothing."
    ),
    "sort": Text(nl="Volgorde", en="Order"),
    "sort_time": Text(nl="op tijd in de clip", en="by time in the clip"),
    "sort_weight": Text(nl="het zwaarst eerst", en="weightiest first"),
    "still_intervals": Text(
        nl="De intervallen worden nog berekend; daarna staat er ook wat als eerste te bekijken is.",
        en="The intervals are still being calculated; then it also says what to look at first.",
    ),
    "reload": Text(nl="Ververs", en="Reload"),
    "coders": Text(nl="mensen", en="people"),
    "start": Text(nl="Start", en="Start"),
    "tier": Text(nl="Laag", en="Tier"),
    "tiers": Text(nl="Lagen", en="Tiers"),
    "timelines": Text(nl="Wat ieder zag", en="What each saw"),
    "timelines_about": Text(nl="Klik in een tijdlijn om daarheen te gaan.", en="Click in a timeline to go there."),
    "tolerance": Text(nl="Marge in seconden", en="Tolerance in seconds"),
    "waiting": Text(nl="Even rekenen", en="Calculating"),
    "waiting_about": Text(
        nl="Er is veel te vergelijken in {0}. Het gaat door, ook als je deze bladzijde sluit.",
        en="There is much to compare in {0}. It goes on, also when you close this page.",
    ),
    "raters_many": Text(nl="{0} mensen", en="{0} people"),
    "who": Text(nl="Wie", en="Who"),
    "everybody": Text(nl="iedereen", en="everybody"),
    "with_whom": Text(nl="Met wie", en="With whom"),
    "with_all": Text(nl="alle anderen", en="all others"),
    "who_saw_what": Text(nl="Wie zag wat", en="Who saw what"),
    "weight": Text(nl="Gewicht", en="Weight"),
    "weight_about": Text(
        nl="Het gewicht is hoeveel seconden het verschil beslaat, over alle paren: de duur van wat één iemand zag of "
        "anders codeerde, de seconden waarmee begin en einde schelen, of de halve duur van wat anders omschreven is.",
        en="The weight is how many seconds the difference covers, over all pairs: the duration of what one did not see "
        "or coded otherwise, the seconds by which start and end differ, or half of what is described otherwise.",
    ),
}
"""What the templates say, by name."""

_ALL_IN = Text(nl="Iedereen heeft alles ingeleverd.", en="Everybody submitted everything.")
_STILL = Text(nl="Nog niet ingeleverd: {0}.", en="Not submitted yet: {0}.")
_STILL_ONE = Text(nl="{0} {1} van {2}", en="{0} {1} of {2}")
_NO_CLIPS = Text(nl="Er zijn nog geen clips uitgedeeld.", en="No clips have been handed out yet.")
_NOBODY = Text(nl="Er doet nog niemand mee.", en="Nobody takes part yet.")
_SHARED = Text(nl="{0} van {1} clips kun je vergelijken.", en="You can compare {0} of {1} clips.")
_OWN_FIRST = Text(
    nl="Lever zelf een clip in die ook een collega codeert: dan zie je elkaars codes en kun je ze hier vergelijken.",
    en="Submit a clip that a colleague codes too: then you see each other's codes and can compare them here.",
)


def missing(raters: Sequence[tuple[str, int]], clips: int, shared: int, kind: str, language: Language) -> list[str]:
    """Say how far a group is, and what is missing before there is more to compare.

    Examples
    --------
    >>> missing([("anna", 2), ("bram", 1)], 2, 1, "round", "en")
    ['You can compare 1 of 2 clips.', 'Not submitted yet: bram 1 of 2.']
    """
    if not clips:
        return [_NO_CLIPS.to(language)]
    said = [_SHARED.to(language).format(shared, clips)] if shared else []
    if kind == "project":
        return said or [_OWN_FIRST.to(language)]
    if not raters:
        return [_NOBODY.to(language)]
    behind = [_STILL_ONE.to(language).format(name, clips - done, clips) for name, done in raters if done < clips]
    return [*said, _STILL.to(language).format(", ".join(behind)) if behind else _ALL_IN.to(language)]
