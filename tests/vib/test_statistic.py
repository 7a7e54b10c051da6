"""A figure of agreement: a value, or the reason why there is none."""

from __future__ import annotations

import dataclasses
import math

import pytest

from vib.language import Text
from vib.observation import RaterSet, Timeline
from vib.statistic import Question, Result, Statistic

WHY = Text(nl="te weinig", en="too little")


def result(value: float | None, why: Text | None = None) -> Result:
    return Result("kappa", "time", "turn", None, ("a", "b"), "pair", value, 0, why)


@pytest.mark.parametrize(("value", "why"), [(None, None), (0.5, WHY), (0.0, WHY)])
def test_a_result_has_a_value_or_a_reason_and_never_both_or_neither(value: float | None, why: Text | None) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        result(value, why)


@pytest.mark.parametrize("value", [0.0, 1.0, -0.2])
def test_zero_is_a_value(value: float) -> None:
    assert result(value).value == value
    assert result(None, WHY).undefined_because == WHY


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_value(value: float) -> None:
    with pytest.raises(ValueError, match="value"):
        result(value)


def test_a_statistic_is_calculated_from_its_question_only() -> None:
    question = Question([RaterSet("c", 10, {"a": Timeline(10), "b": Timeline(10)})], ("a", "b"), "turn")
    statistic = Statistic("kappa", WHY, "time", "a source", lambda asked: result(asked.overlap))
    assert statistic.calculate(question) == statistic.calculate(question)
    assert statistic.calculate(question).value == 0.6
    with pytest.raises(dataclasses.FrozenInstanceError):
        question.tier = "other"  # type: ignore[misc]
