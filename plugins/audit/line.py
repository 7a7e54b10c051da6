"""One line of the log: how it is sealed, and how it is read by who trusts nothing in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from vib.access_event import AccessEvent

Kind = Literal["event", "torn", "cut"]
"""What a line tells: something that somebody did, or one of two things about the log itself.

``torn``: the bytes before this line are a line that was never finished.
``cut``: when this line was written, the end of the log was not what the head said.
"""

KINDS: tuple[str, ...] = get_args(Kind)

GENESIS = hashlib.sha256(b"vib-audit/1").hexdigest()
"""What the first line has for the hash of the line before it."""

MAX_LINE = 2**20
"""Longest line in bytes: an event that needs more is refused."""

_SEAL = b',"hash":"'
_TAIL = len(_SEAL) + 64 + len(b'"}\n')
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_NAMES = ["number", "when", "kind", "who", "role", "what", "allowed", "families", "which", "where", "previous"]
_TYPES = [int, str, str, str, str, str, bool, list, str, str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain: the number of a line and its hash."""

    number: int
    hash: str


START = Mark(0, GENESIS)
"""The place before the first line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line whose own hash is right. Whether it follows the line before it is for who reads both.

    Parameters
    ----------
    mark : Mark
        Its place.
    when : str
        Time in UTC with milliseconds, such as ``2026-03-01T09:00:00.000Z``.
    previous : str
        Hash of the line before it.
    """

    mark: Mark
    when: str
    kind: Kind
    event: AccessEvent
    previous: str


def seal(after: Mark, when: str, event: AccessEvent, kind: Kind = "event") -> tuple[bytes, Mark]:
    """Return the bytes of the line that follows `after`, and its place.

    The hash is of the bytes of the line without it, so every byte counts.

    Raises
    ------
    ValueError
        The line would be longer than `MAX_LINE`.

    Examples
    --------
    >>> who = AccessEvent(who="anna@praktijk.example", role="", what="GET /", allowed=True)
    >>> raw, mark = seal(START, "2026-03-01T09:00:00.000Z", who)
    >>> mark.number, parse(raw).event == who, parse(raw.replace(b"anna", b"bram"))
    (1, True, None)
    """
    content = {
        "number": after.number + 1,
        "when": when,
        "kind": kind,
        "who": event.who,
        "role": event.role,
        "what": event.what,
        "allowed": event.allowed,
        "families": list(event.families),
        "which": event.which,
        "where": event.where,
        "previous": after.hash,
    }
    # JSON leaves DEL as it is; a terminal would obey it.
    body = _ENCODER.encode(content).replace("\x7f", "\\u007f").encode("ascii")
    digest = hashlib.sha256(body).hexdigest()
    raw = body[:-1] + _SEAL + digest.encode("ascii") + b'"}\n'
    if len(raw) > MAX_LINE:
        raise ValueError(f"an event of {len(raw)} bytes is too long for the audit log")
    return raw, Mark(after.number + 1, digest)


def parse(raw: bytes) -> Line | None:
    """Read a line; None when it is not one, is not whole, or was changed."""
    if not raw.endswith(b'"}\n'):
        return None
    body = raw[:-_TAIL] + b"}"
    digest = hashlib.sha256(body).hexdigest()
    if raw[-_TAIL:] != _SEAL + digest.encode("ascii") + b'"}\n' or b"\x7f" in body:
        return None
    try:
        content = json.loads(body.decode("ascii"))
    except (ValueError, RecursionError):
        return None
    if not _is_line(content):
        return None
    event = AccessEvent(
        who=content["who"],
        role=content["role"],
        what=content["what"],
        allowed=content["allowed"],
        families=tuple(content["families"]),
        which=content["which"],
        where=content["where"],
    )
    return Line(Mark(content["number"], digest), content["when"], content["kind"], event, content["previous"])


def printable(text: str) -> str:
    r"""Replace what could steer a terminal or turn its text around.

    Examples
    --------
    >>> printable("anna\x1b[2J\n")
    'anna�[2J�'
    """
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _is_line(content: Any) -> bool:
    """Tell whether it has the fields of a line: whoever can write the file can also seal nonsense."""
    return (
        isinstance(content, dict)
        and list(content) == _NAMES
        and list(map(type, content.values())) == _TYPES
        and all(type(family) is str for family in content["families"])
        and content["kind"] in KINDS
    )
