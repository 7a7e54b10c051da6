"""What the tests of the kernel share: timelines out of thin air, small books, and counted work."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from vib.codebook import Codebook, Tier
from vib.made_with import MadeWith
from vib.methods import read_method
from vib.observation import AttributeValue, Observation, RaterSet, Timeline
from vib.spreadsheet import tidy

calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Enough examples to find a mistake, on a busy machine too."""

BOOK = read_method("vib-pleegzorg")
_CONTENT = BOOK.model_dump_json()


def _value(tier: Tier) -> st.SearchStrategy[AttributeValue]:
    codes = st.sampled_from([code.id for code in tier.codes])
    return st.lists(codes, unique=True, max_size=4).map(tuple) if tier.several else codes


def _described(book: Codebook, tier: str, code: str) -> st.SearchStrategy[dict[str, AttributeValue]]:
    questions = {
        t.id: _value(t)
        for t in book.describing_tiers
        if t.describes is not None and t.describes.tier == tier and code in t.describes.codes
    }
    return st.fixed_dictionaries({}, optional=questions)


@cache
def _codes(method: str) -> st.SearchStrategy[tuple[str, str, dict[str, AttributeValue]]]:
    """Draw a code of the timeline with what may be said of it."""
    book = BOOK if method == BOOK.method else read_method(method)
    return st.one_of(
        st.tuples(st.just(tier.id), st.just(code.id), _described(book, tier.id, code.id))
        for tier in book.timeline_tiers
        for code in tier.codes
    )


@st.composite
def observations(draw: st.DrawFn, duration: float, book: Codebook = BOOK) -> Observation:
    """Draw what the codebook allows, often with times that others have too, or an instant."""
    tier, code, attributes = draw(_codes(book.method))
    times = st.one_of(st.sampled_from([0.0, duration / 4, duration / 2, duration]), st.floats(0.0, duration, width=64))
    start, end = sorted((draw(times), draw(times)))
    return Observation(tier, code, start, start if draw(st.booleans()) else end, attributes)


@st.composite
def timelines(draw: st.DrawFn, book: Codebook = BOOK) -> Timeline:
    """Draw a timeline of an installed method."""
    duration = draw(st.floats(0.5, 20_000.0))
    return Timeline(duration, draw(st.lists(observations(duration, book), max_size=8)))


@st.composite
def rater_sets(draw: st.DrawFn) -> RaterSet:
    """Draw a clip with raters, some of whom saw nothing, and ratings, some of them missing."""
    duration = draw(st.floats(0.5, 20_000.0))
    names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(tidy).filter(bool)
    seen = st.lists(observations(duration), max_size=6).map(lambda rows: Timeline(duration, rows))
    given = st.dictionaries(names, st.none() | st.floats(0, 100), max_size=3)
    ids = st.from_regex(r"[A-Za-z][a-z0-9.]{0,8}", fullmatch=True)
    made_with = st.builds(MadeWith, method=ids, version=st.just("0.2.0"), level=st.none() | ids)
    return RaterSet(
        draw(names),
        duration,
        draw(st.dictionaries(names, seen, max_size=3)),
        draw(st.dictionaries(names, given, max_size=3)),
        draw(st.dictionaries(names, made_with, max_size=2)),
    )


def many(count: int, *, long: bool = False) -> Timeline:
    """Return a timeline of `count` turns, `long` with one that lasts the whole clip."""
    rows = [
        Observation(
            "turn",
            ("kind", "volwassene")[n % 2],
            2.0 * n,
            2.0 * n + 1.5,
            {"elements": ("BC.1.NAME", "BC.1.WAIT")} if n % 50 == 1 else {"reception": "BC.REC.V"},
        )
        for n in range(count)
    ]
    whole = [Observation("turn", "onbekend", 0.0, 2.0 * count)] if long else []
    return Timeline(2.0 * count, [*rows, *whole])


def changed_book(change: Callable[[dict[str, Any]], object]) -> Codebook:
    """Return the foster-care codebook after a change of its content."""
    content = json.loads(_CONTENT)
    change(content)
    return Codebook.model_validate(content)
