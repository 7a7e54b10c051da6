"""What is odd in the codes that are compared, and how it is taken: said once, so that nobody is misled by a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from vib.language import Text
from vib.observation import RaterSet

from .texts import DOUBLED, WORD_FOR_NOTHING

MOST_NAMED = 3

FOR_NOTHING = frozenset({"na", "n/a", "nvt", "n.v.t.", "-", "--", "?", "null", "none", "missing", "leeg", "ontbreekt"})
"""What people write where they mean that there is no rating."""


def noticed(
    clips: Sequence[RaterSet], raters: Sequence[str], read: Sequence[RaterSet] | None = None
) -> tuple[Text, ...]:
    """Return what there is to say, each thing once.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        What is compared.
    read : Sequence[RaterSet] or None
        What was read, where that is more: what was odd in it is said too.

    Examples
    --------
    >>> from vib.observation import Observation, Timeline
    >>> twice = Timeline(9, [Observation("t", "X", 1, 2), Observation("t", "X", 1, 2)])
    >>> [found] = noticed([RaterSet("c", 9, {"anna": twice})], ["anna"])
    >>> found.en
    'twice by one rater at exactly the same times, and counted as two events: c, anna, t: X, 1 s'
    """
    odd = dict.fromkeys(chain.from_iterable(clip.noticed for clip in (clips if read is None else read)))
    return (*odd, *_doubled(clips, raters), *_words_for_nothing(clips, raters))


def _doubled(clips: Sequence[RaterSet], raters: Sequence[str]) -> Iterator[Text]:
    found = [
        f"{clip.clip}, {rater}, {later.tier}: {later.code}, {later.start:g} s"
        for clip in clips
        for rater, seen in clip.timelines.items()
        if rater in raters
        for earlier, later in zip(seen, seen.observations[1:], strict=False)
        if (earlier.tier, earlier.code, earlier.start, earlier.end) == (later.tier, later.code, later.start, later.end)
    ]
    if found:
        yield DOUBLED.filled(places=_listed(found, "; "))


def _words_for_nothing(clips: Sequence[RaterSet], raters: Sequence[str]) -> Iterator[Text]:
    found = {
        (rating, value)
        for clip in clips
        for rater in raters
        for rating, value in clip.ratings.get(rater, {}).items()
        if isinstance(value, str) and value.lower() in FOR_NOTHING
    }
    for rating, word in sorted(found):
        yield WORD_FOR_NOTHING.filled(rating=rating, word=repr(word))


def _listed(found: Sequence[str], between: str) -> str:
    return between.join(found[:MOST_NAMED]) + (f"{between}… ({len(found)})" if len(found) > MOST_NAMED else "")
