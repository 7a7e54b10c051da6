"""What the coding screen says, in Dutch and English; the script of the page is given them by name."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

SCREEN: Mapping[str, Text] = {
    "undo": Text(nl="Ongedaan maken", en="Undo"),
    "redo": Text(nl="Opnieuw doen", en="Redo"),
    "reset": Text(nl="Terug naar het begin", en="Reset"),
    "explain": Text(nl="Uitleg bij de laatst gekozen code (toets ?)", en="About the code chosen last (key ?)"),
    "close": Text(nl="Sluiten", en="Close"),
    "cancel": Text(nl="Annuleren", en="Cancel"),
    "well": Text(nl="Goed", en="OK"),
    "saved": Text(nl="Bewaard", en="Saved"),
    "saving": Text(nl="Bewaren …", en="Saving …"),
    "unsaved_offline": Text(
        nl="Nog niet bewaard: geen verbinding. Je kunt doorgaan.", en="Not saved yet: no connection. You can go on."
    ),
    "unsaved_unreachable": Text(
        nl="Nog niet bewaard: de server antwoordt niet. Je kunt doorgaan.",
        en="Not saved yet: the server does not answer. You can go on.",
    ),
    "unsaved_busy": Text(
        nl="Nog niet bewaard: de server heeft het druk. Je kunt doorgaan.",
        en="Not saved yet: the server is busy. You can go on.",
    ),
    "unsaved_signin": Text(nl="Niet bewaard: uitgelogd.", en="Not saved: signed out."),
    "signin_more": Text(nl="Inloggen", en="Sign in"),
    "unsaved_held": Text(nl="Alleen kijken: elders open.", en="Only looking: open elsewhere."),
    "held_more": Text(nl="Hier verdergaan", en="Go on here"),
    "unsaved_large": Text(
        nl="Niet bewaard: de laatste wijziging is te groot. Maak die ongedaan.",
        en="Not saved: the last change is too large. Undo it.",
    ),
    "unsaved_refused": Text(
        nl="Niet bewaard: de server weigert de laatste wijziging. Maak die ongedaan. {detail}",
        en="Not saved: the server refuses the last change. Undo it. {detail}",
    ),
    "unsaved_gone": Text(
        nl="Niet bewaard: deze clip is niet meer van jou om te coderen.",
        en="Not saved: this clip is no longer yours to code.",
    ),
    "unsaved_submitted": Text(nl="Deze clip is al ingeleverd.", en="This clip was submitted already."),
    "held_title": Text(nl="Deze clip is ook ergens anders open", en="This clip is open elsewhere too"),
    "held_text": Text(
        nl="Je codeert deze clip in een ander venster of op een andere computer. Ga je hier verder, dan komt alles "
        "wat daar bewaard is hierheen, en kun je daar alleen nog kijken.",
        en="You are coding this clip in another window or on another computer. If you go on here, all that was saved "
        "there comes here, and there you can only look.",
    ),
    "held_take": Text(nl="Hier verdergaan", en="Go on here"),
    "held_look": Text(nl="Alleen kijken", en="Only look"),
    "left_out": Text(
        nl="Niet overgenomen van hier: {number} codes die elders later veranderd zijn.",
        en="Left out from here: {number} codes that were changed elsewhere later.",
    ),
    "submitted_title": Text(nl="Al ingeleverd", en="Submitted already"),
    "submitted_text": Text(
        nl="Deze clip is in een ander venster ingeleverd. De pagina laadt opnieuw en laat zien wat er nu staat.",
        en="This clip was submitted in another window. The page loads again and shows what there is now.",
    ),
    "signin_title": Text(nl="Log opnieuw in", en="Sign in again"),
    "signin_text": Text(
        nl="Je bent niet meer ingelogd. Wat je codeerde staat nog op deze computer en wordt bewaard zodra je inlogt.",
        en="You are signed out. What you coded is still on this computer and is saved as soon as you sign in.",
    ),
    "signin_email": Text(nl="E-mailadres", en="Email address"),
    "signin_password": Text(nl="Wachtwoord", en="Password"),
    "signin_enter": Text(nl="Inloggen", en="Sign in"),
    "signin_later": Text(nl="Later", en="Later"),
    "signin_wrong": Text(nl="Adres of wachtwoord klopt niet.", en="Address or password is not right."),
    "signin_wait": Text(
        nl="Er is te vaak een verkeerd wachtwoord gegeven. Wacht even en probeer het dan opnieuw.",
        en="A wrong password was given too often. Wait a while and try again.",
    ),
    "signin_unreachable": Text(nl="De server antwoordt niet.", en="The server does not answer."),
    "deleted": Text(nl="Verwijderd: {turn}", en="Deleted: {turn}"),
    "deleted_coded": Text(nl="Verwijderd: {turn}, met {codes}", en="Deleted: {turn}, with {codes}"),
    "relabelled": Text(
        nl="De beurt is nu {turn}. Daar hoort niet meer bij: {codes}",
        en="The turn is now {turn}. No longer part of it: {codes}",
    ),
    "lost_many": Text(
        nl="Verwijderd of veranderd: {turns} beurten, met {codes} codes",
        en="Deleted or changed: {turns} turns, with {codes} codes",
    ),
    "delete_title": Text(nl="Deze beurt met codes verwijderen?", en="Delete this turn with its codes?"),
    "delete_many_title": Text(nl="Al deze beurten verwijderen?", en="Delete all these turns?"),
    "can_be_undone": Text(
        nl="Je kunt dit daarna ongedaan maken (Ctrl+Z).", en="You can undo this afterwards (Ctrl+Z)."
    ),
    "delete": Text(nl="Verwijderen", en="Delete"),
    "keep": Text(nl="Houden", en="Keep"),
    "reset_title": Text(nl="Terug naar hoe je begon?", en="Back to how you began?"),
    "reset_text": Text(
        nl="Dit zet {turns} beurten en {codes} codes terug.", en="This puts back {turns} turns and {codes} codes."
    ),
    "was_reset": Text(nl="Alles staat weer zoals je begon.", en="All is as it was when you began."),
    "empty_title": Text(nl="Zonder beurten inleveren?", en="Submit without turns?"),
    "empty_text": Text(
        nl="Er staat geen enkele beurt of code in deze clip.", en="There is not a single turn or code in this clip."
    ),
    "untouched_title": Text(nl="Inleveren zonder iets te coderen?", en="Submit without coding anything?"),
    "untouched_text": Text(
        nl="Je hebt aan deze clip nog niets gecodeerd of veranderd.",
        en="You have not coded or changed anything in this clip yet.",
    ),
    "go_on": Text(nl="Verder coderen", en="Go on coding"),
    "submit_anyway": Text(nl="Toch inleveren", en="Submit anyway"),
    "broken_title": Text(nl="Dit moet nog anders", en="This has to be mended first"),
    "broken_text": Text(
        nl="Wat een rode streep heeft, houdt inleveren tegen. Kies een plaats om erheen te gaan.",
        en="What has a red line keeps this from being submitted. Choose a place to go there.",
    ),
    "noticed_title": Text(nl="Klopt dit?", en="Is this right?"),
    "noticed_text": Text(
        nl="Dit valt op. Kies een plaats om ernaar te kijken, of lever toch in.",
        en="This stands out. Choose a place to look at it, or submit anyway.",
    ),
    "broken_clip": Text(nl="hele clip", en="whole clip"),
    "broken_more": Text(nl="en nog {number}", en="and {number} more"),
    "not_submitted_title": Text(nl="Nog niet ingeleverd", en="Not submitted yet"),
    "not_submitted_text": Text(
        nl="Wat je codeerde is nog niet op de server. Probeer het opnieuw zodra onderaan ‘Bewaard’ staat.",
        en="What you coded is not on the server yet. Try again once ‘Saved’ is shown below.",
    ),
}
