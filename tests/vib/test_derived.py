"""Calculated codes: against timelines that were worked out by hand, in the comments, and what holds of all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from small_books import SOURCED, TURN, book, code, ja, nee, seen, tier, words
from vib_strategies import calm

from vib.codebook import Codebook
from vib.derived.calculating import (
    Calculated,
    calculated,
    calculated_tiers,
    folded,
    with_calculated,
    with_calculated_tiers,
)
from vib.derived.catalogue import CALCULATIONS
from vib.derived.seen import Figure
from vib.made_with import MadeWith
from vib.observation import Observation, RaterSet, Timeline

TIERS = [
    TURN,
    tier("who", ["WHO.A"], "kind volwassene", fill_from="members", optional=True),
    tier("initiative", ["CONTACT", "PEER"], "kind"),
    tier("reception", [ja("V"), ja("NV"), nee("MISSED"), "NOTSEEN"], "kind"),
    tier("understanding", [ja("FIT"), "OTHER"], "kind"),
    tier("effect", [ja("CONTINUE"), "REPEAT", "STOP"], "kind"),
    tier("peer_reception", [ja("TAKEN"), "LEFT"], "kind"),
    tier("adult_move", [ja("FOLLOW"), ja("BOTH"), "LEAD"], "volwassene"),
    tier("elements", [nee("BLAME"), "REPAIR", "COMMAND", "PRAISE"], "volwassene", several=True),
    tier("response", [code("DONE", actor="kind"), code("REFUSED", actor="kind")], "kind volwassene"),
    tier("adult_gaze", [code("P.CHILD", exclusive_group="P"), code("P.OBJ", exclusive_group="P")]),
    tier("child_gaze", [code("C.PAR", actor="kind"), code("C.OBJ", actor="kind")]),
    tier("face", ["SMILE", "FROWN"]),
    tier("body", ["AWAY", "ELSEWHERE", "HIDDEN", "PICTURE"]),
]
OF: dict[str, dict[str, list[str]]] = {
    "repaired": {"repair": ["REPAIR"]},
    "no_cycle": {"faltering": ["REPEAT", "STOP"], "repair": ["REPAIR"]},
    "peer_share": {"peer": ["PEER"]},
    "mutual_gaze": {"adult_at_child": ["P.CHILD"], "child_at_adult": ["C.PAR"]},
    "joint_attention": {
        "adult_at_child": ["P.CHILD"],
        "child_at_adult": ["C.PAR"],
        "adult_at_object": ["P.OBJ"],
        "child_at_object": ["C.OBJ"],
    },
    "checking_back": {"child_at_adult": ["C.PAR"], "child_at_object": ["C.OBJ"]},
    "attentive": {
        "signs": ["P.CHILD", "P.OBJ", "SMILE"],
        "against": ["FROWN"],
        "turned_away": ["AWAY"],
        "looking_away": ["ELSEWHERE"],
        "unseen": ["HIDDEN"],
    },
    "compliance": {"command": ["COMMAND"], "complied": ["DONE"], "not_complied": ["REFUSED"]},
    "chains": {"first": ["COMMAND"], "then": ["DONE"], "last": ["PRAISE"]},
    "what_follows": {"first": ["COMMAND", "PRAISE"], "then": ["DONE"]},
    "share": {"counted": ["DONE"], "among": ["response"]},
    "rate": {"counted": ["PRAISE"], "unseen": ["HIDDEN"]},
    "first_turn_after": {"picture": ["PICTURE"]},
}


def asking(by: str, **params: float) -> Codebook:
    about = {"label": words(by), "definition": words(by), **SOURCED}
    return book(TIERS, derived=[{"id": "D", "by": by, "params": params, "of": OF.get(by, {}), **about}])


def spans(by: str, *rows: tuple[Any, ...], **params: float) -> list[tuple[float, float]]:
    found = calculated(seen(*rows), asking(by, **params)).timeline
    assert {(one.tier, one.code) for one in found} <= {("D", "D")}
    return [(one.start, one.end) for one in found]


def figures(by: str, *rows: tuple[Any, ...], **params: float) -> dict[str, tuple[float, float]]:
    return {one.of: (one.count, one.total) for one in raw(by, *rows, **params)}


def raw(by: str, *rows: tuple[Any, ...], **params: float) -> tuple[Figure, ...]:
    return calculated(seen(*rows), asking(by, **params)).figures["D"]


def test_a_transition_is_a_change_of_person_without_a_long_gap_or_overlap() -> None:
    rows = [
        ("kind", 0, 2),
        ("volwassene", 4, 5),  # 2 s after: a transition at 4
        ("volwassene", 5.5, 6),  # the same person goes on: none
        ("kind", 8.1, 10),  # 2.1 s after: too long
        ("volwassene", 9, 11),  # overlaps 1 s: a transition at 9
        ("kind", 9.9, 12),  # overlaps 1.1 s: none
        ("onbekend", 12, 13),  # who is not known
        ("kind", 13, 14),
    ]
    assert spans("turn_transitions", *rows) == [(4, 4), (9, 9)]
    assert spans("turn_transitions", *rows, max_gap_s=3, max_overlap_s=2) == [(4, 4), (8.1, 8.1), (9, 9), (9.9, 9.9)]


def test_two_adults_take_turns_where_it_is_known_who_they_are() -> None:
    rows = [
        ("volwassene", 0, 1, {"who": "pm"}),
        ("volwassene", 2, 3, {"who": "pv"}),
        ("volwassene", 4, 5, {"who": "pv"}),
    ]
    assert spans("turn_transitions", *rows) == [(2, 2)]
    assert spans("taking_turn", *rows) == [(2, 3)]


def test_taking_a_turn_is_each_turn_after_another_persons() -> None:
    # After 50 s too: it has no window.
    assert spans("taking_turn", ("kind", 0, 1), ("kind", 2, 3), ("volwassene", 53, 54)) == [(53, 54)]


def test_turns_and_seconds_of_each_person() -> None:
    # The child has 2 of 3 turns; its seconds are 0-2 and 1-4, which is 4, the adult's 6: 10 in all.
    found = raw("balanced_turns", ("kind", 0, 2), ("kind", 1, 4), ("volwassene", 5, 11), ("onbekend", 20, 40))
    assert [(one.of, one.count, one.total, one.unit) for one in found] == [
        ("kind", 2, 3, "turns"),
        ("volwassene", 1, 3, "turns"),
        ("kind", 4, 10, "seconds"),
        ("volwassene", 6, 10, "seconds"),
    ]


def test_turns_are_spread_evenly_where_each_child_has_as_many() -> None:
    even = [("kind", 0, 1, {"who": "a"}), ("kind", 2, 3, {"who": "b"}), ("kind", 4, 5), ("volwassene", 6, 7)]
    # 2 of the 3 children's turns say who it was; 1 of 2 each; evenness 1.
    found = raw("spread_of_turns", *even)
    assert [(one.of, one.count, one.total) for one in found] == [("", 2, 3), ("a", 1, 2), ("b", 1, 2), ("", 1, 1)]
    # 3 to 1: -(0.75 ln 0.75 + 0.25 ln 0.25) / ln 2 = 0.8113
    uneven = [("kind", n, n + 0.5, {"who": "b" if n == 3 else "a"}) for n in range(4)]
    assert raw("spread_of_turns", *uneven)[-1].count == pytest.approx(0.8113, abs=1e-4)
    # One child: nothing to be even between.
    assert [one.unit for one in raw("spread_of_turns", even[0])] == ["turns", "turns"]


def test_who_speaks_first_after_a_picture() -> None:
    rows = [("body/PICTURE", 0, 5), ("volwassene", 3, 4), ("kind", 5, 6), ("volwassene", 7, 8), ("body/PICTURE", 9, 10)]
    # Speaking during the picture is not after it; nobody spoke after the second.
    assert figures("first_turn_after", *rows) == {"kind": (1, 1)}


def test_latency_counts_from_the_end_of_the_initiative() -> None:
    rows = [
        ("volwassene", 0, 1.5),  # began before the initiative: no reaction to it
        ("kind", 1, 2, {"reception": "V"}),
        ("volwassene", 2.8, 4),  # 0.8 s after its end
        ("kind", 10, 12, {"reception": "V"}),
        ("volwassene", 11.5, 13),  # 0.5 s before its end
        ("kind", 20, 21, {"reception": "MISSED"}),  # not received
        ("volwassene", 22, 23),
        ("kind", 30, 31, {"reception": "NV"}),  # by a nod; the next turn is 20 s later
        ("volwassene", 51, 52),
    ]
    (found,) = raw("reception_latency", *rows)
    assert (found.count, found.total) == (2, 3)
    assert found.values == pytest.approx((0.8, -0.5))
    assert raw("reception_latency", *rows, within_s=20)[0].count == 3


def test_received_of_what_could_be_seen() -> None:
    given = ["V", "NV", "MISSED", "NOTSEEN"]
    rows = [("kind", n, n + 0.5, {"reception": one}) for n, one in enumerate(given)]
    assert figures("received_share", *rows, ("kind", 9, 10)) == {"": (2, 3)}


def test_following_beside_leading() -> None:
    moves = ["FOLLOW", "BOTH", "LEAD", "LEAD"]
    rows = [("volwassene", n, n + 0.5, {"adult_move": one}) for n, one in enumerate(moves)]
    found = figures("follow_ratio", *rows)
    assert found == {"": (2, 4), "FOLLOW": (1, 4), "BOTH": (1, 4), "LEAD": (2, 4)}


RECEIVED = {"reception": "V", "effect": "CONTINUE"}
FAILED = {"reception": "MISSED", "effect": "REPEAT"}


def test_a_yes_cycle_is_a_series_of_moves_that_go_on() -> None:
    rows = [
        ("kind", 0, 1, RECEIVED),
        ("volwassene", 2, 3),
        ("kind", 8, 9, RECEIVED),  # 5 s after the adult ended: linked
        ("volwassene", 14.1, 15),  # 5.1 s: a new series, too short
        ("kind", 16, 17, RECEIVED),
    ]
    assert spans("yes_cycle", *rows) == [(0, 9)]
    assert spans("yes_cycle", *rows, min_moves=2) == [(0, 9), (14.1, 17)]
    assert spans("yes_cycle", *rows, max_gap_s=6) == [(0, 17)]


@pytest.mark.parametrize(
    "middle",
    [
        ("volwassene", 2, 3, {"elements": ("BLAME",)}),  # an element that is nee
        ("kind", 2, 3, RECEIVED),  # no alternation
        ("onbekend", 2, 3),
    ],
)
def test_what_ends_a_yes_cycle(middle: tuple[Any, ...]) -> None:
    assert spans("yes_cycle", ("kind", 0, 1, RECEIVED), middle, ("kind", 4, 5, RECEIVED)) == []


def test_an_initiative_that_failed_is_in_no_yes_cycle_and_neither_are_turns_that_nobody_described() -> None:
    def turns(answers: dict[str, str]) -> list[tuple[Any, ...]]:
        return [("kind", 0, 1, answers), ("volwassene", 2, 3), ("kind", 4, 5)]

    assert spans("yes_cycle", *turns(RECEIVED)) == [(0, 5)]
    assert spans("yes_cycle", *turns(FAILED)) == []
    assert spans("yes_cycle", *turns({"reception": "V", "effect": "STOP"})) == []
    assert spans("yes_cycle", *turns({})) == []


def test_a_no_cycle_is_initiatives_that_fail_after_one_another() -> None:
    rows = [
        ("kind", 0, 1, FAILED),
        ("kind", 20, 21, FAILED),  # begins exactly 20 s after the first did
        ("kind", 45, 46, FAILED),  # 25 s later: alone
    ]
    assert spans("no_cycle", *rows) == [(0, 21)]
    assert spans("no_cycle", *rows, within_s=25) == [(0, 46)]
    assert spans("no_cycle", *rows, min_initiatives=3, within_s=45) == [(0, 46)]
    assert spans("no_cycle", rows[0], ("volwassene", 5, 6, {"elements": ("REPAIR",)}), rows[1]) == []
    assert spans("no_cycle", rows[0], ("kind", 5, 6, {"reception": "MISSED", "effect": "CONTINUE"})) == []
    others = [("kind", 0, 1, {**FAILED, "who": "a"}), ("kind", 2, 3, {**FAILED, "who": "b"})]
    assert spans("no_cycle", *others) == []


def test_repaired_is_from_the_failing_to_what_shows_that_it_helped() -> None:
    repair = ("volwassene", 61, 62, {"elements": ("REPAIR",)})
    # The failing ended 60 s before the repair; the child goes on at 65.
    assert spans("repaired", ("kind", 0, 1, FAILED), repair, ("kind", 65, 66, RECEIVED)) == [(0, 66)]
    assert spans("repaired", ("kind", 0, 0.9, FAILED), repair, ("kind", 65, 66, RECEIVED)) == []
    assert spans("repaired", ("kind", 0, 1, FAILED), repair, ("kind", 65, 66, FAILED)) == []
    assert spans("repaired", ("kind", 0, 1, FAILED), ("kind", 65, 66, RECEIVED)) == []


def test_a_sensitivity_chain_is_signal_reaction_and_how_it_was_taken() -> None:
    chain = {"initiative": "CONTACT", "effect": "CONTINUE"}
    rows = [
        ("kind", 0, 1, {**chain, "reception": "V"}),
        ("kind", 2, 3, {**chain, "reception": "MISSED", "understanding": "FIT"}),
        ("kind", 4, 5, {**chain, "reception": "MISSED"}),
        ("kind", 6, 7, {**chain, "reception": "V", "effect": "STOP"}),
        ("kind", 8, 9, {"reception": "V", "effect": "CONTINUE"}),  # no initiative
    ]
    assert spans("sensitivity_chain", *rows) == [(0, 1), (2, 3)]


def test_initiatives_between_children() -> None:
    rows = [
        ("kind", 0, 1, {"initiative": "PEER", "peer_reception": "TAKEN"}),
        ("kind", 2, 3, {"initiative": "PEER", "peer_reception": "LEFT"}),
        ("kind", 4, 5, {"initiative": "PEER"}),
        ("kind", 6, 7, {"initiative": "CONTACT"}),
    ]
    # 3 of 4 initiatives; of the 2 with an answer 1 was taken up.
    assert figures("peer_share", *rows) == {"": (3, 4), "peer": (1, 2)}


def test_mutual_gaze_is_where_both_look() -> None:
    rows = [("adult_gaze/P.CHILD", 1, 5), ("child_gaze/C.PAR", 4, 6), ("child_gaze/C.PAR", 0, 1)]
    assert spans("mutual_gaze", *rows) == [(4, 5)]
    assert spans("mutual_gaze", *rows, min_s=1.1) == []


def test_joint_attention_wants_a_second_together_and_a_look_at_the_other() -> None:
    together = [("adult_gaze/P.OBJ", 0, 5), ("child_gaze/C.OBJ", 4, 8)]  # 4 to 5
    assert spans("joint_attention", *together) == []
    assert spans("joint_attention", *together, ("child_gaze/C.PAR", 8, 9)) == [(4, 5)]  # 3 s after
    assert spans("joint_attention", *together, ("child_gaze/C.PAR", 8.1, 9)) == []
    assert spans("joint_attention", *together, ("adult_gaze/P.CHILD", 8, 9), min_s=1.1) == []


def test_checking_back_is_a_short_look_between_two_at_a_thing() -> None:
    thing, again = ("child_gaze/C.OBJ", 0, 5), ("child_gaze/C.OBJ", 9, 12)
    assert spans("checking_back", thing, ("child_gaze/C.PAR", 5, 8), again) == [(5, 8)]  # 3 s, a gap of 1 s
    assert spans("checking_back", thing, ("child_gaze/C.PAR", 5, 8.1), again) == []  # too long
    assert spans("checking_back", thing, ("child_gaze/C.PAR", 5, 7.9), again) == []  # 1.1 s to the next
    assert spans("checking_back", thing, ("child_gaze/C.PAR", 5, 8)) == []


def test_an_attentive_turn_has_two_signs_for_half_of_the_time_that_is_seen() -> None:
    turn, look, smile = ("volwassene", 0, 10), ("adult_gaze/P.CHILD", 0, 3), ("face/SMILE", 5, 10)
    more = ("adult_gaze/P.OBJ", 3, 5)  # gaze at child or thing is one sign: 5 s of 10
    assert spans("attentive", turn, look, more, smile) == [(0, 10)]
    assert spans("attentive", turn, look, smile) == []  # 3 s of looking is too little
    assert spans("attentive", turn, look, smile, ("body/HIDDEN", 3, 7)) == [(0, 10)]  # 3 and 3 of the 6 s that are seen
    assert spans("attentive", turn, look, more, smile, ("face/FROWN", 9, 11)) == []
    assert spans("attentive", turn, look, more, smile, ("body/AWAY", 1, 2), ("body/ELSEWHERE", 2, 3)) == [(0, 10)]
    assert spans("attentive", turn, look, more, smile, ("body/AWAY", 1, 2), ("body/ELSEWHERE", 1, 3)) == []
    assert spans("attentive", turn, look, more, ("body/HIDDEN", 0, 10)) == []  # nothing can be seen
    assert spans("attentive", turn, look, more, min_signs=1) == [(0, 10)]


def test_a_command_is_complied_with_within_five_seconds() -> None:
    command = {"elements": ("COMMAND",)}
    rows = [
        ("volwassene", 0, 1, command),
        ("kind", 6, 7, {"response": "DONE"}),  # 5 s after
        ("volwassene", 10, 11, command),
        ("kind", 12, 13, {"response": "REFUSED"}),
        ("volwassene", 20, 21, command),
        ("kind", 26.1, 27, {"response": "DONE"}),  # too late: no chance, not counted
        ("volwassene", 30, 31, {**command, "response": "DONE"}),  # answered at the command itself
    ]
    assert figures("compliance", *rows) == {"": (2, 3)}
    assert figures("compliance", *rows, within_s=6) == {"": (3, 4)}


def test_a_chain_is_one_after_the_other() -> None:
    rows = [
        ("volwassene", 0, 1, {"elements": ("COMMAND",)}),
        ("kind", 2, 3, {"response": "DONE"}),
        ("volwassene", 4, 5, {"elements": ("PRAISE",)}),
        ("volwassene", 20, 21, {"elements": ("COMMAND",)}),
        ("kind", 22, 23, {"response": "DONE"}),  # nobody praises
    ]
    assert spans("chains", *rows) == [(0, 5)]
    assert figures("what_follows", *rows) == {"COMMAND": (2, 2), "PRAISE": (0, 1)}


def test_shares_and_rates() -> None:
    rows = [("kind", 0, 1, {"response": "DONE"}), ("kind", 2, 3, {"response": "REFUSED"}), ("body/HIDDEN", 90, 100)]
    assert figures("share", *rows) == {"": (1, 2)}
    praised = ("volwassene", 5, 6, {"elements": ("PRAISE",)})
    assert figures("rate", *rows, praised) == {"PRAISE": (1, 90)}  # 100 s, of which 10 cannot be seen


def test_every_calculation_has_its_definition_and_has_been_tried_here() -> None:
    for name, calculation in CALCULATIONS.items():
        assert calculation.function.__doc__, name
        assert all(isinstance(value, float) for value in calculation.windows.values()), name
        assert calculated(seen(("kind", 0, 1)), asking(name)), name


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"by": "gone"}, r"no calculation gone; these are: .*yes_cycle"),
        ({"params": {"max_gap": 3}}, r"max_gap in params; .*min_moves, max_gap_s"),
        ({"of": {"gone": ["turn"]}}, r"no gone in of; .*turn, reception, effect"),
        ({"of": {"turn": ["gone"]}}, r"names what is not there, .*: gone"),
        ({"by": "repaired"}, r"which codes are repair"),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_what_there_is(wrong: dict[str, Any], named: str) -> None:
    about = {"id": "D", "by": "yes_cycle", "label": words("x"), "definition": words("x"), **SOURCED}
    with pytest.raises(ValidationError, match=f"(?s){named}"):
        book(TIERS, derived=[{**about, **wrong}])


def test_what_is_not_asked_at_a_level_is_not_calculated() -> None:
    levels = [{"id": "start", "label": words("start"), "tiers": ["turn"]}]
    about = {"label": words("x"), "definition": words("x"), **SOURCED}
    derived = [{"id": "D", "by": "yes_cycle", **about}, {"id": "E", "by": "turn_transitions", **about}]
    asked = book(TIERS, derived=derived, levels=levels)
    rows = [("kind", 0, 1, RECEIVED), ("volwassene", 2, 3), ("kind", 4, 5, RECEIVED)]
    assert set(calculated(seen(*rows), asked).timeline.tiers) == {"D", "E"}
    assert set(calculated(seen(*rows), asked.at(asked.level("start"))).timeline.tiers) == {"E"}


ALL = book(
    TIERS,
    derived=[
        {
            "id": f"D.{name}",
            "by": name,
            "of": OF.get(name, {}),
            "label": words(name),
            "definition": words(name),
            **SOURCED,
        }
        for name in CALCULATIONS
    ],
)
MILLISECONDS = st.integers(0, 60_000)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        one["id"]: st.sampled_from([entry["id"] for entry in one["codes"]]) for one in TIERS if one.get("describes")
    },
)
PLACES = [(one["id"], entry["id"]) for one in TIERS if not one.get("describes") for entry in one["codes"]]
ROWS = st.lists(st.tuples(st.sampled_from(PLACES), MILLISECONDS, MILLISECONDS, ANSWERS), max_size=12)


def drawn(rows: list[tuple[Any, ...]], shift: int = 0) -> Timeline:
    return Timeline(
        100,
        [
            Observation(place[0], place[1], (min(a, b) + shift) / 1000, (max(a, b) + shift) / 1000, answers)
            for place, a, b, answers in rows
        ],
    )


def told(found: Calculated, shift: int = 0) -> Any:
    return (
        sorted((one.tier, round(one.start * 1000) - shift, round(one.end * 1000) - shift) for one in found.timeline),
        [
            (name, one.of, round(one.count, 6), round(one.total, 6), tuple(round(value, 6) for value in one.values))
            for name, given in found.figures.items()
            for one in given
        ],
    )


@calm
@given(ROWS, st.integers(0, 39_000))
def test_shifting_a_timeline_changes_nothing_but_times(rows: list[tuple[Any, ...]], shift: int) -> None:
    assert told(calculated(drawn(rows), ALL)) == told(calculated(drawn(rows, shift), ALL), shift)


@calm
@given(ROWS)
def test_shares_are_part_of_a_whole_and_coding_stays_what_it_was(rows: list[tuple[Any, ...]]) -> None:
    timeline = drawn(rows)
    for given_figures in calculated(timeline, ALL).figures.values():
        for one in given_figures:
            assert 0 <= one.count <= one.total + 1e-9 or one.unit == "seconds"
    tiers = {one.id for one in calculated_tiers(ALL)}
    both = with_calculated(timeline, ALL)
    assert tuple(one for one in both if one.tier not in tiers) == timeline.observations


CODED = seen(
    ("kind", 0, 1, RECEIVED), ("volwassene", 2, 3, {"elements": ("PRAISE", "REPAIR")}), ("kind", 4, 5, RECEIVED)
)


def test_answers_that_lie_on_the_timeline_go_to_what_they_describe() -> None:
    """So a table with one row a code calculates the same as the codes that it was written from."""
    book_of = asking("yes_cycle")
    rows = [Observation(one.tier, one.code, one.start, one.end) for one in CODED]
    rows += [one for name in CODED.attribute_names for one in CODED.described_by(name)]
    assert folded(Timeline(CODED.duration, rows), book_of) == CODED
    assert folded(CODED, book_of) is CODED
    # At the same times there are a child and an adult: an answer goes to whose question it is.
    both = seen(("kind", 0, 1), ("volwassene", 0, 1), ("elements/PRAISE", 0, 1), ("reception/V", 0, 1))
    assert {one.code: dict(one.attributes) for one in folded(both, book_of)} == {
        "kind": {"reception": "V"},
        "volwassene": {"elements": ("PRAISE",)},
    }
    alone = seen(("reception/V", 0, 1))
    assert folded(alone, book_of) == alone


def test_each_rater_gets_calculated_tiers_of_their_own_codes_and_they_are_marked() -> None:
    asked = asking("yes_cycle")
    clip = RaterSet("c", 100, {"anna": CODED, "bram": seen(("kind", 0, 1))})
    (found,) = with_calculated_tiers([clip], asked.made)
    assert {name: len(one.tiers.get("D", ())) for name, one in found.timelines.items()} == {"anna": 1, "bram": 0}
    assert found.calculated == {"D"}
    # Calculated again, from what was coded only: nothing is there twice.
    assert with_calculated_tiers([found], asked.made) == (found,)


def test_of_a_clip_that_not_all_coded_alike_only_what_all_can_have_is_calculated() -> None:
    levels = [{"id": "start", "label": words("start"), "tiers": ["turn"]}]
    about = {"label": words("x"), "definition": words("x"), **SOURCED}
    derived = [{"id": "D", "by": "yes_cycle", **about}, {"id": "E", "by": "taking_turn", **about}]
    asked = book(TIERS, derived=derived, levels=levels)
    now, start, old = (
        MadeWith(method="small", version=version, level=level)
        for version, level in (("1.0.0", None), ("1.0.0", "start"), ("0.9.0", None))
    )
    clip = RaterSet("c", 100, {"anna": CODED, "bram": CODED}, made_with={"anna": now, "bram": start})
    (found,) = with_calculated_tiers([clip], asked.made)
    assert found.calculated == {"E"}
    assert {tier for one in found.timelines.values() for tier in one.tiers} == {"turn", "E"}
    other = RaterSet("c", 100, {"anna": CODED, "bram": CODED}, made_with={"anna": now, "bram": old})
    assert with_calculated_tiers([other], asked.made) == (other,)


@pytest.mark.parametrize(
    ("level", "version", "tiers"),
    [(None, "1.0.0", 14), ("start", "1.0.0", 1), ("gone", "1.0.0", 0), (None, "0.9.0", 0)],
)
def test_codes_are_read_by_the_codebook_that_they_were_made_with(level: str | None, version: str, tiers: int) -> None:
    leveled = book(TIERS, levels=[{"id": "start", "label": words("start"), "tiers": ["turn"]}])
    found = leveled.made(MadeWith(method="small", version=version, level=level))
    assert (len(found.tiers) if found else 0) == tiers
    assert leveled.made(None) is leveled
