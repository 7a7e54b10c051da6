"""What is kept can be read by everybody: codes are checked first, with place and reason."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vib_strategies import BOOK, calm, timelines

from vib.controls import controls_of, filled
from vib.interface import END_MARGIN, MEDIA, ratings_of, render_interface, results_of, timeline_of
from vib.json_values import LARGEST_WHOLE, MOST_DEPTH, check_values
from vib.observation import Timeline
from vib.problem import InputProblem
from vib.stored_codes import MOST_RESULTS, as_points, check_lead_time, check_result, check_results, length_of

CONTROLS = controls_of(render_interface(BOOK, "nl"))
LENGTH = 10.0

BOXES = """<View><Image name="img" value="$image"/><Text name="words" value="$words"/>
<RectangleLabels name="box" toName="img"><Label value="car"/></RectangleLabels>
<Choices name="any" toName="img" value="$options"/>
<Choices name="deep" toName="img" allowNested="true"><Choice value="a"><Choice value="b"/></Choice></Choices>
<Labels name="who" toName="words"><Label value="Name" alias="PER"/></Labels>
<Repeater on="$pages" indexFlag="{{idx}}"><Image name="page_{{idx}}" value="$pages[{{idx}}]"/>
<Choices name="sort_{{idx}}" toName="page_{{idx}}"><Choice value="x"/></Choices></Repeater></View>"""


def turn(**changed: Any) -> dict[str, Any]:
    value = {"start": 1, "end": 2.5, "channel": 0, "labels": ["kind"], **changed.pop("value", {})}
    return {"id": "t1", "from_name": "turn", "to_name": MEDIA, "type": "labels", "value": value, **changed}


def answer(name: str, kind: str, given: object, **changed: Any) -> dict[str, Any]:
    return {"id": "t1", "from_name": name, "to_name": MEDIA, "type": kind, "value": {kind: given}, **changed}


@calm
@given(timelines())
def test_all_that_a_codebook_can_say_fits_its_interface(seen: Timeline) -> None:
    stored = json.loads(json.dumps(results_of(seen, BOOK, {rating.id: rating.highest for rating in BOOK.ratings})))
    check_results(stored, CONTROLS, seen.duration)


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        [-5, 10**400, 1e308, "\ud800", "\0", "kind", "turn", "elements", [], {}, [[]], ["kind"], [["kind"]]]
    ),
    st.text(max_size=3),
)
SOUND = [
    turn(),
    answer("effect", "choices", ["BC.YES"], value={"start": 1, "end": 2, "choices": []}),
    answer("elements", "taxonomy", [["cluster-1", "attuning", "BC.1.NAME"]]),
    answer("BS.1", "rating", 3, id="r"),
]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """List every block or list within results, with each of its names or numbers."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, inner in pairs for found in ((value, name), *_places(inner))]


def fits(results: Any) -> bool:
    try:
        check_results(results, CONTROLS, LENGTH)
    except InputProblem as problem:
        problem.message("nl").encode()
        return False
    return True


@settings(calm, max_examples=30)
@given(st.data())
def test_whatever_is_let_through_can_be_read_and_written(data: st.DataObject) -> None:
    results = deepcopy(SOUND)
    for _ in range(data.draw(st.integers(1, 3))):
        places = _places(results)
        inside, name = places[data.draw(st.integers(0, len(places) - 1))]
        if isinstance(inside, dict) and data.draw(st.booleans()):
            del inside[name]
        else:
            inside[name] = data.draw(ODD)
    if not fits(results):
        return
    timeline_of(results, LENGTH)
    ratings_of(results)
    json.dumps(results, allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("results", "place"),
    [
        ([turn(value={"start": -5})], "result[0].value.start"),
        ([turn(), turn(id="t2", value={"end": LENGTH + 2 * END_MARGIN})], "result[1].value.end"),
        ([turn(value={"start": 3, "end": 2})], "result[0].value.end"),
        ([turn(value={"start": float("inf")})], "result[0].value.start"),
        ([turn(value={"start": "1"})], "result[0].value.start"),
        ([turn(value={"end": None})], "result[0].value.end"),
        ([turn(value={"labels": ["hond"]})], "result[0].value.labels[0]"),
        ([turn(value={"labels": "kind"})], "result[0].value.labels"),
        ([turn(from_name="beurt")], "result[0].from_name"),
        ([turn(to_name="video")], "result[0].to_name"),
        ([turn(type="choices")], "result[0].type"),
        ([turn(meta={"text": ["a\ud800"]})], "result[0].meta.text[0]"),
        ([turn(meta={"\0": 1})], "result[0].meta"),
        ([turn(id="\udfff")], "result[0].id"),
        ([turn(id="x" * 300)], "result[0].id"),
        ([turn(score=10**30)], "result[0].score"),
        ([turn(), turn()], "result[1]"),
        ([answer("elements", "taxonomy", [[]])], "result[0].value.taxonomy[0]"),
        ([answer("BS.1", "rating", 9)], "result[0].value.rating"),
        ([answer("BS.1", "rating", None)], "result[0].value.rating"),
        ([{"type": "relation", "from_id": "t1"}], "result[0].to_id"),
        (["turn"], "result[0]"),
        ({"a": 1}, "result"),
        (None, "result"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(results: Any, place: str) -> None:
    with pytest.raises(InputProblem) as refused:
        check_results(results, CONTROLS, LENGTH)
    assert refused.value.place == place
    assert refused.value.message("nl") != refused.value.message("en")


def test_too_many_results_and_too_deep_ones_are_refused() -> None:
    with pytest.raises(InputProblem, match="at most"):
        check_results([turn()] * (MOST_RESULTS + 1), CONTROLS, LENGTH)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InputProblem, match="nested too deeply"):
        check_results([turn(meta=deep)], CONTROLS, LENGTH)
    with pytest.raises(InputProblem, match="nested too deeply"):
        check_values(deep)


def test_a_region_may_last_to_the_last_frame_and_be_an_instant() -> None:
    check_results([turn(value={"start": LENGTH, "end": LENGTH + END_MARGIN / 2})], CONTROLS, LENGTH)
    check_results([turn(value={"start": 4, "end": 4})], CONTROLS, LENGTH)


def test_without_a_known_length_only_the_start_of_the_clip_is_an_end() -> None:
    check_results([turn(value={"end": 5000})], CONTROLS, None)
    with pytest.raises(InputProblem, match="before the start"):
        check_results([turn(value={"start": -1})], CONTROLS, None)


def test_a_turn_without_label_and_a_relation_can_be_kept() -> None:
    bare = turn()
    del bare["value"]["labels"]
    relation = {"type": "relation", "from_id": "t1", "to_id": "t2", "direction": "right"}
    check_results([bare, turn(id="t2", value={"labels": []}), relation], CONTROLS, LENGTH)
    assert len(timeline_of([bare], LENGTH)) == 0


def test_other_interfaces_are_checked_by_their_controls() -> None:
    known = controls_of(BOXES)
    box = {"from_name": "box", "to_name": "img", "value": {"x": 1, "y": 2, "rectanglelabels": ["car"]}}
    check_results(
        [
            {**box, "id": "b", "type": "rectanglelabels"},
            {**box, "id": "c", "type": "rectangle", "value": {"x": 1}},
            {"from_name": "any", "to_name": "img", "type": "choices", "value": {"choices": ["whatever"]}},
            {"from_name": "deep", "to_name": "img", "type": "choices", "value": {"choices": [["a", "b"]]}},
            {"from_name": "sort_3", "to_name": "page_3", "type": "choices", "value": {"choices": ["x"]}},
            {
                "from_name": "who",
                "to_name": "words",
                "type": "labels",
                "value": {"start": "/p[1]", "end": "/p[1]", "labels": ["PER"]},
            },
        ],
        known,
    )
    for wrong in (
        {**box, "type": "rectanglelabels", "value": {"rectanglelabels": ["boat"]}},
        {**box, "type": "rectangle", "value": {"x": float("nan")}},
        {"from_name": "sort_x", "to_name": "page_3", "type": "choices", "value": {}},
        {"from_name": "who", "to_name": "words", "type": "labels", "value": {"labels": ["Name"]}},
    ):
        with pytest.raises(InputProblem):
            check_results([wrong], known)


def test_before_there_is_an_interface_only_what_anything_must_be_is_asked() -> None:
    check_results([turn(from_name="later")], controls_of("<View></View>"))
    assert controls_of("no XML") == {}
    with pytest.raises(InputProblem):
        check_results([turn(value={"start": float("nan")})], {})


def test_one_result_is_checked_under_the_name_that_it_has_there() -> None:
    check_result(turn(), CONTROLS, LENGTH, "changes[0].operations[1].put")
    with pytest.raises(InputProblem) as refused:
        check_result(turn(value={"end": -1}), CONTROLS, LENGTH, "changes[0].operations[1].put")
    assert refused.value.place == "changes[0].operations[1].put.value.end"


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), "4", True, LARGEST_WHOLE + 1])
def test_a_lead_time_is_a_finite_number(seconds: object) -> None:
    check_lead_time(None)
    check_lead_time(-0.5)
    with pytest.raises(InputProblem):
        check_lead_time(seconds)


@pytest.mark.parametrize("data", [{}, None, {"duration": True}, {"duration": float("nan")}, {"duration": "9"}])
def test_a_length_that_the_task_does_not_say_is_not_known(data: object) -> None:
    assert length_of(data) is None


def test_values_may_be_as_deep_as_said_and_whole_numbers_as_large() -> None:
    deep: list[Any] = [LARGEST_WHOLE]
    for _ in range(MOST_DEPTH - 1):
        deep = [deep]
    check_values(deep)
    with pytest.raises(InputProblem):
        check_values([deep])


STARS = (
    '<View><Audio name="audio" value="$audio"/><Choices name="BS.1" toName="audio">'
    '<Choice value="1 · no" alias="1"/><Choice value="2 · yes" alias="2"/></Choices>'
    '<Choices name="who" toName="audio" perRegion="true" value="$who"/></View>'
)


@pytest.mark.parametrize(("kind", "given"), [("choices", ["2"]), ("choices", []), ("rating", 2), ("number", 1)])
def test_a_point_of_a_scale_is_kept_by_its_words_and_as_the_stars_of_before(kind: str, given: object) -> None:
    check_results([answer("BS.1", kind, given)], controls_of(STARS), LENGTH)


@pytest.mark.parametrize(
    ("kind", "given"), [("choices", ["3"]), ("choices", ["1", "2"]), ("rating", 3), ("taxonomy", [["1"]])]
)
def test_what_is_no_point_of_a_scale_is_not_kept(kind: str, given: object) -> None:
    with pytest.raises(InputProblem, match=r"result\[0\]"):
        check_results([answer("BS.1", kind, given)], controls_of(STARS), LENGTH)


def test_stars_of_before_become_the_point_that_was_meant_and_never_win_from_one_that_was_chosen() -> None:
    controls = controls_of(STARS)
    stars, point = answer("BS.1", "rating", 2, id="s"), answer("BS.1", "choices", ["1"], id="p")
    assert as_points([stars], controls) == [{**stars, "type": "choices", "value": {"choices": ["2"]}}]
    assert as_points([stars, point], controls) == [point]
    both = {**stars, "value": {"rating": 2, "choices": ["1"]}}
    assert [one["value"] for one in as_points([both], controls)] == [{"choices": ["1"]}]
    assert as_points([answer("BS.1", "rating", 0)], controls) == []
    for there in ([point], [stars, point], [both], [answer("BS.1", "number", 2)], [answer("BS.1", "rating", 0)]):
        check_results(as_points(there, controls), controls, LENGTH)


@pytest.mark.parametrize("result", [None, [], {}, answer("BS.1", "rating", "2"), {"type": []}], ids=repr)
def test_what_is_no_point_of_a_scale_of_before_stays_as_it_is(result: object) -> None:
    assert as_points([result], controls_of(STARS)) == [result]
    assert as_points([answer("BS.1", "rating", 7)], controls_of(STARS)) == [answer("BS.1", "rating", 7)]
    assert as_points([answer("BS.1", "rating", 2)], {}) == [answer("BS.1", "rating", 2)]


def test_of_the_people_of_a_task_only_those_are_kept() -> None:
    who = {"id": "t1", "from_name": "who", "to_name": MEDIA, "type": "choices"}
    said = {**who, "value": {"start": 1, "end": 2, "choices": ["pm"]}}
    offered = {"who": [{"value": "pleegmoeder (pm)", "alias": "pm"}]}
    check_results([said], filled(controls_of(STARS), offered), LENGTH)
    check_results([said], filled(controls_of(STARS), {}), LENGTH)
    with pytest.raises(InputProblem, match="is not known here"):
        check_results(
            [{**said, "value": {**said["value"], "choices": ["oma"]}}], filled(controls_of(STARS), offered), LENGTH
        )
