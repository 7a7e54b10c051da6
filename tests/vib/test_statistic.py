"""A figure of agreement: a value, or the reason why there is none."""

from __future__ import annotations

import dataclasses
import math

import pytest

from vib.language import Text
from vib.observation import RaterSet, Timeline
from vib.statistic import Estimate, Question, Statistic

WHY = Text(nl="te weinig", en="too little")


def estimate(value: float | None, why: Text | None = None) -> Estimate:
    return Estimate("time", value, 0, 2, undefined_because=why)


@pytest.mark.parametrize(("value", "why"), [(None, None), (0.5, WHY), (0.0, WHY)])
def test_an_estimate_has_a_value_or_a_reason_and_never_both_or_neither(value: float | None, why: Text | None) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        estimate(value, why)


@pytest.mark.parametrize("value", [0.0, 1.0, -0.2])
def test_zero_is_a_value(value: float) -> None:
    assert estimate(value).value == value
    assert estimate(None, WHY).undefined_because == WHY


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_value(value: float) -> None:
    with pytest.raises(ValueError, match="value"):
        estimate(value)


def test_no_part_of_an_estimate_is_no_number() -> None:
    for parts in ({"se": math.nan}, {"ci": (0.1, math.inf)}, {"components": {"observed": math.nan}}):
        with pytest.raises(ValueError, match="no values"):
            Estimate("time", 0.5, 1, 2, **parts)  # type: ignore[arg-type]


def test_a_statistic_is_calculated_from_its_question_only() -> None:
    question = Question([RaterSet("c", 10, {"a": Timeline(10), "b": Timeline(10)})], ("a", "b"), "turn")
    statistic = Statistic("kappa", WHY, "time", "a source", lambda asked: estimate(asked.overlap))
    assert statistic.calculate(question) == statistic.calculate(question)
    assert statistic.calculate(question).value == 0.6
    with pytest.raises(dataclasses.FrozenInstanceError):
        question.tier = "other"  # type: ignore[misc]
