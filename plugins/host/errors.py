"""What is answered in place of a page: that there is none, that it is not for who asks, that something went wrong.

People get a page within the shell, programs get JSON. Of who cannot be known, as the database is away or nobody
has looked yet who it is, the page is as for a stranger: it asks the database nothing.
"""

from __future__ import annotations

import sys
from copy import copy

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from plugins.host.language import language_of
from plugins.host.pages import page
from vib.language import Text

WORDS = {
    "to_start": Text(nl="Naar de startpagina", en="To the start page"),
    "to_log_in": Text(nl="Naar de inlogpagina", en="To the sign-in page"),
    "again": Text(nl="Probeer het opnieuw", en="Try again"),
}

NOT_CLEAR = Text(nl="Dit verzoek klopt niet", en="This request is not right")
NOT_CLEAR_WHY = Text(
    nl="De server kan hier niets mee. Ga terug naar de startpagina en probeer het van daar.",
    en="The server cannot do anything with it. Go back to the start page and try from there.",
)
NOT_ALLOWED = Text(nl="Niet toegestaan", en="Not allowed")
NOT_ALLOWED_WHY = Text(
    nl="Dit is niet voor jouw account. Klopt dat niet, vraag het dan aan de beheerder.",
    en="This is not for your account. If that is wrong, ask the administrator.",
)
NOT_HERE = Text(nl="Deze pagina is er niet", en="This page is not here")
NOT_HERE_WHY = Text(
    nl="Misschien is het adres niet helemaal overgenomen, of is de pagina er niet meer. Op de startpagina staat wat er "
    "voor jou is.",
    en="Perhaps the address was not copied as a whole, or the page is no longer there. The start page has what is "
    "there for you.",
)
STALE = Text(nl="Nog een keer, graag", en="Once more, please")
STALE_WHY = Text(
    nl="Deze pagina stond lang open, of je browser bewaart geen cookies. Er is niets veranderd. Ga terug, laad de "
    "pagina opnieuw en doe het nog eens.",
    en="This page was open for long, or your browser keeps no cookies. Nothing was changed. Go back, load the page "
    "again and do it once more.",
)
FAILED = Text(nl="Er ging hier iets mis", en="Something went wrong here")
FAILED_WHY = Text(
    nl="Dat ligt niet aan jou, en wat je hebt ingeleverd is er nog. Probeer het straks opnieuw. Blijft het zo, zeg dan "
    "tegen de beheerder wat je deed en hoe laat; het staat in het logboek van de server.",
    en="It is not your doing, and what you submitted is still there. Try again in a while. If it stays so, tell the "
    "administrator what you did and at what time; it is in the server's log.",
)
AWAY = Text(nl="We zijn zo terug", en="We will be right back")
AWAY_WHY = Text(
    nl="VIB Studio wordt bijgewerkt of is even niet bereikbaar. Wat je hebt ingeleverd is er nog. Probeer het over een "
    "paar minuten opnieuw.",
    en="VIB Studio is being updated, or cannot be reached for a moment. What you submitted is still there. Try again "
    "in a few minutes.",
)
AWAY_SECONDS = 60
"""After how long programs may try again."""


def is_for_people(request: HttpRequest) -> bool:
    """Tell whether a browser asks for a page, and not a program or a script of a page."""
    return "text/html" in request.headers.get("Accept", "") and not request.path_info.startswith("/api/")


def answer(request: HttpRequest, status: int, heading: Text, why: Text) -> HttpResponse:
    """Say in place of a page that something is not, or not now, and why; in the language of who asks."""
    if not hasattr(request, "user"):
        request = _stranger(request)
    language = language_of(request)
    # Who is not signed in and asks for a page has been led to sign in.
    if status == 401 or not is_for_people(request):
        return JsonResponse({"status_code": status, "detail": why.to(language)}, status=status)
    told = {"heading": heading.to(language), "why": why.to(language)}
    again = status >= 500 and request.method == "GET"
    return page(request, "vib/error.html", WORDS, {**told, "again": again}, status=status, policy=None)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for Django where a request makes no sense."""
    return answer(_stranger(request), 400, NOT_CLEAR, NOT_CLEAR_WHY)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for Django where a view lets somebody not do something."""
    return answer(request, 403, NOT_ALLOWED, NOT_ALLOWED_WHY)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for Django where nothing has this address."""
    return answer(request, 404, NOT_HERE, NOT_HERE_WHY)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for Django where a form does not prove that it is of a page of this server."""
    return answer(request, 403, STALE, STALE_WHY)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for Django where a view raised something; with 503 where that was the database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = answer(_stranger(request), 503, AWAY, AWAY_WHY)
        response["Retry-After"] = str(AWAY_SECONDS)
        return response
    return answer(_stranger(request), 500, FAILED, FAILED_WHY)


def _stranger(request: HttpRequest) -> HttpRequest:
    """Return the request as one of nobody."""
    other = copy(request)
    other.user = AnonymousUser()
    return other
