"""From which address a request comes."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNKNOWN = "0.0.0.0"  # noqa: S104 - a name for no address, nothing is bound to it


class ClientAddress:
    """Put the client's address into ``REMOTE_ADDR`` when a proxy of ours is in front.

    Only `deploy/settings.py` says that there is one (``VIB_BEHIND_PROXY``). The last address of
    ``X-Forwarded-For`` is the one that this proxy itself saw; all before it a client can invent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if getattr(settings, "VIB_BEHIND_PROXY", False):
            seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            if _is_address(seen):
                request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Return the address to count by: of IPv6 the /64, which is what one household or office has.

    Examples
    --------
    >>> request = HttpRequest()
    >>> request.META["REMOTE_ADDR"] = "2001:db8:1:2:3:4:5:6"
    >>> address_of(request)
    '2001:db8:1:2::'
    """
    named = request.META.get("REMOTE_ADDR", "")
    if not _is_address(named):
        return UNKNOWN
    address = ip_address(named)
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False).network_address)
    return str(address)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
