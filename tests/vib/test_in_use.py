"""Codes in use for which another interface has no place are found, and nothing else is."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import BOOK, calm, timelines

from vib.controls import Controls, controls_of
from vib.in_use import keeps_all, lost, said
from vib.interface import render_interface, results_of

NOW = controls_of(render_interface(BOOK, "nl"))


def interface(*codes: str, rating: str = '<Rating name="warm" toName="a"/>') -> Controls:
    turns = "".join(f'<Label value="{code}"/>' for code in codes)
    return controls_of(f'<View><Audio name="a"/><Labels name="turn" toName="a">{turns}</Labels>{rating}</View>')


def turn(code: str) -> dict[str, Any]:
    value = {"start": 1.0, "end": 2.0, "labels": [code]}
    return {"id": code, "from_name": "turn", "to_name": "a", "type": "labels", "value": value}


WARM = {"id": "w", "from_name": "warm", "to_name": "a", "type": "rating", "value": {"rating": 3}}
RESULTS = [turn("kind"), turn("kind"), turn("hond"), WARM]


def test_a_code_that_goes_is_counted_as_often_as_it_is_in_use() -> None:
    assert list(lost(RESULTS, interface("kind", "hond"), interface("hond", "kat"))) == [("turn", "kind")] * 2


@pytest.mark.parametrize("rating", ["", '<Number name="warm" toName="a"/>', '<Rating name="warm" toName="b"/>'])
def test_a_control_that_goes_or_becomes_another_kind_is_named_without_a_code(rating: str) -> None:
    before, after = interface("kind", "hond"), interface("kind", "hond", rating=rating)
    assert not keeps_all(before, after)
    assert list(lost(RESULTS, before, after)) == [("warm", "")]
    assert Counter(lost(RESULTS, before, {})) == {("turn", ""): 3, ("warm", ""): 1}


def test_what_did_not_fit_before_is_not_lost_now() -> None:
    assert list(lost([turn("muis"), {"id": 1}], interface("kind"), interface("hond"))) == []


@calm
@given(timelines(), st.booleans())
def test_an_interface_with_more_in_it_takes_nothing_away(timeline: Any, english: bool) -> None:
    less = BOOK.replacing(ratings=())
    before, after = (controls_of(render_interface(book, "en" if english else "nl")) for book in (less, BOOK))
    assert keeps_all(before, after)
    assert not keeps_all(after, before)
    assert list(lost(results_of(timeline, BOOK), before, after)) == []


def test_what_goes_is_said_with_the_most_used_first_and_the_others_counted() -> None:
    uses = Counter({("turn", f"code{number}"): number for number in range(1, 12)})
    text = said(uses)
    assert text.en.startswith("takes away 66 codes that are in use: turn code11 (11), turn code10 (10)")
    assert text.nl.endswith("turn code4 (4), en nog 6")
