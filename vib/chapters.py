"""Files into which a camera divided one recording, by what it calls them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

GOPRO = re.compile(r"(?P<kind>G[HXP])(?P<chapter>\d{2})(?P<recording>\d{4})(?P<ending>\.mp4)", re.IGNORECASE)
GOPRO_FIRST = re.compile(r"GOPR(?P<recording>\d{4})(?P<ending>\.mp4)", re.IGNORECASE)
"""What earlier ones call the first chapter; ``GP01`` is then the second."""

AVCHD = re.compile(r"(?P<number>\d{5})(?P<ending>\.m2?ts)", re.IGNORECASE)

Follows = Callable[[str, str], bool]
"""Tells whether a file goes on where another ends."""


def chapters(names: Iterable[str], follows: Follows) -> list[tuple[str, ...]]:
    """Return the files of each recording that is divided over several, in their order.

    Parameters
    ----------
    names : iterable of str
        What lies in a folder.
    follows : Follows
        Asked of files whose numbers follow one another and that need not be one recording, as AVCHD numbers all.

    Examples
    --------
    >>> chapters(["GX020123.MP4", "GX010123.MP4", "GX010124.MP4", "GOPR0007.MP4", "GP010007.MP4"], lambda *_: False)
    [('GOPR0007.MP4', 'GP010007.MP4'), ('GX010123.MP4', 'GX020123.MP4')]
    >>> chapters(["00000.MTS", "00001.MTS", "00002.MTS"], lambda one, _: one == "00000.MTS")
    [('00000.MTS', '00001.MTS')]
    """
    names = sorted(names)
    found = [*_gopro(names), *_avchd(names, follows)]
    return sorted(tuple(one) for one in found if len(one) > 1)


def _gopro(names: Sequence[str]) -> Iterator[list[str]]:
    recordings: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for name in names:
        if (found := GOPRO_FIRST.fullmatch(name)) is not None:
            recordings["GP", found["recording"], found["ending"]][0] = name
        elif (found := GOPRO.fullmatch(name)) is not None:
            recordings[found["kind"].upper(), found["recording"], found["ending"]][int(found["chapter"])] = name
    for (kind, *_), by_chapter in recordings.items():
        # One of which a chapter is missing is not offered as whole.
        first = 0 if kind == "GP" else 1
        if sorted(by_chapter) == list(range(first, first + len(by_chapter))):
            yield [by_chapter[chapter] for chapter in sorted(by_chapter)]


def _avchd(names: Sequence[str], follows: Follows) -> Iterator[list[str]]:
    run: list[str] = []
    for name in names:
        found = AVCHD.fullmatch(name)
        if found is None:
            continue
        last = AVCHD.fullmatch(run[-1]) if run else None
        next_one = last is not None and int(found["number"]) == int(last["number"]) + 1
        if next_one and last is not None and found["ending"] == last["ending"] and follows(run[-1], name):
            run.append(name)
            continue
        yield run
        run = [name]
    yield run
