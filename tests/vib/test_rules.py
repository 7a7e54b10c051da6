"""Rules: what breaks one is told with its place, and what does not is left alone.

The timelines are worked out by hand; each test says why something holds or not.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_books import TURN, book, code, ja, nee, seen, tier, words
from vib_strategies import BOOK, calm, timelines

from vib.codebook import Codebook
from vib.observation import Observation, RatingValue, Timeline
from vib.rules import EXCLUDING, NO_MOMENT, NOT_ASKED, TOO_YOUNG, UNANSWERED, UNKNOWN, Violation, violations

TIERS = [
    TURN,
    tier("who", ["WHO.A", "WHO.B"], "kind volwassene", fill_from="members", optional=True),
    tier("initiative", ["CONTACT", "ANSWER"], "kind"),
    tier("reception", [ja("V"), nee("MISSED")], "kind"),
    tier("effect", [ja("CONTINUE"), "REPEAT"], "kind"),
    tier("move", ["FOLLOW", "LEAD"], "volwassene", optional=True),
    tier("elements", [nee("BLAME"), ja("REPAIR")], "volwassene", optional=True, several=True),
]


def rule(when: dict[str, Any], then: dict[str, Any], *, blocks: bool = False) -> Codebook:
    rules = [{"id": "R", "when": when, "then": then, "say": words("no"), "blocks_submit": blocks}]
    optional = [{**one, "optional": True} for one in TIERS]
    return book(optional, rules=rules)


def broken(found: tuple[Violation, ...]) -> list[tuple[str, float]]:
    return [(one.rule, one.start) for one in found]


def test_an_initiative_wants_a_reception_and_an_answer_does_not() -> None:
    wanting = rule({"tier": "initiative", "without": ["ANSWER"]}, {"given": ["reception", "effect"]}, blocks=True)
    timeline = seen(
        ("kind", 1, 2, {"initiative": "CONTACT"}),
        ("kind", 3, 4, {"initiative": "CONTACT", "reception": "V", "effect": "CONTINUE"}),
        ("kind", 5, 6, {"initiative": "ANSWER"}),
        ("kind", 7, 8, {"initiative": "CONTACT", "reception": "V"}),
    )
    first, last = violations(timeline, {}, wanting)
    assert (first.rule, first.tier, first.code, first.start, first.end) == ("R", "reception", "", 1, 2)
    assert (last.tier, last.start) == ("effect", 7)
    assert first.blocks_submit
    assert first.words.nl == "no"


def test_an_answer_has_no_reception() -> None:
    sparing = rule({"tier": "initiative", "codes": ["ANSWER"]}, {"empty": ["reception"]})
    timeline = seen(
        ("kind", 1, 2, {"initiative": "ANSWER", "reception": "V"}),
        ("kind", 3, 4, {"initiative": "ANSWER"}),
        ("kind", 5, 6, {"initiative": "CONTACT", "reception": "V"}),
    )
    (found,) = violations(timeline, {}, sparing)
    assert (found.tier, found.code, found.start) == ("reception", "V", 1)
    assert not found.blocks_submit


NEAR = {"of": {"tier": "turn", "codes": ["volwassene"]}, "after_s": 3}


@pytest.mark.parametrize(
    ("start", "end", "distance"),
    [
        (5, 6, None),  # exactly 3 s after the offset: within
        (5.0005, 6, None),  # half a millisecond more is the same time
        (5.001, 6, 3.001),
        (9, 10, 7),
        (1.5, 1.6, None),  # meanwhile
        (0, 1, None),  # ended as the turn began: no reaction to it, see below
    ],
)
def test_a_reception_outside_its_window_is_told_with_its_distance(
    start: float, end: float, distance: float | None
) -> None:
    reacting = rule({"tier": "reception", "codes": ["V"]}, {"near": NEAR})
    found = violations(seen(("kind", 1, 2, {"reception": "V"}), ("volwassene", start, end)), {}, reacting)
    if (start, end) == (0, 1):
        assert [(one.rule, one.distance_s) for one in found] == [("R", None)]
    elif distance is None:
        assert not found
    else:
        (one,) = found
        assert one.distance_s == pytest.approx(distance)
        assert one.sentence("nl") == f"no De dichtstbijzijnde is {distance:.1f} s verder.".replace(".0 s", ",0 s")


def test_before_looks_back_and_its_end_belongs_to_it() -> None:
    prompted = rule({"tier": "initiative"}, {"near": {**NEAR, "after_s": 0, "before_s": 3}})
    child = ("kind", 10, 11, {"initiative": "CONTACT"})
    assert not violations(seen(child, ("volwassene", 5, 7)), {}, prompted)
    (found,) = violations(seen(child, ("volwassene", 5, 6.9), ("volwassene", 12, 13)), {}, prompted)
    assert found.distance_s == pytest.approx(3.1)


def test_what_must_not_be_near_is_told_where_it_is() -> None:
    missed = rule(
        {"tier": "reception", "codes": ["MISSED"]},
        {"near": {"of": {"tier": "move", "codes": ["FOLLOW"]}, "after_s": 3, "there": False}},
    )
    child = ("kind", 1, 2, {"reception": "MISSED"})
    assert not violations(seen(child, ("volwassene", 3, 4, {"move": "LEAD"})), {}, missed)
    assert not violations(seen(child, ("volwassene", 5.1, 6, {"move": "FOLLOW"})), {}, missed)
    (found,) = violations(seen(child, ("volwassene", 5, 6, {"move": "FOLLOW"})), {}, missed)
    assert (found.start, found.code, found.distance_s) == (1, "MISSED", None)


def test_an_answer_to_another_question_at_the_same_stretch_is_near() -> None:
    fitting = rule({"tier": "reception", "codes": ["V"]}, {"near": {"of": {"tier": "effect", "codes": ["CONTINUE"]}}})
    assert not violations(seen(("kind", 1, 2, {"reception": "V", "effect": "CONTINUE"})), {}, fitting)
    assert broken(violations(seen(("kind", 1, 2, {"reception": "V", "effect": "REPEAT"})), {}, fitting)) == [("R", 1)]


def test_a_repair_wants_something_that_came_before() -> None:
    mending = rule(
        {"tier": "elements", "codes": ["REPAIR"]},
        {"earlier": [{"tier": "reception", "codes": ["MISSED"]}, {"tier": "elements", "codes": ["BLAME"]}]},
    )
    repair = ("volwassene", 10, 11, {"elements": ("REPAIR",)})
    assert broken(violations(seen(repair), {}, mending)) == [("R", 10)]
    assert broken(violations(seen(repair, ("kind", 12, 13, {"reception": "MISSED"})), {}, mending)) == [("R", 10)]
    assert not violations(seen(repair, ("kind", 1, 2, {"reception": "MISSED"})), {}, mending)
    assert not violations(seen(repair, ("volwassene", 1, 2, {"elements": ("BLAME",)})), {}, mending)


def test_a_repetition_is_an_initiative_too() -> None:
    again = rule({"tier": "effect", "codes": ["REPEAT"]}, {"again": {"tier": "initiative", "within_s": 10}})
    first = ("kind", 1, 2, {"initiative": "CONTACT", "effect": "REPEAT"})
    assert not violations(seen(first, ("kind", 12, 13, {"initiative": "CONTACT"})), {}, again)
    assert broken(violations(seen(first, ("kind", 3, 4, {"initiative": "ANSWER"})), {}, again)) == [("R", 1)]
    assert broken(violations(seen(first), {}, again)) == [("R", 1)]
    (late,) = violations(seen(first, ("kind", 12.5, 13, {"initiative": "CONTACT"})), {}, again)
    assert late.distance_s == pytest.approx(10.5)


def test_another_child_repeats_nothing() -> None:
    again = rule({"tier": "effect", "codes": ["REPEAT"]}, {"again": {"tier": "initiative", "within_s": 10}})
    first = ("kind", 1, 2, {"initiative": "CONTACT", "effect": "REPEAT", "who": "pk"})
    other = ("kind", 3, 4, {"initiative": "ANSWER", "who": "zus"})
    same = ("kind", 5, 6, {"initiative": "CONTACT", "who": "pk"})
    assert not violations(seen(first, other, same), {}, again)


def test_a_question_without_answer_is_pointed_out_where_it_is_asked() -> None:
    found = violations(seen(("kind", 1, 2), ("volwassene", 3, 4), ("onbekend", 5, 6)), {}, book(TIERS))
    assert {(one.rule, one.tier, one.start, one.blocks_submit) for one in found} == {
        (UNANSWERED, name, 1, False) for name in ("initiative", "reception", "effect")
    }


def test_a_question_with_a_rule_is_missed_where_the_rule_asks_it() -> None:
    """A turn that was not described yet misses its first question only, and an answer to something none."""
    rules = [
        {
            "id": "R1",
            "when": {"tier": "initiative", "without": ["ANSWER"]},
            "then": {"given": ["reception", "effect"]},
            "say": words("no"),
            "blocks_submit": True,
        }
    ]
    asking = book(TIERS, rules=rules)
    found = violations(seen(("kind", 1, 2), ("kind", 3, 4, {"initiative": "ANSWER"})), {}, asking)
    assert [(one.rule, one.tier) for one in found] == [(UNANSWERED, "initiative")]
    found = violations(seen(("kind", 1, 2, {"initiative": "CONTACT"})), {}, asking)
    assert [(one.rule, one.tier) for one in found] == [("R1", "reception")]


def test_a_question_that_must_stay_empty_is_not_missed() -> None:
    rules = [
        {
            "id": "R2",
            "when": {"tier": "initiative", "codes": ["ANSWER"]},
            "then": {"empty": ["reception", "effect"]},
            "say": words("no"),
        }
    ]
    assert not violations(seen(("kind", 1, 2, {"initiative": "ANSWER"})), {}, book(TIERS, rules=rules))


LOOKING = book(
    [
        TURN,
        tier("gaze", [code("AT", exclusive_group="GAZE"), code("OFF", exclusive_group="GAZE")]),
        tier("face", [code("SMILE", exclusive_group="FACE")]),
        tier("who", ["WHO.A"], "kind", fill_from="members", optional=True),
    ]
)


@pytest.mark.parametrize(
    ("other", "breaks"),
    [
        (("gaze/OFF", 2, 3), False),  # begins where the first ends
        (("gaze/OFF", 1.9995, 3), False),  # half a millisecond is no overlap
        (("gaze/OFF", 1.999, 3), True),
        (("gaze/OFF", 1, 1), True),  # an instant at the onset
        (("gaze/OFF", 2, 2), False),  # an instant at the offset
        (("gaze/AT", 1.5, 3), False),  # the same code twice excludes nothing
        (("face/SMILE", 1.5, 3), False),  # another group
    ],
)
def test_codes_that_exclude_each_other_do_not_overlap(other: tuple[Any, ...], breaks: bool) -> None:
    found = violations(seen(("gaze/AT", 1, 2), other), {}, LOOKING)
    assert [one.rule for one in found] == [EXCLUDING] * breaks
    assert all(one.blocks_submit for one in found)


def test_an_overlap_is_seen_over_what_lies_between() -> None:
    found = violations(seen(("gaze/AT", 0, 50), ("gaze/AT", 1, 2), ("gaze/OFF", 40, 41)), {}, LOOKING)
    assert broken(found) == [(EXCLUDING, 40)]


def test_one_question_has_one_answer_and_elements_may_be_several() -> None:
    optional = book([{**one, "optional": True} for one in TIERS])
    (found,) = violations(seen(("kind", 1, 2, {"reception": ("V", "MISSED")})), {}, optional)
    assert (found.rule, found.tier, found.blocks_submit) == (EXCLUDING, "reception", True)
    assert not violations(seen(("volwassene", 1, 2, {"elements": ("BLAME", "REPAIR")})), {}, optional)


def test_an_adults_element_on_a_childs_turn_is_out_of_place() -> None:
    optional = book([{**one, "optional": True} for one in TIERS])
    (found,) = violations(seen(("kind", 1, 2, {"elements": ("REPAIR",)})), {}, optional)
    assert (found.rule, found.tier, found.code, found.blocks_submit) == (NOT_ASKED, "elements", "REPAIR", True)


def test_a_code_that_the_codebook_has_not_is_pointed_out() -> None:
    optional = book([{**one, "optional": True} for one in TIERS])
    found = violations(seen(("hond", 1, 2), ("kind", 3, 4, {"effect": "OLD", "gone": "X", "who": "pm"})), {}, optional)
    assert {(one.rule, one.code, one.blocks_submit) for one in found} == {
        (UNKNOWN, "hond", False),
        (UNKNOWN, "OLD", False),
        (UNKNOWN, "X", False),
    }


RATED = {"id": "CALM", "label": words("calm"), "actor": "kind", "definition": words("d"), "example": words("e")}
EVIDENCE = tier("evidence", ["EV.CALM"], "kind volwassene", optional=True, several=True)


@pytest.mark.parametrize(
    ("ratings", "moments", "breaks"),
    [
        ({"CALM": 3.0}, (), True),
        ({"CALM": 3.0}, ("EV.CALM",), False),
        ({"CALM": None}, (), False),
        ({"CALM": 0}, (), False),  # taken back
        ({"CALM": ""}, (), False),
        ({}, (), False),
    ],
)
def test_a_rating_that_wants_a_moment_has_one(
    ratings: dict[str, RatingValue], moments: tuple[str, ...], breaks: bool
) -> None:
    rating = book(
        [TURN, EVIDENCE], ratings=[{**RATED, "evidence_required": True, "source": ["x y z"], "certainty": "low"}]
    )
    found = violations(seen(("kind", 1, 2, {"evidence": moments})), ratings, rating)
    assert [(one.rule, one.tier, one.start, one.end) for one in found] == [(NO_MOMENT, "CALM", 0, 100)] * breaks
    assert all(one.blocks_submit for one in found)


@pytest.mark.parametrize(("age", "told"), [(None, 0), (11, 2), (12, 0), (40, 0)])
def test_what_is_for_older_children_is_pointed_out_where_the_age_is_known(age: int | None, told: int) -> None:
    gated = book(
        [TURN, tier("signal", [code("CLING", from_age_months=12)], "kind", optional=True)],
        ratings=[{**RATED, "from_age_months": 12, "source": ["x y z"], "certainty": "low"}],
    )
    found = violations(seen(("kind", 1, 2, {"signal": "CLING"})), {"CALM": 2}, gated, age)
    assert [one.rule for one in found] == [TOO_YOUNG] * told
    assert not any(one.blocks_submit for one in found)
    assert all("11 maanden" in one.words.nl for one in found)


def test_ages_of_older_children_are_told_in_years() -> None:
    gated = book([TURN, tier("signal", [code("X", from_age_months=150)], "kind", optional=True)])
    (found,) = violations(seen(("kind", 1, 2, {"signal": "X"})), {}, gated, 120)
    assert "vanaf 12 jaar en 6 maanden; het kind is hier 10 jaar" in found.words.nl


MANY = book(
    [
        *TIERS,
        tier("gaze", [code("AT", exclusive_group="GAZE"), code("OFF", exclusive_group="GAZE", from_age_months=12)]),
    ],
    rules=[
        {"id": f"R{number}", "when": when, "then": then, "say": words("no"), "blocks_submit": number % 2 == 0}
        for number, (when, then) in enumerate(
            [
                ({"tier": "initiative", "without": ["ANSWER"]}, {"given": ["reception", "effect"]}),
                ({"tier": "initiative", "codes": ["ANSWER"]}, {"empty": ["reception", "effect"]}),
                ({"tier": "reception", "codes": ["V"]}, {"near": NEAR}),
                ({"tier": "turn"}, {"near": {**NEAR, "before_s": 2, "there": False}}),
                ({"tier": "elements", "codes": ["REPAIR"]}, {"earlier": [{"tier": "elements", "codes": ["BLAME"]}]}),
                ({"tier": "effect", "codes": ["REPEAT"]}, {"again": {"tier": "initiative", "within_s": 10}}),
            ]
        )
    ],
)
CODES = [*sorted(MANY.codes), "gone"]
TIER_IDS = [one.id for one in MANY.tiers] + ["gone"]
VALUES = st.sampled_from(CODES) | st.lists(st.sampled_from(CODES), max_size=3).map(tuple)
MILLISECONDS = st.integers(0, 60_000)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(TIER_IDS),
        st.sampled_from(CODES),
        MILLISECONDS,
        MILLISECONDS,
        st.dictionaries(st.sampled_from(TIER_IDS), VALUES, max_size=4),
    ),
    max_size=12,
)


def drawn(rows: list[tuple[Any, ...]], shift_ms: int = 0) -> Timeline:
    return Timeline(
        1000,
        [
            Observation(name, what, (min(a, b) + shift_ms) / 1000, (max(a, b) + shift_ms) / 1000, answers)
            for name, what, a, b, answers in rows
        ],
    )


@calm
@given(ROWS, st.integers(0, 900_000))
def test_shifting_a_timeline_changes_nothing_but_times(rows: list[tuple[Any, ...]], shift: int) -> None:
    before, after = violations(drawn(rows), {}, MANY, 6), violations(drawn(rows, shift), {}, MANY, 6)

    def told(found: tuple[Violation, ...], by: float) -> list[tuple[Any, ...]]:
        return sorted(
            (
                v.rule,
                v.tier,
                v.code,
                round(v.start - by, 3),
                round(v.end - by, 3),
                v.words.nl,
                round(v.distance_s or 0, 3),
            )
            for v in found
        )

    assert told(before, 0) == told(after, shift / 1000)


@calm
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(rows: list[tuple[Any, ...]], random: Any) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert violations(drawn(rows), {}, MANY) == violations(drawn(mixed), {}, MANY)


@calm
@given(timelines(), st.dictionaries(st.text(max_size=5), st.none() | st.floats() | st.text(max_size=3), max_size=3))
def test_no_timeline_of_the_shipped_codebook_is_too_much(timeline: Timeline, ratings: dict[str, RatingValue]) -> None:
    for found in violations(timeline, ratings, BOOK, 30):
        assert found.words.nl
        assert found.words.en
        assert 0 <= found.start <= found.end


def test_where_the_clip_is_rated_the_question_for_moments_is_asked_too() -> None:
    levels = [
        {"id": name, "label": words(name), "tiers": ["turn"], "ratings": name == "all"} for name in ("all", "few")
    ]
    rating = {**RATED, "evidence_required": True, "source": ["x y z"], "certainty": "low"}
    rated = book([TURN, EVIDENCE], ratings=[rating], levels=levels)
    timeline = seen(("kind", 1, 2))
    assert [one.rule for one in violations(timeline, {"CALM": 3}, rated.at(rated.level("all")))] == [NO_MOMENT]
    assert not violations(timeline, {"CALM": 3}, rated.at(rated.level("few")))
