"""VIB in foster care: what somebody who knows the method would want to be told of when it changes."""

from __future__ import annotations

import re

import pytest

from vib.codebook import Code, Codebook, Tier
from vib.language import LANGUAGES
from vib.methods import read_method

WITHOUT_NO = {"leading"}
"""Patterns that the sources describe by what goes well only."""


@pytest.fixture(scope="module")
def book() -> Codebook:
    return read_method("vib-pleegzorg")


def outermost(tier: Tier, code: Code) -> str | None:
    group = code.group
    while group is not None and tier.group_of[group] is not None:
        group = tier.group_of[group]
    return group


def test_it_begins_with_whose_turn_it_is_child_adult_or_unknown(book: Codebook) -> None:
    assert [tier.id for tier in book.timeline_tiers] == ["turn"]
    assert {code.actor for code in book.tier("turn").codes} == {"kind", "volwassene", "onbekend"}


def test_of_a_childs_turn_it_asks_for_the_initiative_how_it_was_received_and_what_came_of_it(book: Codebook) -> None:
    about_the_child = [
        tier.id for tier in book.describing_tiers if tier.describes and tier.describes.codes == ("kind",)
    ]
    assert about_the_child == ["initiative", "reception", "effect"]
    assert not any(book.tier(tier).several for tier in about_the_child)


def test_elements_are_of_a_childs_and_an_adults_turn_and_there_may_be_several(book: Codebook) -> None:
    elements = book.tier("elements")
    assert elements.describes is not None
    assert set(elements.describes.codes) == {"kind", "volwassene"}
    assert elements.several


def test_an_element_whose_id_names_a_cluster_lies_in_that_cluster(book: Codebook) -> None:
    elements = book.tier("elements")
    numbered = {code.id: match[1] for code in elements.codes if (match := re.match(r"BC\.(\d)\.", code.id))}
    assert {code.id: outermost(elements, code) for code in elements.codes if code.id in numbered} == {
        name: f"cluster-{number}" for name, number in numbered.items()
    }
    assert set(numbered.values()) == {"1", "2", "3", "4"}


def test_an_element_lies_in_a_pattern_of_its_cluster(book: Codebook) -> None:
    elements = book.tier("elements")
    clusters = {group.id for group in elements.groups if group.id.startswith("cluster-")}
    assert [code.id for code in elements.codes if code.group in clusters] == []


def test_every_pattern_has_what_goes_well_and_what_does_not(book: Codebook) -> None:
    elements = book.tier("elements")
    for group in elements.groups:
        inside = {code.polarity for code in elements.codes if group.id in (code.group, outermost(elements, code))}
        assert inside == ({"ja"} if group.id in WITHOUT_NO else {"ja", "nee"}), group.id


def test_a_limit_after_acknowledging_the_wish_counts_as_yes(book: Codebook) -> None:
    polarity = {code.id: code.polarity for code in book.tier("reception").codes}
    assert polarity["BC.REC.ATTUNED_NO"] == "ja"


def test_a_missed_overridden_or_rejected_initiative_counts_as_no(book: Codebook) -> None:
    polarity = {code.id: code.polarity for code in book.tier("reception").codes}
    assert {polarity[f"BC.REC.{how}"] for how in ("MISSED", "OVERRIDE", "REJECT")} == {"nee"}


def test_the_building_blocks_are_five_on_one_scale_each_asked_from_a_later_age(book: Codebook) -> None:
    assert [rating.id for rating in book.ratings] == [f"BS.{number}" for number in range(1, 6)]
    assert {(rating.lowest, rating.highest) for rating in book.ratings} == {(1, 5)}
    ages = [rating.from_age_months for rating in book.ratings if rating.from_age_months is not None]
    assert ages[0] == 0
    assert ages == sorted(set(ages))
    assert len(ages) == len(book.ratings)


def test_about_says_that_it_is_our_own_rendering_and_that_ait_has_not_confirmed_it(book: Codebook) -> None:
    for language in LANGUAGES:
        about = book.about.to(language)
        assert "te bevestigen" in about
        assert "AIT" in about
    assert "eigen weergave" in book.about.nl
    assert "our own rendering" in book.about.en
