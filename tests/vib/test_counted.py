"""Of what repeats itself the first are told, and all the rest is counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vib.counted import Counted


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 30)), max_size=200))
def test_nothing_is_lost_uncounted_and_in_a_minute_no_more_than_so_many_are_told(
    steps: list[tuple[str, float]],
) -> None:
    now = 0.0
    told = Counted(3, 60, clock=lambda: now)
    answers: dict[str, list[tuple[float, int | None]]] = {"a": [], "b": []}
    for kind, later in steps:
        now += later
        answers[kind].append((now, told.take(kind)))
    for found in answers.values():
        let_through = [moment for moment, counted in found if counted is not None]
        passed = sum(counted or 0 for _, counted in found)
        open_yet = 0
        for _, counted in reversed(found):
            if counted is not None:
                break
            open_yet += 1
        assert len(let_through) + passed + open_yet == len(found)
        assert len(let_through) <= 3 * (1 + now // 60)


def test_kinds_that_are_forgotten_take_no_room() -> None:
    told = Counted(1, 60, most_kinds=10)
    assert [told.take(number) for number in range(1000)] == [0] * 1000
    assert len(told._kinds) == 10
