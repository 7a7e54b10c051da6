"""What the log has of what somebody did, for themselves: their own lines, with nobody else in these."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from users.models import User

from vib.kept import Kept, Record

from . import texts
from .line import Line, parse
from .log import Log

ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")

SOMEBODY = "…"
"""What stands for the address of somebody else."""


def kept_of(user: int, log: Log) -> Kept:
    """Return the lines of an account, by the address that it has now."""
    address = User.objects.values_list("email", flat=True).get(pk=user)

    def records(start: int, stop: int | None) -> Iterator[Record]:
        return islice((_record(line, address) for line in _lines_of(address, log)), start, stop)

    return Kept.of_texts("log", texts.KEPT, records, order=80)


def _lines_of(address: str, log: Log) -> Iterator[Line]:
    if not log.file.exists():
        return
    # Reading a line takes far longer than seeing whose it is not, and most are of others.
    wanted = f'"who":{json.dumps(address)}'.encode("ascii")
    for raw in log.newest_first(log.snapshot().size):
        if wanted in raw and (line := parse(raw)) is not None and line.event.who == address:
            yield line


def _record(line: Line, address: str) -> Record:
    """Return a line without its number and hashes: these tell how much others did in between."""
    event = line.event
    return {
        "when": datetime.fromisoformat(line.when),
        "what": event.what,
        "allowed": event.allowed,
        "families": list(event.families),
        "which": ADDRESS.sub(lambda found: found[0] if found[0] == address else SOMEBODY, event.which),
        "role": event.role,
        "where": event.where,
    }
