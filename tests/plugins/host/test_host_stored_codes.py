"""Codes are checked on every road into the database: what does not fit is refused, and nothing is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.plugins.access.inside import Answer, World, inside
from tests.plugins.proposals.inside_proposals import push, pushed, turns

GOOD = turns(("kind", 1.0, 2.5))
BAD: dict[str, tuple[str, str]] = {
    "before the clip": ("[0].value.start", '{"start": -5, "end": 2, "channel": 0, "labels": ["kind"]}'),
    "after the clip": ("[0].value.end", '{"start": 1, "end": 11, "channel": 0, "labels": ["kind"]}'),
    "endless": ("[0].value.end", '{"start": 1, "end": 1e400, "channel": 0, "labels": ["kind"]}'),
    "another code": ("[0].value.labels[0]", '{"start": 1, "end": 2, "channel": 0, "labels": ["hond"]}'),
    "half a character": ("[0].value.text", '{"start": 1, "end": 2, "labels": ["kind"], "text": "\\ud800"}'),
    "NUL": ("[0].value.text", '{"start": 1, "end": 2, "labels": ["kind"], "text": "\\u0000"}'),
    "bottomless": ("", '{"start": 1, "end": 2, "labels": ["kind"], "x": ' + "[" * 2_000 + "]" * 2_000 + "}"),
}
"""The place that is named and the value of the only result, as JSON."""


def results(value: str) -> str:
    return f'[{{"id": "t", "from_name": "turn", "to_name": "audio", "type": "labels", "value": {value}}}]'


def kept() -> list[list[Any]]:
    """Return all codes that are in the database, with what they belong to."""
    from tasks.models import Annotation, AnnotationDraft, Prediction, Task

    models = (Annotation, AnnotationDraft, Prediction)
    found = [list(model.objects.order_by("pk").values("pk", "task", "result")) for model in models]
    return [*found, list(Task.objects.order_by("pk").values_list("pk", "data"))]


def roads(world: World) -> dict[str, Callable[[str], Answer]]:
    """Return every way to bring results into the database: each sends the JSON of a list of results."""
    bad, project = world.task("bad"), world.project("eigen")
    own = world.code("collega", "bad")
    draft = world.made.drafts["collega", "bad"].pk
    data = '{"data": {"audio": "/a.m4a", "video": "/a.mp4", "duration": 9.0, "who": []}, '

    def ask(who: str, method: str, address: str, before: str, after: str) -> Callable[[str], Answer]:
        return lambda sent: world.ask(who, method, address, f"{before}{sent}{after}")

    return {
        "annotation": ask("collega", "POST", f"/api/tasks/{bad}/annotations/", '{"result": ', "}"),
        "changed annotation": ask("collega", "PATCH", f"/api/annotations/{own}/", '{"result": ', "}"),
        "draft": ask("collega", "POST", f"/api/tasks/{bad}/drafts", '{"result": ', "}"),
        "changed draft": ask("collega", "PATCH", f"/api/drafts/{draft}/", '{"result": ', "}"),
        "draft of an annotation": ask(
            "collega", "POST", f"/api/tasks/{bad}/annotations/{own}/drafts", '{"result": ', "}"
        ),
        "prediction": ask("dienst", "POST", "/api/predictions/", f'{{"task": {bad}, "result": ', "}"),
        "tasks with annotations": ask(
            "dienst", "POST", f"/api/projects/{project}/import", f'[{data}"annotations": [{{"result": ', "}]}]"
        ),
        "tasks with predictions": ask(
            "dienst", "POST", f"/api/projects/{project}/import", f'[{data}"predictions": [{{"result": ', "}]}]"
        ),
        "predictions": ask(
            "dienst", "POST", f"/api/projects/{project}/import/predictions", f'[{{"task": {bad}, "result": ', "}]"
        ),
    }


@inside
def test_what_fits_comes_in_by_every_road(world: World) -> None:
    for name, send in roads(world).items():
        before = kept()
        answer = send(json.dumps(GOOD))
        assert answer.status in (200, 201), f"{name}: {answer.text}"
        assert kept() != before, name


@inside
def test_what_does_not_fit_is_refused_on_every_road_and_nothing_is_kept(world: World) -> None:
    before = kept()
    for number, (road, send) in enumerate(roads(world).items()):
        # Each fault by some roads and each road with some faults; the door is one.
        for fault, (place, value) in list(BAD.items())[number % 2 :: 2]:
            answer = send(results(value))
            assert answer.status == 400, f"{fault} by {road}: {answer.status} {answer.text[:300]}"
            assert place in answer.text, f"{fault} by {road}: {answer.text[:300]}"
            assert kept() == before, f"{fault} by {road}"


@inside
def test_a_refusal_says_where_and_why_in_both_languages(world: World) -> None:
    said = roads(world)["annotation"](results(BAD["before the clip"][1])).json["validation_errors"]
    assert said == {
        "place": "result[0].value.start",
        "nl": "-5 ligt voor het begin van de clip",
        "en": "-5 lies before the start of the clip",
    }
    brought = roads(world)["tasks with annotations"](results(BAD["after the clip"][1])).json["validation_errors"]
    assert brought["place"] == "[0].annotations[0].result[0].value.end"


@inside
def test_a_lead_time_without_end_is_refused_and_nothing_is_kept(world: World) -> None:
    before = kept()
    for address in (f"/api/tasks/{world.task('bad')}/annotations/", f"/api/tasks/{world.task('bad')}/drafts"):
        for seconds in ("1e400", "-1e400", str(10**400), '"nan"', '"inf"', "1" * 5000):
            answer = world.ask("collega", "POST", address, f'{{"result": [], "lead_time": {seconds}}}')
            assert answer.status == 400, f"{seconds[:9]}: {answer.status} {answer.text[:300]}"
    assert kept() == before


@inside
def test_turns_of_the_backend_come_by_the_same_door(world: World) -> None:
    before = kept()
    answer = push(world, pushed(world, result=turns(("kind", 1.0, 12.0))))
    assert (answer.status, answer.json["validation_errors"]["place"]) == (400, "result[0].value.end")
    assert kept() == before


@inside
def test_an_annotation_that_is_bad_already_can_change_in_other_ways_and_be_mended(world: World) -> None:
    from tasks.models import Annotation

    own = world.code("collega", "bad")
    Annotation.objects.filter(pk=own).update(result=json.loads(results(BAD["before the clip"][1])))
    address = f"/api/annotations/{own}/"
    assert world.ask("collega", "PATCH", address, {"was_cancelled": True}).status == 200
    assert world.ask("collega", "PATCH", address, {"result": GOOD}).status == 200
    assert Annotation.objects.get(pk=own).result == GOOD


@inside
def test_a_project_of_another_kind_is_checked_by_its_own_interface(world: World) -> None:
    from projects.models import Project
    from tasks.models import Task

    plain = Project.objects.create(
        title="plaatjes",
        label_config='<View><Image name="i" value="$i"/>'
        '<Choices name="c" toName="i"><Choice value="ja"/></Choices></View>',
        organization=world.made.projects["eigen"].organization,
        created_by=world.made.users["dienst"],
    )
    task = Task.objects.create(project=plain, data={"i": "/i.png"})
    for chosen, status in (("ja", 201), ("nee", 400)):
        result = [{"from_name": "c", "to_name": "i", "type": "choices", "value": {"choices": [chosen]}}]
        answer = world.ask("dienst", "POST", f"/api/tasks/{task.pk}/annotations/", {"result": result})
        assert answer.status == status, answer.text


@inside
def test_data_of_a_task_that_nobody_could_read_are_refused(world: World) -> None:
    before = kept()
    for data in ('{"x": "\\udfff"}', '{"x": 1e999}'):
        answer = world.ask("dienst", "POST", f"/api/projects/{world.project('eigen')}/import", f'[{{"data": {data}}}]')
        assert answer.status == 400, answer.text
        assert answer.json["validation_errors"]["place"] == "[0].data.x"
    assert kept() == before
