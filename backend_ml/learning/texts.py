"""Every word of learning that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.invocation import VIB
from vib.language import Text
from vib.terminal import DATA

SHIPPED = "shipped"
"""What the head that comes with the product is called."""

LEAST_TURNS = 20
"""Turns with a voice in them below which nothing is learnt."""

TOO_FEW = Text(
    nl=f"er zijn nog geen {LEAST_TURNS} nagekeken beurten waarin een stem te horen is",
    en=f"there are not yet {LEAST_TURNS} checked turns in which a voice is heard",
)
ONE_ACTOR = Text(
    nl="alle nagekeken beurten zijn van kinderen, of alle van volwassenen; voor de grens daartussen zijn beide nodig",
    en="all checked turns are of children, or all of adults; the border between them takes both",
)
ONE_CLIP = Text(
    nl="er is één nagekeken clip; om te zien of leren helpt is er een tweede nodig, van liefst een ander gezin",
    en="there is one checked clip; to see whether learning helps takes a second one, of another family if possible",
)
NOTHING_HELPS = Text(
    nl="wat eruit te leren valt, helpt niet bij stemmen die er niet bij waren",
    en="what there is to learn does not help with voices that were left out",
)
NOT_BETTER = Text(
    nl="de winst bij stemmen die er niet bij waren, kan toeval zijn",
    en="the gain with voices that were left out may be chance",
)
WORSE_FOR_SOME = Text(
    nl="iemand die er niet bij was, zou vaker de verkeerde rol krijgen",
    en="somebody who was left out would get the wrong role more often",
)
WORSE_ON_GUARD = Text(
    nl="iemand uit de bewakingsset zou vaker de verkeerde rol krijgen",
    en="somebody in the guard set would get the wrong role more often",
)
SAME = Text(nl="er is niets nieuws geleerd", en="nothing new was learnt")

COMMAND: Mapping[str, Text] = {
    "train": Text(
        nl="""Leer van nagekeken beurten wie een kind is en wie een volwassene.

Het geleerde wordt alleen gebruikt als het beter werkt voor mensen die er niet bij waren.
Met --observations leert het ook van bestanden die vib export schreef.""",
        en="""Learn from checked turns who is a child and who is an adult.

What is learnt is used only if it works better for people who were left out.
With --observations it learns from files that vib export wrote too.""",
    ),
    "heads": Text(
        nl="Toon wat er geleerd is, met cijfers, en wat er in gebruik is.",
        en="Show what was learnt, with figures, and what is in use.",
    ),
    "use": Text(
        nl="""Gebruik voortaan een andere versie; shipped is wat er bij de installatie hoort.""",
        en="""Use another version from now on; shipped is what comes with the installation.""",
    ),
    "forget": Text(
        nl="""Wis de nagekeken beurten van een gezin of clip, en alles wat daarvan geleerd is.""",
        en="""Erase the checked turns of a family or clip, and all that was learnt from them.""",
    ),
    "version": Text(nl="Naam van de versie, of shipped.", en="Name of the version, or shipped."),
    "observations": Text(
        nl="Observatiebestand om ook van te leren; mag vaker.",
        en="Observations file to learn from too; may be given more than once.",
    ),
    "family": Text(nl="Alleen voor dit gezin, zoals F-0001.", en="For this family only, such as F-0001."),
    "clip": Text(nl="Geluidsbestand van de clip.", en="Sound file of the clip."),
    "forget_family": Text(nl="Gezin, zoals F-0001.", en="Family, such as F-0001."),
    "data": DATA,
    "json": Text(nl="Schrijf JSON, voor programma's.", en="Write JSON, for programs."),
    "learning": Text(nl="leren", en="learning"),
    "learnt_from": Text(
        nl="Geleerd van {turns} nagekeken beurten: {speakers} sprekers in {families} gezinnen.",
        en="Learnt from {turns} checked turns: {speakers} speakers in {families} families.",
    ),
    "unheard": Text(
        nl="{clips} nagekeken clips tellen niet mee: wat erin te horen was, is niet bewaard of er klinkt geen stem in"
        f" een beurt. Knip ze opnieuw met {VIB} segment.",
        en="{clips} checked clips do not count: what was heard in them is not kept, or no voice is heard in a turn."
        f" Cut them again with {VIB} segment.",
    ),
    "no_media": Text(
        nl="{clip}: het geluid staat niet in de mediamap; overgeslagen",
        en="{clip}: its sound is not in the media folder; left out",
    ),
    "figures": Text(
        nl="Goede rol bij wie er niet bij was: {before:.1%} -> {after:.1%} (verschil {low:+.1%} tot {high:+.1%})."
        " Bewakingsset: {guard_before:.1%} -> {guard_after:.1%}.",
        en="Right role for who was left out: {before:.1%} -> {after:.1%} (difference {low:+.1%} to {high:+.1%})."
        " Guard set: {guard_before:.1%} -> {guard_after:.1%}.",
    ),
    "accepted": Text(
        nl=f"In gebruik: versie {{version}}. Terug kan met: {VIB} segment use {{parent}}",
        en=f"In use: version {{version}}. To go back: {VIB} segment use {{parent}}",
    ),
    "kept": Text(nl="Niets veranderd: {because}.", en="Nothing changed: {because}."),
    "using": Text(nl="In gebruik: {version}.", en="In use: {version}."),
    "none": Text(nl="Er is nog niets geleerd; in gebruik: {version}.", en="Nothing was learnt yet; in use: {version}."),
    "forgotten": Text(
        nl="Gewist: {corrections} nagekeken clips en {versions} geleerde versies.",
        en="Erased: {corrections} checked clips and {versions} learnt versions.",
    ),
    "column_version": Text(nl="versie", en="version"),
    "column_made": Text(nl="gemaakt", en="made"),
    "column_for": Text(nl="voor", en="for"),
    "column_turns": Text(nl="beurten", en="turns"),
    "column_families": Text(nl="gezinnen", en="families"),
    "column_before": Text(nl="voor", en="before"),
    "column_after": Text(nl="na", en="after"),
    "column_gain": Text(nl="verschil", en="difference"),
    "column_in_use": Text(nl="in gebruik", en="in use"),
    "everybody": Text(nl="iedereen", en="everybody"),
    "one_family": Text(nl="een gezin", en="a family"),
    "yes": Text(nl="ja", en="yes"),
}
