"""What becomes of codes of an earlier version is what the codebook says, through all versions between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from vib_strategies import BOOK, calm, timelines

from vib.codebook import Change, Codebook, Level
from vib.language import Text
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.versions import mapped, mapped_ratings, offered, passage, without_codes, without_tiers

WORDS = Text(nl="anders", en="different")
ELEMENTS = BOOK.tier("elements").codes
KEPT, GONE, NEW = (code.id for code in ELEMENTS[:3])


def change(version: str, *incomparable: str, **becomes: str | None) -> Change:
    changed = {name.replace("_", "."): now for name, now in becomes.items()}
    return Change(version=version, date="2026-01-01", changes=(WORDS,), becomes=changed, incomparable=incomparable)


def book(version: str, *changes: Change) -> Codebook:
    return BOOK.replacing(version=version, changes=changes)


THREE = book(
    "0.10.0",
    change("0.10.0", "effect", B="C", D=None),
    change("0.9.0", "reception", A="B", E="F"),
    change("0.2.0", "turn", X="Y"),
)


def test_versions_are_in_the_order_of_their_numbers_and_what_changed_before_does_not_count() -> None:
    way = passage(THREE, "0.2.0", "0.10.0")
    assert way.incomparable == {"effect", "reception"}
    assert way.becomes == {"A": "C", "E": "F", "B": "C", "D": None}


def test_to_the_same_version_nothing_changes_and_part_of_the_way_is_only_that_part() -> None:
    assert passage(THREE, "0.9.0", "0.9.0").becomes == {}
    assert passage(THREE, "0.2.0", "0.9.0").becomes == {"A": "B", "E": "F"}
    assert passage(THREE, "0.1.0", "0.2.0").incomparable == {"turn"}


def test_an_id_that_came_back_with_another_meaning_is_not_followed_twice() -> None:
    again = book("3.0.0", change("3.0.0", A="C", B="D"), change("2.0.0", A="B"))
    assert passage(again, "1.0.0", "3.0.0").becomes["A"] == "D"
    assert passage(again, "2.0.0", "3.0.0").becomes["A"] == "C"


@pytest.mark.parametrize(("since", "until"), [("0.10.0", "0.11.0"), ("0.9.0", "0.9.5"), ("0.10.0", "0.9.0")])
def test_a_way_that_the_codebook_does_not_tell_of_is_refused(since: str, until: str) -> None:
    with pytest.raises(InputProblem, match=f"does not say what {until} changed"):
        passage(THREE, since, until)


def seen(start: float, code: str = "kind", **attributes: Any) -> Observation:
    return Observation("turn", code, start, start + 1, attributes)


def test_codes_become_what_stands_for_them_on_the_tier_where_they_are_now() -> None:
    effect = BOOK.tier("effect").codes[0].id
    timeline = Timeline(9, [seen(0, elements=(KEPT, GONE)), seen(2, elements=(GONE,)), seen(4, "volwassene")])
    gone = mapped(timeline, {GONE: None}, BOOK)
    assert [one.attributes for one in gone] == [{"elements": (KEPT,)}, {}, {}]
    moved = mapped(timeline, {GONE: effect, "volwassene": "onbekend"}, BOOK)
    assert [one.attributes for one in moved] == [{"elements": (KEPT,), "effect": (effect,)}, {"effect": (effect,)}, {}]
    assert [one.code for one in moved] == ["kind", "kind", "onbekend"]
    assert len(mapped(timeline, {"kind": None}, BOOK)) == 1


def test_two_codes_that_became_one_are_given_once() -> None:
    (one,) = mapped(Timeline(9, [seen(0, elements=(KEPT, GONE))]), {GONE: KEPT}, BOOK)
    assert one.attributes == {"elements": (KEPT,)}


def test_ratings_go_under_their_new_names() -> None:
    assert mapped_ratings({"A": 3.0, "B": None, "C": "warm"}, {"A": "D", "C": None}) == {"D": 3.0, "B": None}


@calm
@given(timelines())
def test_what_becomes_nothing_else_stays_as_it_is(timeline: Timeline) -> None:
    assert mapped(timeline, {"no.such.code": "other"}, BOOK) == timeline
    assert without_codes(timeline, frozenset({"no.such.code"})) == timeline
    clip = RaterSet("c", timeline.duration, {"anna": timeline})
    assert without_tiers(clip, frozenset({"no-such-tier"})) == clip


def test_without_a_tier_nothing_of_it_is_left() -> None:
    timeline = Timeline(9, [seen(0, elements=(KEPT,), effect="x"), Observation("phase", "review", 1, 2)])
    clip = RaterSet("c", 9, {"anna": timeline}, {"anna": {"BS.1": 3.0, "BS.2": 2.0}})
    less = without_tiers(clip, frozenset({"elements", "phase", "BS.1"}))
    assert (less.timelines["anna"].tiers.keys(), less.timelines["anna"].attribute_names) == ({"turn"}, ("effect",))
    assert less.ratings == {"anna": {"BS.2": 2.0}}


def test_at_a_level_is_offered_what_it_asks_and_a_level_that_is_not_there_is_named() -> None:
    asked = BOOK.replacing(levels=(Level(id="start", label=WORDS, tiers=("turn", "effect")),))
    assert offered(asked, "start").keys() == {"turn", "effect"}
    assert offered(asked, None).keys() == {tier.id for tier in BOOK.tiers} | {rating.id for rating in BOOK.ratings}
    with pytest.raises(InputProblem, match="no such level; these are: start"):
        offered(asked, "begin")
