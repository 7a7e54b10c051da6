"""Codes that people submit are handed on to the ML backend, and never in the way of saving them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import SECRET, backend, turns


def commit() -> None:
    """Do what is to be done after the database has it; a test itself is undone."""
    from django.db import connection

    hooks, connection.run_on_commit = connection.run_on_commit, []
    for _, hook, _ in hooks:
        hook()


def told_by(world: World, who: str, method: str, address: str, body: Any) -> tuple[Any, Any]:
    """Return how a request was answered, and what the backend was told of it."""
    commit_nothing()
    with backend() as told:
        answer = world.ask(who, method, address, body)
        assert told.told == []
        commit()
        found = told.wait_for(1)
        assert len(found) == 1
    return answer, found[0]


def commit_nothing() -> None:
    from django.db import connection

    connection.run_on_commit = []


@pytest.mark.waits
@inside
def test_what_is_submitted_is_handed_on_with_the_secret_after_it_was_saved(world: World) -> None:
    result = turns(("kind", 1.0, 2.0))
    answer, (path, authorization, body) = told_by(
        world, "begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": result}
    )
    assert answer.status == 201
    assert (path, authorization) == ("/webhook", f"Bearer {SECRET}")
    assert abs(body.pop("at") - time.time()) < 600
    assert body == {
        "action": "ANNOTATION_CREATED",
        "project": world.project("eigen"),
        "task": {"id": world.task("bad"), "data": world.made.tasks["bad"].data},
        "annotation": {
            "id": answer.json["id"],
            "result": result,
            "family": "F-EIGEN",
        },
    }


@inside
def test_what_is_changed_and_what_is_taken_back_is_handed_on_too(world: World) -> None:
    address = f"/api/annotations/{world.code('begeleider', 'ontbijt')}/"
    _, (_, _, changed) = told_by(world, "begeleider", "PATCH", address, {"result": turns(("kind", 3.0, 4.0))})
    assert changed["action"] == "ANNOTATION_UPDATED"
    assert changed["annotation"]["result"][0]["value"]["start"] == 3.0
    _, (_, _, gone) = told_by(world, "begeleider", "DELETE", address, {})
    assert (gone["action"], gone["annotation"]["result"]) == ("ANNOTATIONS_DELETED", [])
    assert gone["annotation"]["id"] == world.code("begeleider", "ontbijt")


@inside
def test_what_was_skipped_holds_nothing_to_learn_from(world: World) -> None:
    address = f"/api/tasks/{world.task('bad')}/annotations/"
    _, (_, _, body) = told_by(
        world, "begeleider", "POST", address, {"result": turns(("kind", 1, 2)), "was_cancelled": True}
    )
    assert (body["action"], body["annotation"]["result"]) == ("ANNOTATIONS_DELETED", [])


@inside
def test_codes_that_go_with_their_task_are_told_to_be_gone(world: World) -> None:
    from tasks.models import Task

    commit_nothing()
    number = world.code("begeleider", "ontbijt")
    with backend() as told:
        Task.objects.get(pk=world.task("ontbijt")).delete()
        commit()
        bodies = [body for _, _, body in told.wait_for(2)]
    assert {body["action"] for body in bodies} == {"ANNOTATIONS_DELETED"}
    assert number in {body["annotation"]["id"] for body in bodies}


@inside
def test_codes_of_a_project_that_sync_did_not_make_stay_here(world: World) -> None:
    from projects.models import Project

    from plugins.proposals.outbox import outbox

    Project.objects.filter(pk=world.project("eigen")).update(description="eigen onderzoek")
    commit_nothing()
    with backend() as told:
        world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": []})
        commit()
        # What is handed on waits in the outbox until the backend was told.
        assert len(outbox) == 0
        assert told.told == []


@inside
def test_saving_goes_on_when_there_is_no_backend(world: World) -> None:
    commit_nothing()
    answer = world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": []})
    commit()
    assert answer.status == 201


@inside
def test_of_codes_that_were_taken_back_before_the_backend_had_them_only_that_is_told(world: World) -> None:
    from django.conf import settings
    from django.test import override_settings

    from plugins.proposals.outbox import outbox

    commit_nothing()
    address = f"/api/annotations/{world.code('begeleider', 'ontbijt')}/"
    with override_settings(VIB=settings.VIB.model_copy(update={"ml_url": "http://127.0.0.1:9"})):
        with outbox._open() as database:
            database.execute("DELETE FROM message")
        world.ask("begeleider", "PATCH", address, {"result": turns(("kind", 3.0, 4.0))})
        commit()
        world.ask("begeleider", "DELETE", address, {})
        commit()
        with outbox._open() as database:
            waiting = [json.loads(body)["action"] for (body,) in database.execute("SELECT body FROM message")]
    assert waiting == ["ANNOTATIONS_DELETED"]


@inside
def test_codes_that_another_request_deleted_meanwhile_are_told_to_be_gone_and_nothing_overtakes_that(
    world: World,
) -> None:
    from tasks.models import Annotation

    from plugins.proposals.corrections import CREATED, hand_on

    number = world.code("begeleider", "ontbijt")
    made = Annotation.objects.get(pk=number)
    commit_nothing()
    with backend() as told:
        Annotation.objects.get(pk=number).delete()
        # The request that made them comes to this only now.
        hand_on(CREATED, made, number)
        ((_, _, first),) = told.wait_for(1)
        commit()
        bodies = [first, *(body for _, _, body in told.wait_for(2)[1:])]
    assert {(body["action"], body["annotation"]["id"]) for body in bodies} == {("ANNOTATIONS_DELETED", number)}
    assert bodies[0]["at"] < bodies[1]["at"]


@inside
def test_codes_that_go_with_their_project_are_told_to_be_gone_and_so_is_what_is_taken_back_later(world: World) -> None:
    from django.db.models.signals import post_delete

    # A server that has just started has not looked up yet who listens.
    post_delete.sender_receivers_cache.clear()
    _, (_, _, gone) = told_by(world, "dienst", "DELETE", f"/api/projects/{world.project('ander')}/", {})
    assert (gone["action"], gone["annotation"]["id"]) == ("ANNOTATIONS_DELETED", world.code("vreemd", "geheim"))
    address = f"/api/annotations/{world.code('begeleider', 'ontbijt')}/"
    _, (_, _, gone) = told_by(world, "begeleider", "DELETE", address, {})
    assert gone["action"] == "ANNOTATIONS_DELETED"
