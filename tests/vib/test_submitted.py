"""What cannot be read takes nothing else down: it is left out, and named with clip, rater and reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import calm

from vib.json_values import check_values, mended
from vib.observation import RaterSet
from vib.submitted import submitted

NAMES = {1: "anna", 2: "bram"}


def turn(**value: Any) -> dict[str, Any]:
    whole = {"start": 1.0, "end": 2.0, "labels": ["kind"], **value}
    return {"id": "t", "from_name": "turn", "to_name": "audio", "type": "labels", "value": whole}


def annotation(who: int, result: Any, made: str = "2026-01-01", **more: Any) -> dict[str, Any]:
    return {"completed_by": who, "created_at": made, "result": result, **more}


def task(*annotations: dict[str, Any], number: int = 5, **data: Any) -> dict[str, Any]:
    whole = {"clip": "F-1/bad", "duration": 9.0, **data}
    return {"id": number, "data": whole, "annotations": annotations}


GOOD = annotation(2, [turn()])

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "value"]), inner),
    max_leaves=8,
)
results = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": anything,
            "from_name": anything,
            "type": st.sampled_from(["labels", "choices", "taxonomy", "rating", "number"]) | anything,
            "value": st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("start", "end", "labels", "choices", "taxonomy", "rating"), anything)
            )
            | anything,
        },
    )
    | anything,
    max_size=3,
)


@calm
@given(results | anything)
def test_whatever_one_rater_has_the_other_is_read_and_what_is_left_out_is_named(bad: Any) -> None:
    found = submitted([task(annotation(1, bad), GOOD)], NAMES)
    (clip,) = found.clips
    assert len(clip.timelines["bram"]) == 1
    assert ("anna" in clip.timelines) is not bool(found.problems)
    for problem in found.problems:
        assert problem.place.startswith("F-1/bad, anna")
        problem.message("nl").encode()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ([turn(start=-5)], "start -5.0 and end 2.0 do not fit"),
        ([turn(end=20.0)], "after the end of the clip"),
        ([turn(labels=["ki\ud800nd"])], "result[0].value.labels[0]: has a character that is no text"),
        ([turn(labels=["ki\ufffdnd"])], "characters that are no text"),
        ([turn(end=float("inf"))], "result[0].value.end: is not a finite number"),
        ("[]", "result: is not a list"),
    ],
)
def test_a_reason_is_given(bad: Any, reason: str) -> None:
    (problem,) = submitted([task(annotation(1, bad), GOOD)], NAMES).problems
    assert reason in str(problem)


def test_a_clip_without_length_is_named_and_the_other_clips_are_read() -> None:
    found = submitted([task(GOOD, duration=None), task(GOOD, number=6, clip="F-1/other")], NAMES)
    assert [clip.clip for clip in found.clips] == ["F-1/other"]
    assert [str(problem) for problem in found.problems] == ["task 5: has no data.duration"]


def test_of_who_submitted_twice_the_last_counts_also_when_it_cannot_be_read() -> None:
    earlier, later = annotation(1, [turn()]), annotation(1, [turn(start=-1)], "2026-01-02")
    found = submitted([task(later, GOOD, earlier)], NAMES)
    assert found.clips[0].raters == ("bram",)
    assert len(found.problems) == 1


def test_each_rater_is_known_by_what_their_codes_were_made_with_and_what_is_no_version_is_named() -> None:
    with_level = {"method": "vib-pleegzorg", "version": "0.2.0", "level": "begin"}
    anna, bram = annotation(1, [], made_with=with_level), annotation(2, [], made_with=None)
    (clip,) = submitted([task(anna, bram)], NAMES).clips
    assert {rater: one.content() for rater, one in clip.made_with.items()} == {"anna": with_level}
    found = submitted([task(annotation(1, [], made_with="0.2.0"), GOOD)], NAMES)
    assert found.clips[0].raters == ("bram",)
    assert "F-1/bad, anna: made_with" in str(found.problems[0])


def test_who_saw_nothing_is_a_rater_and_who_skipped_is_not() -> None:
    found = submitted([task(annotation(1, None), annotation(2, [turn()], was_cancelled=True))], NAMES)
    (clip,) = found.clips
    assert isinstance(clip, RaterSet)
    assert clip.raters == ("anna",)


@calm
@given(anything)
def test_what_was_mended_can_be_written_and_what_is_sound_stays_as_it_is(value: Any) -> None:
    again = mended(value)
    json.dumps(again, allow_nan=False, ensure_ascii=False).encode()
    assert mended(again) == again
    sound = True
    try:
        check_values(json.loads(json.dumps(value)))
    except Exception:
        sound = False
    if sound:
        assert again == json.loads(json.dumps(value))
