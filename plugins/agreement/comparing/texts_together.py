"""What is said of codes that can or cannot be compared, in Dutch and English."""

from __future__ import annotations

from vib.language import Text

CALCULATED = Text(
    nl="Berekend uit de codes, door niemand gegeven: {tiers}.",
    en="Calculated from the codes, given by nobody: {tiers}.",
)
NOT_KNOWN_BY_WHAT = Text(
    nl="het bestand zegt niet met welke methode is gecodeerd, dus is er niets te berekenen; geef --project, of een "
    "bestand van {vib} export --format observations",
    en="the file does not say with which method was coded, so that nothing can be calculated; give --project, or a "
    "file of {vib} export --format observations",
)
OTHER_METHODS = Text(
    nl="is gecodeerd met verschillende methoden ({who}): die worden niet vergeleken; kies beoordelaars met --raters",
    en="was coded with different methods ({who}): these are not compared; choose raters with --raters",
)
NOT_INSTALLED = Text(
    nl="is gecodeerd met verschillende versies of niveaus ({who}), en {method} is hier niet geïnstalleerd: of ze te "
    "vergelijken zijn is niet bekend",
    en="was coded with different versions or levels ({who}), and {method} is not installed here: whether they can be "
    "compared is not known",
)
NOT_TOLD = Text(
    nl="is gecodeerd met verschillende versies of niveaus ({who}): {reason}",
    en="was coded with different versions or levels ({who}): {reason}",
)
OTHER_MEANING = Text(
    nl="is gecodeerd met verschillende versies ({who}), en {tiers} betekent daartussen iets anders: codes van ervoor "
    "en erna worden niet vergeleken",
    en="was coded with different versions ({who}), and {tiers} got another meaning between them: codes of before and "
    "after are not compared",
)
OTHER_MEANING_SOME = Text(
    nl="is gecodeerd met verschillende versies ({who}), en {tiers} betekent daartussen iets anders: codes van ervoor "
    "en erna worden niet vergeleken. Wel te vergelijken, een voor een (--tier): {rest}",
    en="was coded with different versions ({who}), and {tiers} got another meaning between them: codes of before and "
    "after are not compared. These can be compared, one by one (--tier): {rest}",
)
MAPPED = Text(
    nl="Gecodeerd met verschillende versies ({who}): vergeleken zoals {version} ze heeft. Clips: {clips}.",
    en="Coded with different versions ({who}): compared as {version} has them. Clips: {clips}.",
)
OTHER_LEVELS = Text(
    nl="Gecodeerd op verschillende niveaus ({who}): vergeleken is alleen wat aan allen gevraagd is ({tiers}). "
    "Clips: {clips}.",
    en="Coded at different levels ({who}): only what all were asked is compared ({tiers}). Clips: {clips}.",
)
LEFT_OUT = Text(
    nl="Niet vergeleken, want daar kiest ieder vrij: {tiers}.",
    en="Not compared, as each may pick freely there: {tiers}.",
)
PICKED_FREELY = Text(
    nl="hier kiest ieder vrij: overeenstemming zegt er niets",
    en="each may pick freely here: agreement says nothing of it",
)
ANSWERED = Text(
    nl="{tier} mag leeg blijven: waar een van beiden antwoordde ({either} keer) antwoordden beiden {both} keer.",
    en="{tier} may stay empty: where either of two answered ({either} times) both answered {both} times.",
)
CHANGED_MEANING = Text(
    nl="Niet getoond, want de codes zijn met verschillende versies gemaakt: {tiers}.",
    en="Not shown, as the codes were made with different versions: {tiers}.",
)
