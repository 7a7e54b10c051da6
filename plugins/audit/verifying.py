"""Whether the log is what was written: every byte, every line, their order, and the end."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from vib.language import Text

from . import texts
from .line import START, Line, Mark, parse, printable
from .log import LAG, Log, Snapshot, torn_said

MOST_CUTS = 20
"""How many places where the end had been cut off are told; all after them is still checked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found.

    Parameters
    ----------
    last : Mark
        Place of the last line of the chain, as far as it was followed.
    findings : tuple of Text
        What is wrong, the first line first; empty when the chain is whole.
    torn : int
        How many half lines of killed processes the log itself tells of.
    unfinished : int
        Bytes after the last line that the next event will tell of.
    """

    last: Mark
    findings: tuple[Text, ...]
    torn: int
    unfinished: int


@dataclass
class _Rest:
    """Bytes that are no line, since the last one that is."""

    first: int = 0
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, raw: bytes, place: int) -> None:
        self.first = self.first or place
        self.size += len(raw)
        self.digest.update(raw)


def verify(log: Log, expect: str | None = None, advance: Callable[[int], None] = lambda size: None) -> Verdict:
    """Follow the chain from the first line to the last, in constant memory.

    Parameters
    ----------
    expect : str or None
        Hash of a line that was kept elsewhere: it must be in the chain.
    advance : callable
        Is told the number of bytes that were looked at since it was last called.

    Raises
    ------
    InputProblem
        There is no log.
    OSError
        It cannot be read.
    """
    snapshot = log.snapshot()
    recent: deque[Mark] = deque([START], maxlen=LAG + 1)
    cuts: list[Text] = []
    rest, torn, place, expected = _Rest(), 0, 1, expect is None
    for raw in log.oldest_first(snapshot.size):
        line = parse(raw)
        if line is None:
            rest.add(raw, place)
        else:
            wrong = _wrong(line, recent[-1], rest, place)
            if wrong is not None:
                return Verdict(recent[-1], (*cuts, wrong), torn, 0)
            torn += line.kind == "torn"
            if line.kind == "cut" and len(cuts) < MOST_CUTS:
                cuts.append(texts.cut(place, printable(line.event.which)))
            rest = _Rest()
            recent.append(line.mark)
            expected = expected or line.mark.hash == expect
        place += raw.endswith(b"\n")
        advance(len(raw))
    findings = [*cuts, *_at_the_end(snapshot, recent, rest)]
    if not findings and not expected:
        findings.append(texts.NOT_EXPECTED)
    return Verdict(recent[-1], tuple(findings), torn, rest.size)


def _wrong(line: Line, before: Mark, rest: _Rest, place: int) -> Text | None:
    """Say why a line cannot stand here, if it cannot."""
    if line.kind == "torn":
        if line.event.which != torn_said(rest.size, rest.digest.hexdigest()):
            return texts.changed(rest.first or place)
    elif rest.size:
        return texts.changed(rest.first)
    if line.previous != before.hash or line.mark.number != before.number + 1:
        return texts.does_not_follow(place, line.mark.number, before.number)
    return None


def _at_the_end(snapshot: Snapshot, recent: deque[Mark], rest: _Rest) -> list[Text]:
    head, last = snapshot.head, recent[-1]
    if head in recent:
        return []
    if rest.size:
        return [texts.changed(rest.first)]
    if head == START:
        return [texts.HEAD_MISSING]
    if head.number > last.number:
        return [texts.end_missing(last.number, head.number)]
    return [texts.other_head(head.number)]
