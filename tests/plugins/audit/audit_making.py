"""Events, and logs that are whole or spoiled."""

from __future__ import annotations

import json
from collections.abc import Callable

from plugins.audit.line import START, parse, seal
from plugins.audit.log import Log
from vib.access_event import AccessEvent

Event = Callable[..., AccessEvent]


def make_event(**fields: object) -> AccessEvent:
    usual: dict[str, object] = {"who": "anna@praktijk.example", "role": "counsellor", "what": "GET api/tasks/"}
    return AccessEvent(**{**usual, "allowed": True, **fields})  # type: ignore[arg-type]


def lines_of(log: Log) -> list[bytes]:
    return log.file.read_bytes().splitlines(keepends=True)


def contents(log: Log) -> list[dict[str, object]]:
    """Return every line that is JSON."""
    return [json.loads(raw) for raw in lines_of(log) if parse(raw)]


def spoil(log: Log, *lines: bytes) -> None:
    log.file.write_bytes(b"".join(lines))


def forged(count: int) -> list[bytes]:
    """Return a chain that is right in itself."""
    found, at = [], START
    for number in range(count):
        raw, at = seal(at, "2026-03-01T09:00:00.000Z", make_event(which=f"forged {number}"))
        found.append(raw)
    return found


def write_head(log: Log, raw: bytes) -> None:
    """Make the head say what it says after this line."""
    line = parse(raw)
    assert line is not None
    log.head_file.write_bytes(b"%020d %s\n" % (line.mark.number, line.mark.hash.encode()))
