"""Nothing is changed here because a page of another site says so.

Label Studio's `DisableCSRF` takes Django's own protection off nearly every route. Its cookies are
``SameSite=Lax``, which browsers do not send along with a POST from another site; but another
port or subdomain is the same site to them. So where a request comes from is looked at here.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plugins.host import errors

from . import texts

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
SAME_SITE = ("same-origin", "none")
"""What browsers say of a request from this very origin, or that a person made themselves."""


class NoOtherSite:
    """Refuse with 403 what would change something, has a session, and comes from elsewhere.

    Programs with a token have no session cookie, or send no header that says where they come from;
    they pass. Logging out is a plain GET in Label Studio, and stays possible from anywhere: it
    gives nothing away and takes nothing that logging in does not give back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if request.method not in SAFE and has_session and comes_from_elsewhere(request):
            return errors.answer(request, 403, texts.OTHER_SITE, texts.OTHER_SITE_WHY)
        return self.get_response(request)


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether a browser says that another origin made this request."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin not in _own(request)
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in SAME_SITE
    referer = request.headers.get("Referer")
    if referer:
        parts = urlsplit(referer)
        return f"{parts.scheme}://{parts.netloc}" not in _own(request)
    return False


def _own(request: HttpRequest) -> tuple[str, ...]:
    return (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)
