"""Calculated from what follows what: commands that are complied with, chains, shares and rates."""

from __future__ import annotations

from collections.abc import Iterator

from vib.derived.seen import Figure, Seen, Span, length, without
from vib.observation import Observation
from vib.windows import at_most


def compliance(seen: Seen, *, within_s: float = 5.0) -> Iterator[Figure]:
    """Yield how many of the commands that could be complied with were.

    A ``command`` counts as complied with when it, or something that begins at most `within_s` after it ends, has
    ``complied``; as not, when it has ``not_complied`` in that way. Commands with neither left no chance, or are not
    coded yet, and do not count. Five seconds as in the Dyadic Parent-Child Interaction Coding System (Eyberg et al.
    2013, fourth edition).

    Parameters
    ----------
    within_s : float
        Longest time from the offset of the command, in seconds.
    """
    complied = not_complied = 0
    for command in seen.having("command"):
        if _followed(seen, command, "complied", within_s):
            complied += 1
        elif _followed(seen, command, "not_complied", within_s):
            not_complied += 1
    yield Figure("", complied, complied + not_complied)


def chains(seen: Seen, *, within_s: float = 10.0) -> Iterator[Span]:
    """Yield where ``first`` is followed by ``then``, and that by ``last`` where the codebook names one.

    Each is on the same stretch as the one before it, or begins at most `within_s` after that ends. Of several that
    follow, the first counts. See Bakeman & Quera 2011, doi:10.1017/CBO9781139017343.

    Parameters
    ----------
    within_s : float
        Longest time between two, in seconds.
    """
    for first in seen.having("first"):
        then = _next(seen, first, "then", within_s)
        last = _next(seen, then, "last", within_s) if then and seen.codes("last") else then
        if then and last:
            yield Span(first.start, max(first.end, then.end, last.end))


def what_follows(seen: Seen, *, within_s: float = 10.0) -> Iterator[Figure]:
    """Yield of each code of ``first`` how many times it was followed by ``then``, of all times it was given.

    Followed as in `chains`.

    Parameters
    ----------
    within_s : float
        Longest time between the two, in seconds.
    """
    given = seen.having("first")
    for code in sorted(seen.codes("first")):
        own = [one for one in given if code in seen.given(one, "first")]
        yield Figure(code, sum(_next(seen, one, "then", within_s) is not None for one in own), len(own))


def share(seen: Seen) -> Iterator[Figure]:
    """Yield how many of the stretches with a code of ``among`` have one of ``counted``."""
    among = seen.having("among")
    yield Figure("", sum(bool(seen.given(one, "counted")) for one in among), len(among))


def rate(seen: Seen) -> Iterator[Figure]:
    """Yield how many times each code of ``counted`` was given, of the seconds of the clip that are not ``unseen``."""
    unseen = [Span(one.start, one.end) for one in seen.having("unseen")]
    seconds = length(without(Span(0.0, seen.timeline.duration), unseen))
    given = [code for one in seen.having("counted") for code in seen.given(one, "counted")]
    for code in sorted(seen.codes("counted")):
        yield Figure(code, given.count(code), seconds, "seconds")


def _followed(seen: Seen, one: Observation, part: str, within_s: float) -> bool:
    return _next(seen, one, part, within_s) is not None


def _next(seen: Seen, one: Observation, part: str, within_s: float) -> Observation | None:
    """Return the first that has a part: this one, or what begins after its onset and near enough."""
    if seen.given(one, part):
        return one
    return next(
        (
            other
            for other in seen.timeline.between(one.start, one.end + within_s + 1)
            if other.start > one.start and seen.given(other, part) and at_most(other.start - one.end, within_s)
        ),
        None,
    )
