"""Which codes are hardest, counted by hand."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from plugins.agreement.comparing.hard_codes import FEWEST, hard_codes
from vib.hard_code import HardCode
from vib.observation import Observation, RaterSet, Timeline


def clip(**raters: Sequence[tuple[str, str | None]]) -> RaterSet:
    """Return a clip in which each rater has a turn every five seconds, with a code and a reception."""
    timelines = {
        rater: Timeline(
            500,
            [
                Observation("turn", code, 5.0 * place, 5.0 * place + 3, {} if value is None else {"reception": value})
                for place, (code, value) in enumerate(seen)
            ],
        )
        for rater, seen in raters.items()
    }
    return RaterSet("clip", 500, timelines)


def test_what_two_raters_gave_to_the_same_moment_is_counted_with_what_the_other_gave_instead() -> None:
    anna = [("kind", "V")] * 6 + [("kind", "NV")] * 4
    bram = [("kind", "V")] * 4 + [("kind", "VNV")] * 2 + [("kind", "NV")] * 3 + [("kind", None)]
    found = {one.code: one for one in hard_codes([clip(anna=anna, bram=bram)])}
    assert found["V"] == HardCode("V", 6, 4, (("VNV", 2),))
    assert found["kind"] == HardCode("kind", 10, 10)
    assert set(found) == {"V", "kind"}


def test_the_hardest_comes_first_and_a_code_that_was_given_too_seldom_is_not_there() -> None:
    anna = [("kind", "V")] * FEWEST + [("kind", "NV")] * FEWEST + [("kind", "X")] * (FEWEST - 1)
    bram = [("kind", "NV")] * FEWEST + [("kind", "NV")] * FEWEST + [("kind", "Y")] * (FEWEST - 1)
    assert [one.code for one in hard_codes([clip(anna=anna, bram=bram)])] == ["V", "NV", "kind"]


def test_where_the_turns_differ_what_they_are_described_with_is_not_compared() -> None:
    found = hard_codes([clip(anna=[("kind", "V")] * 6, bram=[("volwassene", "NV")] * 6)])
    assert [(one.code, one.instead) for one in found] == [
        ("kind", (("volwassene", 6),)),
        ("volwassene", (("kind", 6),)),
    ]


def test_a_turn_that_one_rater_has_alone_counts_for_its_code() -> None:
    assert hard_codes([clip(anna=[("kind", None)] * 6, bram=[])]) == (HardCode("kind", 6, 0),)


def test_a_tier_that_is_left_out_is_not_compared() -> None:
    both = clip(anna=[("kind", "V")] * 6, bram=[("kind", "NV")] * 6)
    assert [one.code for one in hard_codes([both], ["reception"])] == ["kind"]
    assert hard_codes([both], ["turn"]) == ()


Seen = list[tuple[str, str | None]]
codes = st.lists(st.tuples(st.sampled_from(["kind", "volwassene"]), st.sampled_from(["V", "NV", None])), max_size=30)


@given(codes, codes)
def test_it_does_not_matter_who_is_called_what_and_nobody_agrees_more_often_than_was_coded(
    one: Seen, other: Seen
) -> None:
    found = hard_codes([clip(anna=one, bram=other)])
    assert found == hard_codes([clip(anna=other, bram=one)])
    assert all(0 <= code.agreed <= code.given for code in found)
