"""Turns that the ML backend pushes: who may push, what is taken, and what Label Studio then shows."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import RESULTS, SECRET, backend, push, pushed, turns


def predictions(world: World, task: str = "bad") -> list[Any]:
    from tasks.models import Prediction

    return list(Prediction.objects.filter(task=world.task(task)).order_by("pk"))


@inside
def test_turns_become_the_prediction_that_the_project_shows(world: World) -> None:
    from projects.models import Project

    body = pushed(world)
    answer = push(world, body)
    assert (answer.status, answer.json) == (200, {"stored": True}), answer.text
    (stored,) = predictions(world)
    assert stored.result == body["result"]
    assert (stored.model_version, stored.score, stored.project_id) == ("turns-2", 0.8, world.project("eigen"))
    assert Project.objects.get(pk=world.project("eigen")).model_version == "turns-2"
    shown = world.ask("begeleider", "GET", f"/api/tasks/{world.task('bad')}/")
    assert [prediction["result"] for prediction in shown.json["predictions"]] == [body["result"]]


@inside
def test_pushing_again_changes_nothing(world: World) -> None:
    assert push(world, pushed(world)).status == 200
    (first,) = predictions(world)
    assert push(world, pushed(world)).status == 200
    (second,) = predictions(world)
    assert (second.pk, second.updated_at) == (first.pk, first.updated_at)


@inside
def test_other_turns_of_the_same_version_take_the_place_of_the_first(world: World) -> None:
    push(world, pushed(world))
    (first,) = predictions(world)
    assert push(world, pushed(world, result=turns(("kind", 0.0, 1.0)), score=None)).status == 200
    (second,) = predictions(world)
    assert second.pk == first.pk
    assert len(second.result) == 1
    assert second.score is None


@inside
def test_a_clip_without_turns_has_an_empty_prediction(world: World) -> None:
    assert push(world, pushed(world, result=[], score=0.0)).status == 200
    assert [one.result for one in predictions(world)] == [[]]


def days_ago(days: int, *versions: str) -> None:
    """Have turns of these versions made, and last written, so long ago."""
    from django.utils.timezone import now
    from tasks.models import Prediction

    then = now() - timedelta(days=days)
    Prediction.objects.filter(model_version__in=versions).update(created_at=then, updated_at=then)


@inside
def test_codes_that_somebody_began_with_older_turns_can_be_saved(world: World) -> None:
    push(world, pushed(world))
    (older,) = predictions(world)
    days_ago(30, "turns-2")
    code = {"result": turns(("kind", 1.0, 2.0)), "parent_prediction": older.pk}
    address = f"/api/tasks/{world.task('bad')}"
    assert world.ask("begeleider", "POST", f"{address}/drafts", code).status == 201
    push(world, pushed(world, model_version="turns-3"))
    assert world.ask("begeleider", "POST", f"{address}/drafts", code).status == 201
    submitted = world.ask("begeleider", "POST", f"{address}/annotations/", code)
    assert (submitted.status, submitted.json["parent_prediction"]) == (201, older.pk), submitted.text


def shown_to(world: World, who: str) -> list[str]:
    """Return the versions of the predictions that somebody's editor gets with a clip."""
    answer = world.ask(who, "GET", f"/api/tasks/{world.task('bad')}/?project={world.project('eigen')}")
    return sorted(one["model_version"] for one in answer.json["predictions"])


@inside
def test_who_opens_a_clip_sees_the_newest_turns_only(world: World) -> None:
    push(world, pushed(world))
    push(world, pushed(world, model_version="turns-3"))
    project = world.project("eigen")
    # The screen of Label Studio begins with the turns of the version that the project names.
    assert world.ask("begeleider", "GET", f"/api/projects/{project}/").json["model_version"] == "turns-3"
    assert shown_to(world, "begeleider") == ["turns-3"]
    assert [one.model_version for one in predictions(world)] == ["turns-2", "turns-3"]
    # Back to the older model.
    push(world, pushed(world))
    assert shown_to(world, "begeleider") == ["turns-2"]


@inside
def test_that_nothing_was_found_takes_the_place_of_older_turns(world: World) -> None:
    push(world, pushed(world))
    push(world, pushed(world, model_version="turns-3", result=[], score=0.0))
    assert shown_to(world, "begeleider") == ["turns-3"]


@inside
def test_a_clip_that_is_yet_to_be_cut_again_shows_its_last_turns(world: World) -> None:
    push(world, pushed(world))
    push(world, pushed(world, model_version="turns-3"))
    push(world, pushed(world, "ontbijt", model_version="turns-4"))
    assert shown_to(world, "begeleider") == ["turns-3"]


@inside
def test_turns_go_when_they_were_not_shown_for_a_week_and_no_codes_were_made_from_them(world: World) -> None:
    from tasks.models import Annotation

    def kept() -> list[str]:
        return [one.model_version for one in predictions(world)]

    push(world, pushed(world))
    days_ago(30, "turns-2")
    push(world, pushed(world, model_version="turns-3"))
    push(world, pushed(world, model_version="turns-4"))
    assert kept() == ["turns-2", "turns-3", "turns-4"]
    Annotation.objects.filter(pk=world.code("collega", "bad")).update(parent_prediction=predictions(world)[1])
    days_ago(8, "turns-2", "turns-3", "turns-4")
    push(world, pushed(world, model_version="turns-5"))
    assert kept() == ["turns-3", "turns-4", "turns-5"]


@inside
def test_turns_of_an_older_version_that_was_shown_again_have_their_week_too(world: World) -> None:
    push(world, pushed(world))
    push(world, pushed(world, model_version="turns-3"))
    push(world, pushed(world))
    days_ago(30, "turns-2", "turns-3")
    push(world, pushed(world, model_version="turns-4"))
    assert [one.model_version for one in predictions(world)] == ["turns-2", "turns-3", "turns-4"]


@inside
def test_what_somebody_else_predicted_stays(world: World) -> None:
    from tasks.models import Prediction

    region = {**turns(("kind", 1.0, 2.0))[0], "id": "handwerk"}
    Prediction.objects.create(
        task_id=world.task("bad"), project_id=world.project("eigen"), result=[region], model_version="onderzoek"
    )
    push(world, pushed(world))
    push(world, pushed(world, model_version="turns-3"))
    assert [one.model_version for one in predictions(world)] == ["onderzoek", "turns-2", "turns-3"]
    assert shown_to(world, "begeleider") == ["onderzoek", "turns-3"]


@inside
def test_another_version_has_the_clips_with_older_turns_cut_again(world: World) -> None:
    from django.db import connection
    from projects.models import Project

    push(world, pushed(world))
    connection.run_on_commit = []
    with backend() as told:
        push(world, pushed(world, "ontbijt", model_version="turns-3"))
        # The tests run in a transaction that is undone.
        hooks = [hook for _, hook, _ in connection.run_on_commit]
        connection.run_on_commit = []
        for hook in hooks:
            hook()
        path, authorization, body = told.wait_for(1)[-1]
    assert (path, authorization) == ("/jobs", f"Bearer {SECRET}"), (path, authorization)
    assert [task["id"] for task in body["tasks"]] == [world.task("bad")]
    data = world.made.tasks["bad"].data
    assert body["tasks"][0]["data"] == {
        name: data[name] for name in ("clip", "audio", "video", "family") if name in data
    }
    assert body["tasks"][0]["data"]["clip"] == "F-EIGEN/bad"
    assert body["label_config"] == Project.objects.get(pk=world.project("eigen")).label_config


@inside
def test_all_clips_of_a_project_are_asked_for_as_those_of_its_family_and_those_of_a_practice_set_as_of_none(
    world: World,
) -> None:
    from projects.models import Project

    from plugins.proposals.storing import ask_for

    clips = [(number, {"clip": f"{family}/a", "family": family}) for number, family in ((1, "F-EIGEN"), (2, "F-ANDER"))]
    found = []
    for where in ("eigen", "oefenset"):
        with backend() as told:
            ask_for(Project.objects.get(pk=world.project(where)), clips)
            ((_, _, body),) = told.wait_for(1, path="/jobs")
        found.append([task["data"].get("family") for task in body["tasks"]])
    assert found == [["F-EIGEN", "F-EIGEN"], [None, None]]


@inside
def test_a_task_with_odd_data_does_not_stand_in_the_way_of_others(world: World) -> None:
    from projects.models import Project

    from plugins.proposals.storing import ask_for

    odd = {"clip": 7, "audio": ["x"], "video": "v" * 5_000, "family": "F-EIGEN"}
    with backend() as told:
        ask_for(Project.objects.get(pk=world.project("eigen")), [(1, odd), (2, {"clip": "a/b", "audio": "/b.m4a"})])
        ((_, _, body),) = told.wait_for(1, path="/jobs")
    media = [{name: value for name, value in task["data"].items() if name != "family"} for task in body["tasks"]]
    # As much of what is too long as tells the backend that it is.
    assert media == [{"video": "v" * 4_097}, {"clip": "a/b", "audio": "/b.m4a"}]


@inside
def test_nobody_gets_in_without_the_secret(world: World) -> None:
    body = pushed(world)
    for who in ("beheer", "opleider", "begeleider", "anna", "nieuw", "dienst"):
        for by in ("token", "session"):
            assert world.ask(who, "POST", RESULTS, body, by=by).status == 401, (who, by)
            assert world.ask(who, "GET", RESULTS, by=by).status == 401, (who, by)
    for secret, kind in (
        ("", "Bearer"),
        ("x", "Bearer"),
        (SECRET, "Basic"),
        (SECRET, "Token"),
        (SECRET[:-1], "Bearer"),
    ):
        assert push(world, body, secret, kind).status in (401, 429), (secret, kind)
    assert world.ask("", "POST", RESULTS, body, by="").status == 401
    assert predictions(world) == []


@inside
def test_the_secret_opens_nothing_else(world: World) -> None:
    headers = {"Authorization": f"Bearer {SECRET}"}
    for method, address in (
        ("GET", "/api/projects/"),
        ("GET", f"/api/tasks/{world.task('bad')}/"),
        ("POST", "/api/predictions/"),
        ("GET", f"/vib/turns/{world.project('eigen')}/"),
        ("GET", f"/vib/turns/{world.project('eigen')}/state"),
        ("POST", f"/vib/turns/{world.project('eigen')}/"),
    ):
        answer = world.ask("", method, address, {}, by="", headers=headers)
        assert answer.status == 401 or "/user/login" in answer.headers["Location"], address
    assert world.ask("", "GET", RESULTS, by="", headers=headers).status == 405


@inside
def test_without_a_secret_in_the_settings_nobody_gets_in(world: World) -> None:
    from django.conf import settings
    from django.test import override_settings

    for secret in (None, ""):
        with override_settings(VIB=settings.VIB.model_copy(update={"ml_secret": secret})):
            for given in ("", "None", SECRET):
                assert push(world, pushed(world), given).status in (401, 429)


@inside
def test_a_task_that_is_not_in_the_project_is_not_found(world: World) -> None:
    for changed in ({"task": 2**40}, {"project": 2**40}, {"project": world.project("ander")}):
        assert push(world, pushed(world, **changed)).status == 404
    assert predictions(world) == []


@inside
def test_turns_for_which_the_interface_has_no_place_are_a_conflict(world: World) -> None:
    (turn,) = turns(("kind", 1.0, 2.0))
    for changed in (
        {"from_name": "elders"},
        {"to_name": "video"},
        {"value": {**turn["value"], "labels": ["hond"]}},
        {"from_name": "initiative"},
    ):
        assert push(world, pushed(world, result=[{**turn, **changed}])).status == 409, changed
    assert predictions(world) == []


@inside
def test_what_is_not_of_the_right_shape_is_refused_with_the_field(world: World) -> None:
    (turn,) = turns(("kind", 1.0, 2.0))
    wrong: list[tuple[Any, str]] = [
        ("{", ""),
        (b"\xff\xfe", ""),
        ([], ""),
        ({}, "task"),
        (pushed(world, task="1"), "task"),
        (pushed(world, task=-1), "task"),
        (pushed(world, model_version=""), "model_version"),
        (pushed(world, score=1.5), "score"),
        (pushed(world, result=[{**turn, "type": "choices"}]), "type"),
        (pushed(world, result=[{**turn, "value": {**turn["value"], "end": 0.5}}]), "value"),
        (pushed(world, result=[{**turn, "value": {**turn["value"], "start": -1}}]), "start"),
        (pushed(world, result=[{**turn, "value": {**turn["value"], "labels": []}}]), "labels"),
        (json.dumps(pushed(world)).replace("2.5", "NaN"), ""),
        (json.dumps(pushed(world)).replace("2.5", "1e999"), ""),
    ]
    for body, field in wrong:
        answer = push(world, body)
        assert answer.status == 422, (body, answer.text)
        assert field in answer.json["detail"]
    assert predictions(world) == []


@inside
def test_what_is_too_large_is_refused_before_it_is_read(world: World) -> None:
    assert push(world, " " * (8 * 1024**2 + 1)).status == 413


@inside
def test_fields_that_are_not_known_are_left_out(world: World) -> None:
    (turn,) = turns(("kind", 1.0, 2.0))
    remark = {"text": ["twee stemmen tegelijk"]}
    push(world, pushed(world, result=[{**turn, "meta": remark, "script": "<script>", "origin": "manual"}]))
    (stored,) = predictions(world)
    assert stored.result == [{**turn, "meta": remark}]


@inside
def test_a_push_is_recorded_as_done_by_the_machine_and_a_refusal_is_not_a_way_to_the_login(world: World) -> None:
    from django.conf import settings

    push(world, pushed(world))
    last = json.loads((settings.VIB.data / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["what"], last["role"], last["allowed"]) == ("POST vib/turns/results", "service", True)
    assert push(world, pushed(world), "x").headers["WWW-Authenticate"] == "Bearer"
