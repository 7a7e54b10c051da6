"""The observations file: nothing is lost on the way, and what is wrong is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import calm, rater_sets

from vib import observations_file
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import FORMAT, observations_content, parse_observations, read_observations
from vib.problem import InputProblem

DEMO = Path(__file__).parents[2] / "demo" / "observations.json"


def content(**clip: Any) -> dict[str, Any]:
    row = {"tier": "turn", "code": "kind", "start": 1, "end": 2}
    return {"format": FORMAT, "clips": [{"id": "c", "duration": 10, "raters": {"anna": [row]}, **clip}]}


def row(**change: Any) -> dict[str, Any]:
    return {"anna": [{"tier": "turn", "code": "kind", "start": 1, "end": 2, **change}]}


@calm
@given(st.lists(rater_sets(), max_size=3, unique_by=lambda clip: clip.clip))
def test_clips_are_the_same_after_writing_and_reading(clips: list[RaterSet]) -> None:
    text = json.dumps(observations_content(clips))
    assert list(parse_observations(json.loads(text), place="x")) == clips


def test_a_file_keeps_who_saw_nothing_apart_from_who_did_not_code(tmp_path: Path) -> None:
    path = tmp_path / "o.json"
    clip = RaterSet("c", 10, {"anna": Timeline(10)}, {"bram": {"BS.1": None}})
    path.write_text(json.dumps(observations_content([clip])), encoding="utf-8")
    (read,) = read_observations(path)
    assert read.raters == ("anna",)
    assert read.ratings == {"bram": {"BS.1": None}}


def test_the_content_does_not_depend_on_the_order_of_raters() -> None:
    seen = Timeline(10, [Observation("turn", "kind", 1, 2)])
    one = observations_content([RaterSet("c", 10, {"a": seen, "b": seen})])
    other = observations_content([RaterSet("c", 10, {"b": seen, "a": seen})])
    assert json.dumps(one) == json.dumps(other)


def test_the_observations_of_the_demo_are_in_the_format() -> None:
    clips = read_observations(DEMO)
    assert clips
    assert parse_observations(observations_content(clips), place="x") == clips


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ([], "x"),
        ({"format": "vib-observations/2", "clips": []}, "format"),
        ({**content(), "more": 1}, "more"),
        (content(raters=row(end=11)), "clip c, anna: turn/kind"),
        (content(raters=row(start=3)), r"clip c, anna\[0\]: turn/kind"),
        (content(raters=row(start=-1)), r"clip c, anna\[0\]"),
        (content(raters=row(start=float("nan"))), r"clips\[0\].raters.anna\[0\].start"),
        (content(raters=row(end=float("inf"))), r"clips\[0\].raters.anna\[0\].end"),
        (content(raters=row(end=10**400)), r"clips\[0\].raters.anna\[0\].end"),
        (content(raters=row(tier="")), r"anna\[0\].tier"),
        (content(raters=row(colour="red")), "colour"),
        (content(raters=row(attributes={"elements": [1]})), "attributes.elements"),
        (content(ratings={"anna": {"BS.1": ""}}), "ratings.anna.BS.1"),
        (content(duration=0), r"clips\[0\].duration"),
        pytest.param(content(duration=-1, raters={}), r"clips\[0\].duration", id="negative duration without raters"),
        ({"format": FORMAT, "clips": [*content()["clips"] * 2]}, "clip c is in it twice"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(wrong: object, named: str) -> None:
    with pytest.raises(InputProblem, match=named) as caught:
        parse_observations(wrong, place="x")
    assert caught.value.message("nl").startswith("x")


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"", ":1: not valid JSON"),
        (b'{\n"format": oops}', ":2: not valid JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 200_000, "not valid JSON"),
        pytest.param(b'{"format": ' + b"1" * 5000 + b"}", "JSON", id="a number of 5000 digits"),
        (json.dumps(content(id="\ud800")).encode(), r"clips\[0\].id"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_file_that_is_no_json_is_refused_with_its_place(tmp_path: Path, raw: bytes, named: str) -> None:
    path = tmp_path / "o.json"
    path.write_bytes(raw)
    with pytest.raises(InputProblem, match=named):
        read_observations(path)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "folder"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "o.json")
    with pytest.raises(InputProblem, match="cannot be read"):
        read_observations(tmp_path / "o.json")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "o.json"
    path.write_bytes(b"\xff" * 101)
    monkeypatch.setattr(observations_file, "LARGEST_FILE", 100)
    with pytest.raises(InputProblem, match="larger than"):
        read_observations(path)


def test_names_that_look_the_same_are_one_and_that_is_said_once() -> None:
    two = [
        {"tier": "t ", "code": "cafe\u0301", "start": 1, "end": 2},
        {"tier": "t", "code": "caf\u00e9", "start": 3, "end": 4},
    ]
    clips = parse_observations(content(raters={" anna": two, "bram": two}), place="x")
    assert {o.code for clip in clips for seen in clip.timelines.values() for o in seen} == {"caf\u00e9"}
    assert [clip.raters for clip in clips] == [("anna", "bram")]
    [[noticed]] = [clip.noticed for clip in clips]
    assert noticed.en == "read without white space around it and with each letter written one way: anna, caf\u00e9, t"


@pytest.mark.parametrize("wrong", [{"raters": {"anna": [], "anna ": []}}, {"ratings": {"a": {"x": 1, " x": 2}}}])
def test_two_names_that_look_the_same_in_one_block_are_refused_with_both(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputProblem, match=r"has '(anna|x)' and '(anna | x)', which look the same"):
        parse_observations(content(**{"raters": {}, **wrong}), place="x")


def test_a_name_of_white_space_only_is_refused() -> None:
    with pytest.raises(InputProblem, match="white space only"):
        parse_observations(content(raters={"  ": []}), place="x")


def test_what_is_the_same_in_many_rows_is_one_thing_in_memory() -> None:
    rows = [
        {
            "tier": "turn",
            "code": "".join(("ki", "nd")),
            "start": at,
            "end": at + 1,
            "attributes": {"tone": ["warm", "low"]},
        }
        for at in range(3)
    ]
    content = {"format": "vib-observations/1", "clips": [{"id": "c", "duration": 9, "raters": {"anna": rows}}]}
    (clip,) = parse_observations(content, place="x")
    seen = clip.timelines["anna"].observations
    assert seen[0].attributes == {"tone": ("warm", "low")}
    assert len({id(o.attributes) for o in seen}) == len({id(o.code) for o in seen}) == 1
    with pytest.raises(TypeError):
        seen[0].attributes["tone"] = "high"  # type: ignore[index]
