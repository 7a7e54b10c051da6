"""A submit counts once, with all that belongs to it; what was not answered as done has stored nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from tests.plugins.access.inside import Answer, World, inside
from tests.plugins.coding.test_coding_log import OTHER, Page, turn


def submit(world: World, key: str | None = None, who: str = "anna", task: str = "toren", **headers: str) -> Answer:
    """Submit codes of a task as Label Studio's editor does."""
    sent = dict(headers) | ({"X-VIB-Submission": key} if key else {})
    content = {"result": [turn("a")], "lead_time": 3.5}
    return world.ask(who, "POST", f"/api/tasks/{world.task(task)}/annotations/", content, headers=sent)


def stored(who: str = "anna") -> dict[str, int]:
    """Count what a submit touches, of the whole database."""
    from django.apps import apps
    from tasks.models import Annotation, AnnotationDraft, Task

    from plugins.access import narrowing
    from plugins.coding.models import Submission

    narrowing.look_as(None)
    return {
        "annotations": Annotation.objects.count(),
        "drafts": AnnotationDraft.objects.count(),
        "counted": sum(Task.objects.values_list("total_annotations", flat=True)),
        "states": apps.get_model("fsm", "AnnotationState").objects.count(),
        "answers": Submission.objects.count(),
    }


@contextmanager
def failing(name: str, error: Exception) -> Iterator[None]:
    """Have something in Label Studio raise."""
    with patch(name, side_effect=error):
        yield


@inside
def test_a_submit_that_is_sent_again_is_answered_as_before_and_counts_once(world: World) -> None:
    key = str(uuid4())
    first = submit(world, key)
    after = stored()
    again = submit(world, key)
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert stored() == after


@inside
def test_another_key_is_another_submit_and_a_key_is_of_one_person_and_one_address(world: World) -> None:
    key = str(uuid4())
    first = submit(world, key)
    assert submit(world, str(uuid4())).json["id"] != first.json["id"]
    assert submit(world, key, "bram").json["id"] != first.json["id"]
    patched = {"X-VIB-Submission": key}
    elsewhere = world.ask("anna", "PATCH", f"/api/annotations/{first.json['id']}/", {"result": []}, headers=patched)
    assert (elsewhere.status, elsewhere.json["why"]) == (409, "key")


@inside
def test_nothing_of_a_submit_that_fails_half_way_is_stored_with_a_key_or_without(world: World) -> None:
    before = stored()
    for key in (None, str(uuid4())):
        for name in ("tasks.api.fill_history_annotation", "webhooks.utils.emit_webhooks_for_instance"):
            with failing(name, RuntimeError("half-way")):
                assert submit(world, key).status == 500
            assert stored() == before, name


@inside
def test_a_submit_whose_answer_cannot_be_written_out_is_not_stored(world: World) -> None:
    before = stored()
    with failing("rest_framework.renderers.JSONRenderer.render", ValueError("no number")):
        assert submit(world, str(uuid4())).status == 500
    assert stored() == before


@inside
def test_a_submit_that_failed_succeeds_when_it_is_sent_again(world: World) -> None:
    key = str(uuid4())
    with failing("tasks.api.fill_history_annotation", RuntimeError("half-way")):
        assert submit(world, key).status == 500
    before = stored()
    assert submit(world, key).status == 201
    assert stored()["annotations"] == before["annotations"] + 1


@inside
def test_nobody_hears_of_codes_that_were_taken_back_when_the_answer_could_not_be_kept(world: World) -> None:
    before = stored()
    with failing("plugins.coding.submitting.log.close", RuntimeError("half-way")):
        Page(world).begin()
        answer = submit(world, str(uuid4()))
    assert answer.status == 503
    assert stored() == before


@inside
def test_saving_again_with_a_key_is_answered_once_too(world: World) -> None:
    from tasks.models import Annotation

    number, key = world.code("anna", "toren"), {"X-VIB-Submission": str(uuid4())}
    for results in ([turn("b")], [turn("c")]):
        answer = world.ask("anna", "PATCH", f"/api/annotations/{number}/", {"result": results}, headers=key)
        assert (answer.status, answer.json["result"]) == (200, [turn("b")])
    assert Annotation.objects.get(pk=number).result == [turn("b")]


@inside
def test_what_is_submitted_ends_the_work_and_its_log(world: World) -> None:
    from plugins.coding.models import Change

    page = Page(world)
    page.begin()
    page.add(0, [{"put": turn("a")}])
    assert submit(world, str(uuid4()), **{"X-VIB-Work-Last": "1"}).status == 201
    ended = page.read().json
    assert (ended["submitted"], ended["start"], ended["changes"], Change.objects.count()) == (True, None, [], 0)
    assert page.add(1, [{"put": turn("b")}]).json["why"] == "submitted"
    again = Page(world, client=OTHER).begin(turn("c"))
    assert (again.status, again.json["last"], again.json["submitted"]) == (201, 0, False)
    assert page.add(0, [{"put": turn("b")}]).json["why"] == "held"


@inside
def test_a_page_that_is_ahead_of_the_log_or_behind_it_cannot_submit(world: World) -> None:
    page = Page(world)
    page.begin()
    page.add(0, [{"put": turn("a")}], [{"put": turn("b")}])
    before = stored()
    for last, why in (("3", "gap"), ("1", "held")):
        answer = submit(world, str(uuid4()), **{"X-VIB-Work-Last": last})
        assert (answer.status, answer.json["why"], answer.json["last"]) == (409, why, 2)
    assert submit(world, str(uuid4()), **{"X-VIB-Work-Last": "2"}).status == 201
    assert submit(world, str(uuid4()), **{"X-VIB-Work-Last": "2"}).json["why"] == "submitted"
    assert stored()["annotations"] == before["annotations"] + 1


@inside
def test_a_submit_that_may_not_be_done_keeps_no_answer(world: World) -> None:
    before = stored()
    key = str(uuid4())
    assert submit(world, key, "vreemd").status in (403, 404)
    assert submit(world, "no key").status == 400
    assert submit(world, key, **{"X-VIB-Work-Last": "-1"}).status == 400
    assert stored() == before


@inside
def test_the_siblings_of_submitting_store_all_or_nothing(world: World) -> None:
    task, number = world.task("toren"), world.code("anna", "toren")
    draft = world.made.drafts["anna", "toren"].pk
    project = world.project("oefenset")
    body: dict[str, Any] = {"result": [turn("a")], "lead_time": 1.0}
    tasks = [{"data": {"video": "/v", "audio": "/a", "who": []}, "annotations": [{"result": []}]} for _ in range(3)]
    asked: tuple[tuple[str, str, str, Any, str], ...] = (
        ("anna", "POST", f"/api/tasks/{task}/annotations/?was_cancelled=1", body, "tasks.api.fill_history_annotation"),
        ("anna", "PATCH", f"/api/annotations/{number}/", body, "webhooks.utils.emit_webhooks_for_instance"),
        ("anna", "DELETE", f"/api/annotations/{number}/", b"", "webhooks.utils.emit_webhooks_for_instance"),
        ("anna", "POST", f"/api/tasks/{task}/drafts", body, "rest_framework.renderers.JSONRenderer.render"),
        ("anna", "PATCH", f"/api/drafts/{draft}/", body, "rest_framework.renderers.JSONRenderer.render"),
        ("anna", "DELETE", f"/api/drafts/{draft}/", b"", "tasks.models.AnnotationDraft.delete"),
        (
            "anna",
            "POST",
            f"/api/annotations/{number}/convert-to-draft",
            {},
            "rest_framework.renderers.JSONRenderer.render",
        ),
        (
            "dienst",
            "POST",
            f"/api/projects/{project}/import",
            tasks,
            "tasks.serializers.BaseTaskSerializerBulk.post_process_tasks",
        ),
    )
    before = _all(world)
    for who, method, address, content, place in asked:
        with failing(place, RuntimeError("half-way")):
            answer = world.ask(who, method, address, content)
        assert answer.status == 500, (method, address, answer.text[:300])
        assert _all(world) == before, (method, address)


def _all(world: World) -> Any:
    """Return every row that codes are in, and what is counted of them."""
    from projects.models import ProjectSummary
    from tasks.models import Annotation, AnnotationDraft, Task

    from plugins.access import narrowing

    narrowing.look_as(None)
    return [
        list(Annotation.objects.order_by("pk").values_list("pk", "result", "was_cancelled", "updated_by")),
        list(AnnotationDraft.objects.order_by("pk").values_list("pk", "result")),
        list(Task.objects.order_by("pk").values_list("pk", "total_annotations", "cancelled_annotations", "is_labeled")),
        list(ProjectSummary.objects.order_by("pk").values_list("pk", "created_annotations", "created_labels_drafts")),
    ]
