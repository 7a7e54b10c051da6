"""What is asked of children from an age on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vib.age_gate import age_in_months, ages_in_words, from_age, gate, in_words
from vib.language import LANGUAGES


def test_an_age_counts_months_and_is_not_known_before_birth_or_without_a_date() -> None:
    assert age_in_months("2025-12", "2026-01") == 1
    assert age_in_months("2025-12", date(2025, 12, 31)) == 0
    assert age_in_months("2026-02", "2026-01") is None
    assert age_in_months("2026-02", None) is None
    assert age_in_months(None, "2026-02") is None


@pytest.mark.parametrize(("age", "answer"), [(35, "too_young"), (36, "asked"), (None, "age_unknown")])
def test_without_an_age_it_is_asked_with_the_age_that_it_is_for(age: int | None, answer: str) -> None:
    assert gate(36, age) == answer
    assert gate(None, age) == gate(0, age) == "asked"


@given(st.integers(0, 300))
def test_an_age_in_words_holds_all_months(months: int) -> None:
    for language in LANGUAGES:
        numbers = [int(word) for word in in_words(months, language).split() if word.isdecimal()]
        assert months in (numbers[0], 12 * numbers[0], 12 * numbers[0] + numbers[-1])
        assert (
            from_age(months, language) == ""
            if months == 0
            else in_words(months, language) in from_age(months, language)
        )


def test_of_children_whose_age_is_partly_known_it_says_which() -> None:
    assert ages_in_words({"a": 12, "b": None}, "en").startswith("a: 1 year; b: how old?")
    assert not ages_in_words({}, "nl")
