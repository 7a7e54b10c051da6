"""Codes that people submit are handed on to the ML backend, and never in the way of saving them."""

from __future__ import annotations

import time
from typing import Any

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


@inside
def test_what_is_submitted_is_handed_on_with_the_secret_after_it_was_saved(world: World) -> None:
    result = turns(("kind", 1.0, 2.0))
    answer, (path, authorization, body) = told_by(
        world, "begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": result}
    )
    assert answer.status == 201
    assert (path, authorization) == ("/webhook", f"Bearer {SECRET}")
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

    Project.objects.filter(pk=world.project("eigen")).update(description="eigen onderzoek")
    commit_nothing()
    with backend() as told:
        world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": []})
        commit()
        time.sleep(0.3)
        assert told.told == []


@inside
def test_saving_goes_on_when_there_is_no_backend(world: World) -> None:
    commit_nothing()
    answer = world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": []})
    commit()
    assert answer.status == 201


@inside
def test_a_message_that_was_not_taken_is_tried_again_and_given_up_in_the_end(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox(delays=(0.05, 0.05))
    with backend() as told:
        told.status = 503
        assert outbox.send("/again", {"n": 1})
        told.wait_for(3, path="/again")
        time.sleep(0.3)
        assert len(outbox) == 0
        told.status = 200
        outbox.send("/again", {"n": 2})
        assert [body["n"] for _, _, body in told.wait_for(4, path="/again")] == [1, 1, 1, 2]


@inside
def test_a_message_that_is_refused_is_not_tried_again(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox(delays=(0.02, 0.02))
    with backend() as told:
        for count, status in enumerate((400, 401, 404, 501), start=1):
            told.status = status
            outbox.send("/refused", {})
            told.wait_for(count, path="/refused")
        time.sleep(0.2)
        assert len(told.wait_for(4, path="/refused")) == 4


def emptied(outbox: Any, left: int) -> None:
    """Wait until so many messages are left."""
    end = time.monotonic() + 30
    while len(outbox) != left:
        assert time.monotonic() < end, len(outbox)
        time.sleep(0.02)


@inside
def test_what_is_newer_about_an_annotation_is_sent_in_place_of_what_was_not_taken(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox(delays=(60.0,))
    with backend() as told:
        told.once = [503, 503]
        outbox.send("/about", {"n": "created"}, about=7)
        outbox.send("/about", {"n": "other"}, about=8)
        told.wait_for(2, path="/about")
        outbox.send("/about", {"n": "deleted"}, about=7, urgent=True)
        assert [body["n"] for _, _, body in told.wait_for(3, path="/about")] == ["created", "other", "deleted"]
        emptied(outbox, 1)
        assert [message.about for message in outbox._waiting] == [8]


@inside
def test_what_is_being_sent_in_vain_gives_way_to_what_is_newer(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox(delays=(60.0,))
    with backend() as told:
        told.once = [503]
        told.going.clear()
        outbox.send("/about", {"n": "created"}, about=7)
        told.wait_for(1, path="/about")
        outbox.send("/about", {"n": "deleted"}, about=7, urgent=True)
        told.going.set()
        assert [body["n"] for _, _, body in told.wait_for(2, path="/about")] == ["created", "deleted"]
        emptied(outbox, 0)


@inside
def test_what_is_urgent_goes_before_what_waits(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox()
    with backend() as told:
        told.going.clear()
        for number in (1, 2, 3):
            outbox.send("/about", {"n": number}, about=number)
        told.wait_for(1, path="/about")
        outbox.send("/about", {"n": 4}, about=4, urgent=True)
        told.going.set()
        assert [body["n"] for _, _, body in told.wait_for(4, path="/about")] == [1, 4, 2, 3]


@inside
def test_the_outbox_holds_so_much_and_no_more_except_what_is_urgent(world: World) -> None:
    from plugins.proposals.outbox import Outbox

    outbox = Outbox(delays=(60.0,), most=3)
    assert [outbox.send("/webhook", {"n": n}, about=n) for n in range(10)] == [True] * 3 + [False] * 7
    assert outbox.send("/webhook", {"n": 2, "newer": True}, about=2)
    assert outbox.send("/webhook", {"n": 11}, about=11, urgent=True)
    assert len(outbox) == 4
