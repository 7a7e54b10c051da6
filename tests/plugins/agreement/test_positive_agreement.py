"""Positive agreement: what is something else, or nothing, does not count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from plugins.agreement.comparing.attention import attention
from plugins.agreement.measures.by_event.events import event_percent
from plugins.agreement.measures.by_event.positive import event_positive_agreement, event_positive_agreement_parts
from plugins.agreement.measures.by_time.positive import time_unit_positive_agreement, time_unit_positive_agreement_parts
from plugins.agreement.measures.inference.bootstrap import Resampler
from tests.plugins.agreement.conftest import Coded
from tests.plugins.agreement.two_raters import ANNA, BRAM, example
from vib.methods import read_method
from vib.observation import RaterSet
from vib.statistic import Estimate, Question

PAIR = (ANNA, BRAM)


def clips() -> tuple[RaterSet, ...]:
    book = read_method("vib-pleegzorg")
    return tuple(example(book, seed) for seed in range(4))


def test_of_one_code_only_its_own_events_and_time_count(coded: Coded) -> None:
    clip = coded(
        100,
        {
            "anna": [(0, 10, "A"), (20, 30, "A"), (40, 50, "B"), (60, 70, "B")],
            "bram": [(0, 10, "A"), (20, 30, "B"), (40, 50, "B"), (60, 70, "B")],
        },
    )
    question = Question((clip,), PAIR, "turn", "A")
    by_event = event_positive_agreement(question)
    assert by_event.value == pytest.approx(2 / 3)
    assert (by_event.components["both"], by_event.components["events"]) == (2, 3)
    assert event_percent(question).value == pytest.approx(3 / 4)
    by_time = time_unit_positive_agreement(question)
    assert by_time.value == pytest.approx(2 * 10 / 30)
    assert by_time.components["seconds_both"] == 10


def test_time_that_neither_coded_changes_nothing(coded: Coded) -> None:
    said = {"anna": [(0, 10, "A")], "bram": [(2, 8, "A"), (20, 22, "B")]}
    short, long = (Question((coded(duration, said),), PAIR, "turn") for duration in (30, 3_000))
    assert time_unit_positive_agreement(short).value == pytest.approx(12 / 18)
    assert time_unit_positive_agreement(long).value == time_unit_positive_agreement(short).value


@pytest.mark.parametrize("statistic", [event_positive_agreement, time_unit_positive_agreement])
@pytest.mark.parametrize("tolerance", [None, 0.5])
def test_it_does_not_matter_who_is_first_nor_in_which_order_clips_are(
    statistic: Callable[[Question], Estimate], tolerance: float | None
) -> None:
    question = Question(clips(), PAIR, "turn", "kind", tolerance=tolerance)
    value = statistic(question).value
    assert value is not None
    assert 0 < value < 1
    assert statistic(replace(question, clips=question.clips[::-1], raters=(BRAM, ANNA))).value == pytest.approx(value)


@pytest.mark.parametrize("code", [None, "kind"])
@pytest.mark.parametrize("tolerance", [None, 0.5])
def test_what_adds_up_over_clips_gives_the_figure(code: str | None, tolerance: float | None) -> None:
    question = Question(clips(), PAIR, "turn", code, tolerance=tolerance)
    for statistic, parts in (
        (event_positive_agreement, event_positive_agreement_parts),
        (time_unit_positive_agreement, time_unit_positive_agreement_parts),
    ):
        additive = parts(question)
        assert additive is not None
        assert additive.parts.shape[0] == len(question.clips)
        assert additive.value(additive.parts.sum(0)[None])[0] == pytest.approx(statistic(question).value)


def test_of_a_whole_tier_it_is_the_share_of_events_agreed() -> None:
    question = Question(clips(), PAIR, "turn")
    assert event_positive_agreement(question).value == pytest.approx(event_percent(question).value)


def test_it_is_the_figure_by_which_codes_are_looked_at() -> None:
    there = clips()
    codes = {one.name: one.agreement.value for one in attention(there, "turn", [PAIR], Resampler(0, 0)).codes}
    assert codes
    for code, value in codes.items():
        assert event_positive_agreement(Question(there, PAIR, "turn", code)).value == pytest.approx(value)


def test_where_there_is_nothing_to_compare_the_reason_is_that_of_the_share(coded: Coded) -> None:
    nothing = Question((coded(10, {"anna": [], "bram": []}),), PAIR, "turn")
    for statistic in (event_positive_agreement, time_unit_positive_agreement):
        assert statistic(nothing).value is None
        assert statistic(nothing).undefined_because == event_percent(nothing).undefined_because
    assert event_positive_agreement_parts(nothing) is time_unit_positive_agreement_parts(nothing) is None
