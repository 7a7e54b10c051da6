"""An export of Label Studio: what each control says, whose annotation counts, and what is wrong is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.agreement.reading.controls import Interface, named_interface
from plugins.agreement.reading.label_studio import read_label_studio
from plugins.agreement.reading.long_csv import UNKNOWN_DURATION
from vib.interface import results_of
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem

ORACLES = json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text(encoding="utf-8"))
BOOK = read_method("vib-pleegzorg")
METHOD = Interface.of_method(BOOK)

XML = """
<View>
  <Video name="video" value="$video"/>
  <Audio name="audio" value="$audio"/>
  <Text name="text" value="$text"/>
  <TimelineLabels name="gaze" toName="video"><Label value="child"/><Label value="toy"/></TimelineLabels>
  <VideoRectangle name="box" toName="video"/>
  <Labels name="turn" toName="audio" choice="multiple"><Label value="kind"/><Label value="adult"/></Labels>
  <Labels name="words" toName="text"><Label value="noun"/></Labels>
  <Choices name="tone" toName="audio" perRegion="true"><Choice value="warm"/><Choice value="cold"/></Choices>
  <Choices name="where" toName="video" perRegion="true"><Choice value="left"/></Choices>
  <Taxonomy name="elements" toName="audio" perRegion="true"><Choice value="a"><Choice value="b"/></Choice></Taxonomy>
  <Rating name="strength" toName="audio" perRegion="true"/>
  <Choices name="style" toName="video" choice="multiple"><Choice value="calm"/><Choice value="busy"/></Choices>
  <Taxonomy name="kind" toName="video"><Choice value="x"><Choice value="y"/></Choice></Taxonomy>
  <Rating name="warmth" toName="video"/>
  <Number name="count" toName="video"/>
  <TextArea name="note" toName="video"/>
</View>
"""
GENERIC = Interface.of_xml(XML, place="interface.xml")
RATINGS = Interface.of_xml('<View><Video name="v"/><Rating name="warmth" toName="v"/></View>', place="ratings.xml")


def frames(first: Any, last: Any, code: str = "child", number: str = "f") -> dict[str, Any]:
    value = {"ranges": [{"start": first, "end": last}], "timelinelabels": [code]}
    return {"id": number, "from_name": "gaze", "to_name": "video", "type": "timelinelabels", "value": value}


def sound(start: Any, end: Any, *codes: str, number: str = "s", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "channel": 0, "labels": list(codes or ("kind",))}
    return {"id": number, "from_name": "turn", "to_name": "audio", "type": "labels", "value": value, **more}


def said(name: str, kind: str, given: Any, number: str = "x", **times: Any) -> dict[str, Any]:
    return {"id": number, "from_name": name, "to_name": "video", "type": kind, "value": {kind: given, **times}}


def annotation(*results: Any, by: Any = 1, number: int = 1, **more: Any) -> dict[str, Any]:
    made = {"id": number, "completed_by": by, "created_at": "2026-03-01T10:00:00Z", "was_cancelled": False}
    return {**made, "result": list(results), **more}


def task(*annotations: Any, number: Any = 7, **data: Any) -> dict[str, Any]:
    return {"id": number, "data": {"duration": 10, "fps": 25, **data}, "annotations": list(annotations)}


def read(
    folder: Path, *tasks: Any, interface: Interface | None = GENERIC, fps: float | None = None
) -> tuple[RaterSet, ...]:
    path = folder / "export.json"
    path.write_text(json.dumps(list(tasks)), encoding="utf-8")
    return read_label_studio(path, interface, fps)


def seen(folder: Path, *results: Any, **data: Any) -> list[Observation]:
    (clip,) = read(folder, task(annotation(*results), **data))
    return list(clip.timelines["user-1"])


def rated(folder: Path, *results: Any) -> dict[str, Any]:
    (clip,) = read(folder, task(annotation(*results)))
    return dict(clip.ratings.get("user-1", {}))


class TestFrames:
    """`TimelineLabels`: frames from 1, both ends included; as Label Studio 1.23.2 counts them."""

    @pytest.mark.parametrize(("first", "last", "start", "end"), [(1, 25, 0, 1), (26, 50, 1, 2), (2, 250, 0.04, 10)])
    def test_a_range_lasts_from_the_start_of_its_first_frame_to_the_end_of_its_last(
        self, tmp_path: Path, first: int, last: int, start: float, end: float
    ) -> None:
        (one,) = seen(tmp_path, frames(first, last))
        assert (one.tier, one.code) == ("gaze", "child")
        assert [one.start, one.end] == pytest.approx([start, end])

    def test_a_range_of_one_frame_is_an_instant(self, tmp_path: Path) -> None:
        (one,) = seen(tmp_path, frames(26, 26))
        assert (one.start, one.end) == (1, 1)

    def test_frames_at_which_label_studio_puts_moments_come_back_within_a_frame(self, tmp_path: Path) -> None:
        (oracle,) = (o for o in _oracles() if o["id"] == "label_studio_1_23_2_frame_time")
        rate, given = oracle["data"]["fps"], oracle["data"]["cases_time_to_frame"]
        for moment, frame in zip(given, oracle["expected"]["time_to_frame"], strict=True):
            (one,) = seen(tmp_path, frames(frame, frame), fps=rate)
            assert one.start - oracle["tolerance"] <= moment <= one.start + 1 / rate + oracle["tolerance"]
        for frame, sought in zip(
            oracle["data"]["cases_frame_to_seek"], oracle["expected"]["frame_to_seek_time"], strict=True
        ):
            (one,) = seen(tmp_path, frames(frame, frame), fps=rate)
            assert one.start + 0.002 == pytest.approx(sought, abs=0.001 + oracle["tolerance"])

    def test_the_last_frame_may_pass_the_end_of_the_clip_a_little(self, tmp_path: Path) -> None:
        (one,) = seen(tmp_path, frames(1, 250), duration=9.99)
        assert one.end == 9.99

    def test_the_rate_of_the_task_goes_before_the_option(self, tmp_path: Path) -> None:
        for data, fps, end in (({"fps": 10}, 50, 5), ({"fps": "10"}, None, 5), ({"fps": None}, 50, 1)):
            (clip,) = read(tmp_path, task(annotation(frames(1, 50)), **data), fps=fps)
            assert [o.end for o in clip.timelines["user-1"]] == [end]

    @pytest.mark.parametrize("declared", ["50", "$rate"])
    def test_the_rate_of_the_interface_counts_where_nothing_else_says_it(self, tmp_path: Path, declared: str) -> None:
        interface = Interface.of_xml(XML.replace('"$video"', f'"$video" frameRate="{declared}"'), place="x")
        (clip,) = read(tmp_path, task(annotation(frames(1, 50)), fps=None, rate=50), interface=interface)
        assert [o.end for o in clip.timelines["user-1"]] == [1]

    def test_a_task_and_an_interface_that_contradict_each_other_need_the_option(self, tmp_path: Path) -> None:
        interface = Interface.of_xml(XML.replace('"$video"', '"$video" framerate="50"'), place="x")
        with pytest.raises(InputProblem, match=r"counts 25.0 frames a second by its data and 50.0 by the interface"):
            read(tmp_path, task(annotation(frames(1, 50))), interface=interface)
        (clip,) = read(tmp_path, task(annotation(frames(1, 50))), interface=interface, fps=50)
        assert [o.end for o in clip.timelines["user-1"]] == [1]

    def test_no_rate_is_needed_without_frames(self, tmp_path: Path) -> None:
        assert len(seen(tmp_path, sound(1, 2), fps=None)) == 1

    def test_several_ranges_are_several_observations(self, tmp_path: Path) -> None:
        both = frames(1, 25)
        both["value"]["ranges"].append({"start": 51, "end": 75})
        assert [(o.start, o.end) for o in seen(tmp_path, both)] == [(0, 1), (2, 3)]

    def test_a_box_that_label_studio_wrote_as_a_timeline_label_is_left_out(self, tmp_path: Path) -> None:
        ghost = frames(1, 25)
        ghost["value"] = {"sequence": [{"frame": 1, "x": 2}], "framesCount": 250, "timelinelabels": ["child"]}
        assert seen(tmp_path, ghost) == []


class TestControls:
    """What the other controls say."""

    def test_labels_on_sound_are_observations_in_seconds(self, tmp_path: Path) -> None:
        assert seen(tmp_path, sound(1.25, 2)) == [Observation("turn", "kind", 1.25, 2)]

    def test_a_region_without_a_label_is_not_counted_and_noticed_once_in_the_file(self, tmp_path: Path) -> None:
        empty = sound(3, 4, number="e")
        empty["value"]["labels"] = []
        tasks = [task(annotation(sound(1, 2), empty), number=number) for number in (7, 8)]
        first, second = read(tmp_path, *tasks)
        assert [o.start for o in (*first.timelines["user-1"], *second.timelines["user-1"])] == [1, 1]
        assert [note.en for note in first.noticed] == [
            "is a stretch of the timeline without a label, and not counted: 7, user-1, 3 s; 8, user-1, 3 s"
        ]
        assert second.noticed == ()

    def test_what_is_said_of_a_region_without_a_label_is_a_tier_of_its_own(self, tmp_path: Path) -> None:
        empty = frames(1, 25)
        empty["value"]["timelinelabels"] = []
        answer = said("tone", "choices", ["warm"], "f", start=0, end=1)
        assert seen(tmp_path, empty, answer) == [Observation("tone", "warm", 0, 1)]

    def test_several_labels_of_a_region_are_several_observations(self, tmp_path: Path) -> None:
        assert [o.code for o in seen(tmp_path, sound(1, 2, "kind", "adult"))] == ["adult", "kind"]

    def test_answers_about_a_region_are_its_attributes(self, tmp_path: Path) -> None:
        times = {"start": 1, "end": 2}
        (one,) = seen(
            tmp_path,
            said("tone", "choices", ["warm"], "s", **times),
            said("elements", "taxonomy", [["a", "b"], ["a"]], "s", **times),
            said("strength", "rating", 4, "s", **times),
            sound(1, 2),
        )
        assert one.attributes == {"tone": "warm", "elements": ("b", "a"), "strength": "4"}

    def test_answers_about_frames_are_attributes_too(self, tmp_path: Path) -> None:
        (one,) = seen(
            tmp_path, frames(1, 25), said("where", "choices", ["left"], "f", ranges=[{"start": 1, "end": 25}])
        )
        assert one.attributes == {"where": "left"}

    def test_answers_about_a_region_without_a_label_are_a_tier_of_their_own(self, tmp_path: Path) -> None:
        one, other = seen(
            tmp_path,
            said("tone", "choices", ["warm"], "q", start=1, end=2),
            said("where", "choices", ["left"], "r", ranges=[{"start": 51, "end": 75}]),
        )
        assert (one, other) == (Observation("tone", "warm", 1, 2), Observation("where", "left", 2, 3))

    def test_answers_about_the_task_are_ratings(self, tmp_path: Path) -> None:
        given = rated(
            tmp_path,
            said("warmth", "rating", 4),
            said("count", "number", 2.5),
            said("style", "choices", ["calm"]),
            said("kind", "taxonomy", [["x", "y"]]),
        )
        assert given == {"warmth": 4, "count": 2.5, "style": "calm", "kind": "y"}

    def test_several_choices_are_one_category_in_whatever_order(self, tmp_path: Path) -> None:
        for choices in (["calm", "busy"], ["busy", "calm"]):
            assert rated(tmp_path, said("style", "choices", choices)) == {"style": "busy + calm"}
        assert rated(tmp_path, said("style", "choices", [])) == {"style": None}

    def test_notes_boxes_words_and_relations_are_left_out(self, tmp_path: Path) -> None:
        words = {"id": "w", "from_name": "words", "type": "labels", "value": {"start": 3, "end": 9, "labels": ["noun"]}}
        box = {"id": "b", "from_name": "box", "type": "videorectangle", "value": {"sequence": []}}
        relation = {"from_id": "w", "to_id": "b", "type": "relation", "direction": "right"}
        (clip,) = read(tmp_path, task(annotation(words, box, relation, said("note", "textarea", ["hi"]))))
        assert (list(clip.timelines["user-1"]), clip.ratings) == ([], {})


class TestOurMethods:
    """Exports of projects that VIB Studio made."""

    told = Timeline(
        10, [Observation("turn", "kind", 1, 2, {"reception": "BC.REC.V", "elements": ("BC.1.NAME", "BC.L.LIMIT")})]
    )

    @pytest.mark.parametrize("interface", [METHOD, None], ids=["named", "recognised"])
    def test_what_was_stored_comes_back(self, tmp_path: Path, interface: Interface | None) -> None:
        results = results_of(self.told, BOOK, {"BS.1": 3})
        (clip,) = read(tmp_path, task(annotation(*results), clip="F-0001/meal"), interface=interface)
        assert clip == RaterSet("F-0001/meal", 10, {"user-1": self.told}, {"user-1": {"BS.1": 3}})

    def test_an_export_of_something_else_is_not_taken_for_one_of_ours(self, tmp_path: Path) -> None:
        for results in ([], [sound(1, 2), said("warmth", "rating", 3)]):
            with pytest.raises(InputProblem, match=r"give --interface with a method \(.*vib-pleegzorg.*\) or"):
                read(tmp_path, task(annotation(*results)), interface=None)

    def test_an_interface_is_named_by_method_or_by_file(self, tmp_path: Path) -> None:
        (tmp_path / "i.xml").write_text(XML, encoding="utf-8")
        assert named_interface("vib-pleegzorg") == METHOD
        assert named_interface(str(tmp_path / "i.xml")) == GENERIC
        with pytest.raises(InputProblem, match=r"--interface: 'other' is no method \(.*vib-pleegzorg.*\) and no file"):
            named_interface("other")

    @pytest.mark.parametrize(
        ("xml", "says"),
        [
            ("", "not valid XML"),
            ("<View>", "not valid XML"),
            ('<!DOCTYPE x [<!ENTITY a "b">]><View>&a;</View>', "not valid XML"),
            ("<View><Header value='x'/></View>", "no controls"),
        ],
    )
    def test_what_is_no_interface_is_refused(self, tmp_path: Path, xml: str, says: str) -> None:
        (tmp_path / "i.xml").write_text(xml, encoding="utf-8")
        with pytest.raises(InputProblem, match=says) as caught:
            named_interface(str(tmp_path / "i.xml"))
        assert "\n" not in str(caught.value)


class TestWhoAndWhich:
    """Whose annotation counts, what raters and clips are called, and how long they last."""

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00.5Z"),
            ("2026-03-01T12:00:00+02:00", "2026-03-01T10:00:01Z"),
            ("2026-03-01T10:00:00", "2026-03-01T10:00:01Z"),
            (None, "2026-03-01T10:00:00Z"),
            (None, None),
        ],
    )
    def test_the_annotation_that_was_made_last_counts(self, tmp_path: Path, first: Any, second: Any) -> None:
        early = annotation(sound(1, 2), number=3, created_at=first)
        late = annotation(sound(3, 4), number=4 if second is None else 2, created_at=second)
        for made in ([early, late], [late, early]):
            (clip,) = read(tmp_path, task(*made))
            assert [o.start for o in clip.timelines["user-1"]] == [3]

    def test_cancelled_annotations_drafts_and_predictions_do_not_count(self, tmp_path: Path) -> None:
        whole = task(annotation(sound(1, 2)), annotation(sound(3, 4), by=2, was_cancelled=True))
        whole |= {"drafts": [annotation(sound(5, 6), by=3)], "predictions": [{"result": [sound(5, 6)]}]}
        (clip,) = read(tmp_path, whole)
        assert clip.timelines == {"user-1": Timeline(10, [Observation("turn", "kind", 1, 2)])}

    def test_an_empty_annotation_is_who_saw_nothing(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, task(annotation()))
        assert clip.timelines == {"user-1": Timeline(10)}

    def test_an_interface_without_a_timeline_gives_ratings_only_and_needs_no_duration(self, tmp_path: Path) -> None:
        whole = {"id": 7, "data": {}, "annotations": [annotation(said("warmth", "rating", 4))]}
        (clip,) = read(tmp_path, whole, interface=RATINGS)
        assert clip == RaterSet("7", UNKNOWN_DURATION, {}, {"user-1": {"warmth": 4}})

    @pytest.mark.parametrize(
        ("users", "names"),
        [
            ([1, 2], ["user-1", "user-2"]),
            ([{"id": 1, "email": "anna@x.nl"}, 2], ["anna", "user-2"]),
            ([{"id": 1, "email": "anna@x.nl"}, {"id": 2, "email": "anna@y.nl"}], ["anna@x.nl", "anna@y.nl"]),
            ([{"email": "anna@x.nl"}, {"id": 2, "email": ""}], ["anna", "user-2"]),
            ([3, {"id": 2, "email": "user-3@x.nl"}], ["user-3", "user-3@x.nl"]),
            ([{"id": 1, "email": "a@x"}, {"id": 2, "email": "a@x"}], ["a@x (1)", "a@x (2)"]),
            (["anna@x.nl", {"id": 2, "email": "@x"}], ["@x", "anna"]),
        ],
    )
    def test_raters_have_short_names_that_are_never_shared(
        self, tmp_path: Path, users: list[Any], names: list[str]
    ) -> None:
        (clip,) = read(tmp_path, task(*(annotation(by=user) for user in users)))
        assert sorted(clip.timelines) == names

    def test_a_user_whose_address_another_task_has_is_the_same_one(self, tmp_path: Path) -> None:
        known = annotation(by={"id": 1, "email": "anna@x.nl"})
        clips = read(tmp_path, task(annotation(by=1), number=1), task(known, number=2))
        assert [clip.raters for clip in clips] == [("anna",), ("anna",)]

    def test_a_duration_is_taken_from_the_results_where_the_task_has_none(self, tmp_path: Path) -> None:
        measured = (
            annotation(sound(1, 2, original_length=9.8)),
            annotation(sound(1, 2, original_length=10), by=2),
        )
        (clip,) = read(tmp_path, task(*measured, duration=None))
        assert clip.duration == 10
        (clip,) = read(tmp_path, task(*measured, duration="12.5"))
        assert clip.duration == 12.5


class TestRefused:
    """What is wrong is said on one line, with task, rater and result."""

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            (task(annotation(sound(1, 2) | {"from_name": "other"})), "task 7: user-1: result s: 'other' is not a"),
            (task(annotation({**sound(1, 2), "from_name": None})), "task 7: user-1: result s: None is not a control"),
            (task(annotation("x")), "task 7: user-1: result [0]: is incomplete or not valid ('x')"),
            (task(annotation({**sound(1, 2), "value": []})), "result s: is incomplete or not valid (value)"),
            (task(annotation(sound("x", 2))), "result s: is incomplete or not valid (start)"),
            (task(annotation(sound(1, float("nan")))), "result s: is incomplete or not valid (end)"),
            (task(annotation(sound(2, 1))), "task 7: user-1: turn/kind: start 2.0 and end 1.0"),
            (task(annotation(sound(1, 99))), "task 7: user-1: turn/kind: ends at 99.0 s, after the end"),
            (task(annotation(sound(1, 2, "a\nb"), sound(3, 2, "a\nb"))), r"turn/a\nb: start 3.0"),
            (task(annotation(frames(0, 5))), "result f: is incomplete or not valid (ranges"),
            (task(annotation(frames(5, 4))), "result f: is incomplete or not valid (ranges"),
            (task(annotation(frames(None, 4))), "result f: is incomplete or not valid (ranges"),
            (task(annotation({**frames(1, 2), "value": {"timelinelabels": ["x"]}})), "result f: is incomplete"),
            (task(annotation(frames(1, 2)), fps=None), "result f: has frame numbers and no frames a second"),
            (task(annotation(frames(1, 2)), fps="fast"), "result f: data.fps: 'fast' is no number of frames"),
            (task(annotation(frames(1, 2)), fps=0), "result f: data.fps: 0 is no number of frames"),
            (task(annotation(said("warmth", "rating", "high"))), "result x: is incomplete or not valid (rating)"),
            (task(annotation(said("style", "choices", [3]))), "result x: is incomplete or not valid (choices)"),
            (task(annotation(said("kind", "taxonomy", [[]]))), "result x: is incomplete or not valid (taxonomy)"),
            (task(annotation(), duration=None), "task 7: has no duration; put it as duration in the data"),
            (task(annotation(), duration="long"), "task 7: data.duration: 'long' is no duration"),
            (task(annotation(), duration=-1), "task 7: data.duration: -1 is no duration"),
            (
                task(annotation(sound(1, 2, original_length=9), sound(3, 4, original_length=10)), duration=""),
                "task 7: has results on clips of 9.0 to 10.0 s",
            ),
            (task(annotation(by=None)), "task 7: annotation 1 is incomplete: completed_by"),
            (task(annotation(by=True)), "task 7: annotation 1 is incomplete: completed_by"),
            (task(annotation(created_at="soon")), "task 7: annotation 1 is incomplete: created_at"),
            (task({**annotation(), "result": None}), "task 7: annotation 1 is incomplete: result"),
            (task(12), "task 7: annotation [0] is incomplete: 12"),
            ({"id": 7, "data": {}, "annotator": 1}, "task 7: has no annotations; export as JSON, not as JSON-MIN"),
            ({"id": 7, "annotations": []}, "task 7: is incomplete or not valid (data)"),
            ({"data": {"duration": 10}, "annotations": []}, "task [0]: has no id and no data.clip"),
            (12, "is no export of Label Studio"),
        ],
    )
    def test_a_wrong_task_is_named(self, tmp_path: Path, wrong: object, says: str) -> None:
        with pytest.raises(InputProblem) as caught:
            read(tmp_path, wrong)
        for language in ("nl", "en"):
            assert caught.value.message(language).startswith(str(tmp_path / "export.json"))
            assert caught.value.message(language).isprintable()
        assert says in str(caught.value)

    def test_two_tasks_of_one_clip_are_named_both(self, tmp_path: Path) -> None:
        with pytest.raises(InputProblem, match="task 2: clip 'c' is also that of task 1"):
            read(tmp_path, task(number=1, clip="c"), task(number=2, clip="c"))

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"[", ":1: not valid JSON"),
            (b"[\n{]", ":2: not valid JSON"),
            (b"\xff[]", "not UTF-8"),
            (b"[" * 200_000, "not valid JSON"),
            (b"[" + b"1" * 5000 + b"]", "not valid JSON"),
            (b"[]", "no export of Label Studio"),
            (b'{"a": 1}', "no export of Label Studio"),
        ],
    )
    def test_what_is_no_export_is_refused(self, tmp_path: Path, content: bytes, says: str) -> None:
        path = tmp_path / "export.json"
        path.write_bytes(content)
        with pytest.raises(InputProblem, match=says) as caught:
            read_label_studio(path, GENERIC)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        "put",
        [None, True, -1, 0, 1e308, float("nan"), float("inf"), 10**400, "", "\n", "x" * 10_000, [], {}, [[]], [None]],
        ids=lambda put: repr(put)[:12],
    )
    def test_whatever_any_field_holds_the_export_is_read_or_refused_on_one_line(
        self, tmp_path: Path, put: object
    ) -> None:
        tone = said("tone", "choices", ["warm"], "s", start=1, end=2)
        first = annotation(frames(1, 25), sound(1, 2, original_length=10), tone)
        other = (
            said("style", "choices", ["calm"]),
            said("kind", "taxonomy", [["x", "y"]]),
            said("warmth", "rating", 4),
        )
        right = [task(first, annotation(*other, by={"id": 2, "email": "b@x"}))]
        for place in _places(right):
            wrong: Any = copy.deepcopy(right)
            inner = wrong
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = put
            message = ""
            try:
                read(tmp_path, *wrong)
            except InputProblem as problem:
                message = problem.message("nl")
            assert message.isprintable(), place
            assert len(message) < 1_000, place


def _oracles() -> list[dict[str, Any]]:
    return [found for value in ORACLES.values() if isinstance(value, list) for found in value]


def _places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List the way to every field of a JSON value."""
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))
