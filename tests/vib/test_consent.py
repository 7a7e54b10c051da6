"""Consent: in force only where everybody agrees, on the days on which all do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import calm

from vib.consent import Period, common, end_of

START = date(2026, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(40)]


@st.composite
def periods(draw: st.DrawFn) -> list[Period]:
    edges = draw(st.lists(st.tuples(st.integers(0, 35), st.integers(0, 9)), max_size=4))
    return [Period(DAYS[first], DAYS[min(first + length, 39)]) for first, length in edges]


@calm
@given(st.lists(periods(), min_size=1, max_size=3))
def test_a_day_counts_where_each_person_agrees_on_it(persons: list[list[Period]]) -> None:
    shared = common(persons)
    for day in DAYS:
        everybody = all(any(period.holds(day) for period in person) for person in persons)
        assert any(period.holds(day) for period in shared) == everybody


@calm
@given(st.lists(periods(), min_size=1, max_size=3))
def test_periods_lie_apart_and_in_order(persons: list[list[Period]]) -> None:
    shared = common(persons)
    for one, next_one in pairwise(shared):
        assert one.until < next_one.given


def test_consent_that_is_given_again_in_time_goes_on() -> None:
    first, second = Period(date(2026, 1, 1), date(2026, 6, 30)), Period(date(2026, 7, 1), date(2026, 12, 31))
    assert common([[second, first]]) == (Period(date(2026, 1, 1), date(2026, 12, 31)),)


def test_nobody_agrees_to_nothing() -> None:
    assert common([]) == ()


def test_the_end_is_that_of_the_period_in_which_a_day_lies_else_of_the_last() -> None:
    spring, autumn = Period(date(2026, 3, 1), date(2026, 5, 31)), Period(date(2026, 9, 1), date(2026, 11, 30))
    assert end_of([spring, autumn], date(2026, 4, 1)) == date(2026, 6, 1)
    assert end_of([spring, autumn], date(2026, 7, 1)) == date(2026, 12, 1)
    assert end_of([], date(2026, 7, 1)) is None


def test_the_last_day_of_the_calendar_is_a_day_too() -> None:
    assert end_of([Period(START, date.max)], START) == date.max
