"""What may never change a figure, whatever the raters coded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agreement.comparing.disagreements import disagreements
from plugins.agreement.plugin import vib_statistics
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Question, Statistic

LENGTH = 60.0
CODES = "abc"
STATISTICS: dict[str, Statistic] = {
    statistic.name: statistic
    for statistic in vib_statistics()
    if statistic.basis in ("time", "event") and statistic.raters != "reference"
}

Seen = tuple[Observation, ...]

K = TypeVar("K")


@st.composite
def observations(draw: st.DrawFn) -> Seen:
    """Up to eight observations, in tenths of seconds, that start at different moments."""
    starts = draw(st.lists(st.integers(0, 590), max_size=8, unique=True))
    return tuple(
        Observation(
            "turn",
            draw(st.sampled_from(CODES)),
            start / 10,
            min(start + draw(st.integers(0, 200)), 600) / 10,
        )
        for start in starts
    )


def clip(first: Seen, second: Seen, *, duration: float = LENGTH, name: str = "clip") -> RaterSet:
    return RaterSet(name, duration, {"anna": Timeline(duration, first), "bram": Timeline(duration, second)})


def figures(
    clips: tuple[RaterSet, ...],
    raters: tuple[str, str] = ("anna", "bram"),
    codes: Mapping[str, str] | None = None,
) -> dict[tuple[str, str | None], float | None]:
    return {
        (name, code): statistic.calculate(Question(clips, raters, "turn", code and (codes or {}).get(code, code))).value
        for name, statistic in STATISTICS.items()
        for code in (None, *CODES)
    }


def same(one: Mapping[K, float | None], other: Mapping[K, float | None]) -> bool:
    near = {name: value if value is None else pytest.approx(value, abs=1e-9) for name, value in other.items()}
    return one == near


def moved(seen: Seen, change: Callable[[Observation], Observation]) -> Seen:
    return tuple(change(o) for o in seen)


@given(observations(), observations())
def test_raters_may_change_places(first: Seen, second: Seen) -> None:
    one = clip(first, second)
    assert same(figures((one,)), figures((one,), ("bram", "anna")))


@given(observations(), observations(), st.permutations(CODES))
def test_codes_may_be_renamed(first: Seen, second: Seen, names: list[str]) -> None:
    other = dict(zip(CODES, names, strict=True))

    def renamed(o: Observation) -> Observation:
        return Observation(o.tier, other[o.code], o.start, o.end)

    before = figures((clip(first, second),))
    after = figures((clip(moved(first, renamed), moved(second, renamed)),), codes=other)
    assert same(before, after)


@given(observations(), observations(), st.integers(1, 100))
def test_events_do_not_depend_on_when_the_clip_starts(first: Seen, second: Seen, seconds: int) -> None:
    def later(o: Observation) -> Observation:
        return Observation(o.tier, o.code, o.start + seconds, o.end + seconds)

    before = figures((clip(first, second),))
    after = figures((clip(moved(first, later), moved(second, later), duration=LENGTH + seconds),))
    assert same(*({name: v for name, v in f.items() if "time" not in name[0]} for f in (before, after)))


@given(observations(), observations(), st.sampled_from([0.5, 2, 1024]))
def test_a_slower_clock_changes_nothing(first: Seen, second: Seen, pace: float) -> None:
    def slower(o: Observation) -> Observation:
        return Observation(o.tier, o.code, o.start * pace, o.end * pace)

    # An instant counts as the second around it, whatever the pace.
    first, second = (tuple(o for o in seen if o.duration) for seen in (first, second))
    before = figures((clip(first, second),))
    after = figures((clip(moved(first, slower), moved(second, slower), duration=LENGTH * pace),))
    by_the_second = {"time_unit_alpha"}
    assert same(*({name: v for name, v in f.items() if name[0] not in by_the_second} for f in (before, after)))


@given(observations(), observations(), observations(), observations())
def test_clips_one_after_the_other_are_as_clips_apart(a: Seen, b: Seen, c: Seen, d: Seen) -> None:
    # A second between the clips keeps instants at the seam from reaching into the next clip.
    def later(o: Observation) -> Observation:
        return Observation(o.tier, o.code, o.start + LENGTH + 1, o.end + LENGTH + 1)

    apart = (clip(a, b, duration=LENGTH + 1, name="one"), clip(c, d, name="two"))
    whole = clip((*a, *moved(c, later)), (*b, *moved(d, later)), duration=2 * LENGTH + 1)
    assert same(figures(apart), figures((whole,)))


@given(observations())
def test_agreement_with_oneself_is_complete_or_undefined(seen: Seen) -> None:
    one = clip(seen, seen)
    for value in figures((one,)).values():
        assert value is None or value == pytest.approx(1.0)
    assert disagreements([one], ("anna", "bram")) == []


@given(observations(), observations())
def test_every_answer_explains_itself(first: Seen, second: Seen) -> None:
    for statistic in STATISTICS.values():
        for code in (None, *CODES):
            answer = statistic.calculate(Question((clip(first, second),), ("anna", "bram"), "turn", code))
            assert answer.value is None or -1 <= answer.value <= 1 + 1e-12
            if answer.value is None:
                assert answer.undefined_because is not None
            else:
                assert answer.components
                assert answer.n_raters == 2
                assert answer.n_units > 0


@given(observations(), observations())
def test_remembering_changes_nothing(first: Seen, second: Seen) -> None:
    one = clip(first, second)
    for statistic in STATISTICS.values():
        remembered = statistic.calculate(Question((one,), ("anna", "bram"), "turn"))
        assert remembered == statistic.calculate(Question([one], ("anna", "bram"), "turn"))
