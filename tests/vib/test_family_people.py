"""Who can be chosen in a clip, and how old the children are in it."""

from __future__ import annotations

from vib.family import Member
from vib.methods import read_method
from vib.people import ages_of, members_offered, merged, roles_offered

BOOK = read_method("vib-pleegzorg")
FAMILY = [
    Member(id="pm", role="pleegmoeder"),
    Member(id="k1", role="pleegkind", born="2022-05"),
    Member(id="pv", role="pleegvader"),
    Member(id="k2", role="eigen kind"),
]


def test_children_come_first_and_everybody_has_a_key_that_the_codebook_leaves_free() -> None:
    offered = members_offered(BOOK, FAMILY)
    assert [one["alias"] for one in offered] == ["k1", "k2", "pm", "pv"]
    taken = {code.hotkey for tier in BOOK.tiers if tier.fill_from is None for code in tier.codes}
    keys = [one["hotkey"] for one in offered]
    assert len(set(keys)) == 4
    assert not taken & set(keys)


def test_of_a_crowd_those_beyond_the_digits_have_no_key() -> None:
    crowd = [Member(id=f"k{number}", role="kind") for number in range(12)]
    offered = members_offered(BOOK, crowd)
    assert len(offered) == 12
    assert "hotkey" not in offered[-1]


def test_clips_of_several_families_offer_the_roles_of_the_codebook() -> None:
    assert "WHO.PK" in [one["alias"] for one in roles_offered(BOOK, "nl")]
    assert not roles_offered(read_method("pcit"), "nl")


def test_an_age_that_is_not_known_is_asked_and_not_hidden() -> None:
    known = ages_of(FAMILY[:2], "2026-03", "nl")
    assert known == {"age": "pleegkind (k1): 3 jaar en 10 maanden", "age_months": 46}
    unknown = ages_of(FAMILY, None, "en")
    assert "how old?" in unknown["age"]
    assert unknown["age_months"] is None
    both = ages_of(FAMILY, "2026-03", "nl")["age"]
    assert both.startswith("pleegkind (k1): 3 jaar en 10 maanden; eigen kind (k2): hoe oud?")


def test_who_left_the_family_can_still_be_read_and_has_no_key() -> None:
    before = {"who": [{"value": "oma (o)", "alias": "o", "hotkey": "4"}], "note": "kept"}
    after = merged(before, {"who": [{"value": "kind (k)", "alias": "k", "hotkey": "4"}]})
    assert after["who"] == [{"value": "kind (k)", "alias": "k", "hotkey": "4"}, {"value": "oma (o)", "alias": "o"}]
    assert after["note"] == "kept"
    assert merged(after, {"who": after["who"][:1]}) == after
