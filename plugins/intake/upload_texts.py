"""What is said of sending recordings, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

WORDS: Mapping[str, Text] = {
    "sending": Text(nl="Opnames sturen", en="Send recordings"),
    "about": Text(
        nl="Kies opnames op dit apparaat. Valt de verbinding weg, dan gaat het sturen daarna verder waar het was.",
        en="Choose recordings on this device. When the connection is lost, sending goes on from where it was.",
    ),
    "choose": Text(nl="Kies opnames", en="Choose recordings"),
    "no_names": Text(
        nl="De naam van het bestand wordt die van de clip: er horen geen namen van mensen in.",
        en="The name of the file becomes that of the clip: no names of people belong in it.",
    ),
    "no_script": Text(
        nl="Deze pagina heeft JavaScript nodig om te sturen.", en="This page needs JavaScript to send recordings."
    ),
    "back": Text(nl="Naar je gezinnen", en="To your families"),
    "yours": Text(nl="Wat je stuurt", en="What you send"),
    "no_folder": Text(
        nl="De opnames van dit gezin worden door de beheerder klaargezet, niet met de browser.",
        en="The administrator gets the recordings of this family ready; they are not sent by browser.",
    ),
}
"""What the templates say, by name."""

MOST = Text(
    nl="Films van hoogstens {largest} GB en {hours} uur, zoals een telefoon of camera ze maakt. Voor dit gezin is er "
    "nog {left} GB.",
    en="Films of at most {largest} GB and {hours} hours, as a phone or camera makes them. There are {left} GB left for "
    "this family.",
)

SCRIPT: Mapping[str, Text] = {
    "queued": Text(nl="Wacht op zijn beurt", en="Waits for its turn"),
    "sending_begins": Text(nl="Het sturen begint", en="Sending begins"),
    "sending": Text(nl="{sent} van {total} gestuurd ({percent} %)", en="{sent} of {total} sent ({percent} %)"),
    "lost": Text(
        nl="De verbinding is weg. Wat aankwam is bewaard; ik probeer het steeds opnieuw.",
        en="The connection is lost. What arrived is kept; I keep trying.",
    ),
    "stopped": Text(nl="Gestopt. Wat aankwam is bewaard.", en="Stopped. What arrived is kept."),
    "signed_out": Text(
        nl="Je bent uitgelogd. Log in een ander tabblad weer in, en ga dan hier verder; wat aankwam is bewaard.",
        en="You were signed out. Sign in again in another tab, then go on here; what arrived is kept.",
    ),
    "choose_again": Text(
        nl="{percent} % is aangekomen. Kies hetzelfde bestand opnieuw, dan gaat het verder waar het was.",
        en="{percent} % arrived. Choose the same file again, and it goes on from where it was.",
    ),
    "arrived": Text(
        nl="Helemaal aangekomen; dit apparaat mag uit. De opname wordt zo klaargezet.",
        en="Arrived as a whole; this device may be switched off. The recording will be got ready.",
    ),
    "making": Text(nl="De opname wordt klaargezet ({percent} %)", en="The recording is being got ready ({percent} %)"),
    "ready": Text(
        nl="Klaar: {length} lang. Hij wordt nog in beurten geknipt; coderen kan al.",
        en="Ready: {length} long. It is still being cut into turns; you can code already.",
    ),
    "same": Text(
        nl="Deze opname was er al, en is niet nog eens bewaard.",
        en="This recording was there already, and is not kept twice.",
    ),
    "held": Text(
        nl="Aangekomen en bewaard, maar nog niet klaar: {reason}", en="Arrived and kept, but not ready: {reason}"
    ),
    "refused": Text(nl="Niet te gebruiken: {reason}", en="Cannot be used: {reason}"),
    "too_long": Text(
        nl="Niet gestuurd: de opname duurt {length}, en mag hoogstens {hours} uur duren; knip er een stuk uit.",
        en="Not sent: the recording lasts {length}, and may last {hours} hours at most; cut a part of it.",
    ),
    "failed": Text(nl="er ging iets mis; probeer het straks opnieuw", en="something went wrong; try again in a while"),
    "code": Text(nl="Coderen", en="Code"),
    "stop": Text(nl="Stop", en="Stop"),
    "go_on": Text(nl="Ga verder", en="Go on"),
    "choose": Text(nl="Kies het bestand", en="Choose the file"),
    "forget": Text(nl="Haal uit deze lijst", en="Take off this list"),
    "throw_away": Text(nl="Gooi weg wat aankwam", en="Throw away what arrived"),
}
"""What the script of the page says, by name."""

KEPT: Mapping[str, Text] = {
    "heading": Text(nl="Opnames die je stuurt", en="Recordings that you send"),
    "about": Text(
        nl="Welke opnames je met de browser stuurt, en hoe ver die zijn: om na een onderbreking verder te gaan.",
        en="Which recordings you send by browser, and how far these are: to go on after an interruption.",
    ),
    "recording": Text(nl="Opname", en="Recording"),
    "family": Text(nl="Gezin", en="Family"),
    "begun": Text(nl="Begonnen", en="Begun"),
    "stage": Text(nl="Hoe ver", en="How far"),
}
"""What the page says of what is kept of somebody."""

HOW_LONG = Text(
    nl="{days} dagen nadat er iets van aankwam of er een clip van was; een opname zelf ligt in de map van het gezin.",
    en="{days} days after some of it arrived or it became a clip; a recording itself lies in the family's folder.",
)

STAGES: Mapping[str, Text] = {
    "sending": Text(nl="onderweg", en="on its way"),
    "arrived": Text(nl="aangekomen", en="arrived"),
    "placed": Text(nl="aangekomen", en="arrived"),
    "making": Text(nl="wordt klaargezet", en="being got ready"),
    "held": Text(nl="wacht", en="waits"),
    "ready": Text(nl="klaar", en="ready"),
    "same": Text(nl="was er al", en="was there already"),
    "refused": Text(nl="niet te gebruiken", en="cannot be used"),
}
"""How far one is, in words."""

RECORDINGS = Text(nl="Opnames uit de browser", en="Recordings from the browser")
NO_WORKER = Text(
    nl="Wat opnames klaarzet draait niet, en er wachten er {}. Start alles met scripts/up, of met docker compose up -d "
    "intake.",
    en="What gets recordings ready does not run, and {} wait. Start all of it with scripts/up, or with docker compose "
    "up -d intake.",
)
WORKER_SAID = Text(
    nl="{} onderweg, {} worden klaargezet, {} wachten op iets anders.",
    en="{} on their way, {} being got ready, {} wait for something else.",
)
"""How the worker is, for the administrator."""
