"""How the log is, for the administrator."""

from __future__ import annotations

from vib.health import Health
from vib.problem import InputProblem

from . import texts
from .log import Log

ORDER = 60


def part(log: Log) -> Health:
    """Return whether the log can be read and how long it is; only its end is looked at."""
    try:
        count = log.snapshot().head.number
    except InputProblem as problem:
        return Health(texts.LOG, "wrong", problem.reason, order=ORDER)
    return Health(texts.LOG, "good", texts.LINES.filled(count=count), order=ORDER)
