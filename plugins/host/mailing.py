"""Mail to people of this installation: sent where a mail server is configured, else not, and nothing rests on it.

What a mail says its page says too: names of families, clips and codes are in no mail.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

log = logging.getLogger("vib.mail")

SECONDS = 10
"""How long is waited for the mail server."""

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
"""How Label Studio says that no mail is sent."""


def settings_of(address: str | None, sender: str) -> dict[str, Any]:
    """Return Django's settings for a mail server: ``smtp://name:password@host:587``, or ``smtps://`` for TLS at once.

    Examples
    --------
    >>> settings_of("smtps://vib:a%40b@mail.example", "vib@vib.example")["EMAIL_HOST_PASSWORD"]
    'a@b'
    """
    if address is None:
        return {}
    parts = urlsplit(address)
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        # Only a server that asks for no password is spoken to in the open, as one on the machine itself.
        "EMAIL_USE_TLS": not at_once and parts.username is not None,
        "EMAIL_TIMEOUT": SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
        "FROM_EMAIL": sender,
    }


def is_configured() -> bool:
    """Tell whether mail is sent at all."""
    return bool(settings.EMAIL_BACKEND != NOWHERE)


def send(address: str, subject: str, text: str) -> bool:
    """Send a mail once what is being done is done; tell whether there is a server to send it with.

    One that cannot be sent is logged, without address or text.
    """
    if not is_configured():
        return False
    transaction.on_commit(partial(_send, address, subject, text), robust=True)
    return True


def send_now(address: str, subject: str, text: str) -> None:
    """Send a mail.

    Raises
    ------
    OSError
        It cannot be sent; errors of smtplib are of this kind too.
    """
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])


def _send(address: str, subject: str, text: str) -> None:
    try:
        send_now(address, subject, text)
    except OSError as error:
        # What it says may hold the address.
        log.error("a mail could not be sent: %s", type(error).__name__)
