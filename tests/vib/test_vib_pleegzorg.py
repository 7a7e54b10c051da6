"""VIB in foster care: what somebody who knows the method would want to be told of when it changes."""

from __future__ import annotations

import re

import pytest

from vib.codebook import Code, Codebook, Tier
from vib.methods import read_method

WITHOUT_NO = {"leading", "fostercare"}
"""Patterns that the sources describe by what goes well only."""

NONE = "bc-none"
"""What says that there is no element is in no pattern."""


@pytest.fixture(scope="module")
def book() -> Codebook:
    return read_method("vib-pleegzorg")


def outermost(tier: Tier, code: Code) -> str | None:
    group = code.group
    while group is not None and tier.group_of[group] is not None:
        group = tier.group_of[group]
    return group


def asked_at(book: Codebook, actor: str) -> list[Tier]:
    return [tier for tier in book.describing_tiers if tier.describes and tier.describes.codes == (actor,)]


def test_it_begins_with_whose_turn_it_is_child_adult_or_unknown(book: Codebook) -> None:
    assert [tier.id for tier in book.timeline_tiers] == ["turn", "pick"]
    assert {code.actor for code in book.tier("turn").codes} == {"kind", "volwassene", "onbekend"}


def test_whoever_begins_is_asked_four_questions(book: Codebook) -> None:
    start = book.at(book.levels[0])
    assert [tier.id for tier in start.tiers] == ["turn", "initiative", "reception", "effect"]
    assert start.ratings == ()
    assert {rule.id for rule in start.rules} >= {"R1", "R2", "R3", "R5"}


def test_a_childs_turn_is_asked_for_the_initiative_how_it_was_received_and_what_came_of_it(book: Codebook) -> None:
    about_the_child = [tier.id for tier in asked_at(book, "kind")]
    assert about_the_child[:3] == ["initiative", "reception", "effect"]
    assert not any(book.tier(tier).several for tier in about_the_child[:3])


def test_elements_of_an_adult_are_not_offered_on_a_childs_turn(book: Codebook) -> None:
    assert {code.actor for tier in asked_at(book, "volwassene") if tier.several for code in tier.codes} == {
        "volwassene"
    }
    assert {code.actor for tier in asked_at(book, "kind") if tier.several for code in tier.codes} == {"kind"}


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
        assert ("ja" in inside) == (group.id != NONE), group.id
        assert ("nee" in inside) == (group.id not in {*WITHOUT_NO, NONE}), group.id


def test_a_limit_after_acknowledging_the_wish_counts_as_yes(book: Codebook) -> None:
    assert book.codes["BC.REC.ATTUNED_NO"].polarity == "ja"


def test_a_missed_crossed_or_rejected_initiative_counts_as_no(book: Codebook) -> None:
    assert {book.codes[f"BC.REC.{how}"].polarity for how in ("MISSED", "OVERRIDE", "REJECT")} == {"nee"}


def test_an_answer_what_cannot_be_seen_and_what_is_unclear_are_answers_of_their_own(book: Codebook) -> None:
    explicit = re.compile(r"\.(ANSWER|UNCLEAR|NOTSEEN|UNSEEN)$")
    for tier in book.describing_tiers:
        if not tier.several and tier.fill_from is None:
            assert [code.id for code in tier.codes if explicit.search(code.id)], tier.id


def test_a_reception_counts_from_the_start_of_the_initiative_until_three_seconds_after_its_end(book: Codebook) -> None:
    received = [code for code in book.tier("reception").codes if code.id != "BC.REC.NOTSEEN"]
    assert {tuple(code.params.items()) for code in received} == {(("after_s", 3),)}
    near = next(rule.then.near for rule in book.rules if rule.id == "R3")
    assert near is not None
    assert (near.before_s, near.after_s, near.of.tier, near.of.codes) == (0, 3, "turn", ("volwassene",))


def test_stopping_because_it_is_well_is_told_from_giving_up(book: Codebook) -> None:
    assert book.codes["BC.EFF.SETTLED"].polarity == "ja"
    assert book.codes["BC.EFF.STOP"].polarity == "neutraal"


def test_the_building_blocks_are_five_on_one_scale_each_asked_from_a_later_age(book: Codebook) -> None:
    blocks = [rating for rating in book.ratings if rating.actor == "kind"]
    assert [rating.id for rating in blocks] == [f"BS.{number}" for number in range(1, 6)]
    assert {(rating.lowest, rating.highest) for rating in book.ratings} == {(1, 5)}
    ages = [rating.from_age_months for rating in blocks if rating.from_age_months is not None]
    assert ages[0] == 0
    assert ages == sorted(set(ages))
    assert len(ages) == len(blocks)


def test_codes_of_the_version_before_are_not_compared_where_they_meant_something_else(book: Codebook) -> None:
    change = book.changes[0]
    assert (change.version, book.version) == ("0.2.0", "0.2.0")
    assert set(change.incomparable) == {"initiative", "reception", "effect", "elements"}
    assert {code.id for code in book.retired} == {name for name, now in change.becomes.items() if now is None}
    assert not {code.id for code in book.retired} & set(book.codes)
