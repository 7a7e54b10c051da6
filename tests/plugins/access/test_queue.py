"""Which clip comes next, and which number codes get, tells nothing about what others do."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Any

from tests.plugins.access.inside import World, inside


def hand_out_more(world: World) -> list[int]:
    """Put three more clips in the round of anna and bram; return the order of all that anna still has to code."""
    from tasks.models import Task

    from plugins.access.models import HandedOut, Round

    project, held = world.made.projects["oefenset"], Round.objects.get(name="ronde")
    made = [Task.objects.create(project=project, data={"clip": f"F-OEFEN/{name}"}) for name in ("a", "b", "c")]
    for task in made:
        HandedOut.objects.create(round=held, task=task, clip=task.data["clip"])
    return [task.pk for task in made]


def come_next(world: World, who: str, skip: bool = False) -> Any:
    """Return the next clip of somebody, in both ways to ask, and code it."""
    project = world.project("oefenset")
    first = world.ask(who, "GET", f"/api/projects/{project}/next/")
    other = world.ask(who, "POST", f"/api/dm/actions/?id=next_task&project={project}", {})
    if first.status == 404:
        assert other.status == 404
        return None
    assert (first.json["id"], first.json["queue"]) == (other.json["id"], "")
    task = first.json["id"]
    address = f"/api/tasks/{task}/annotations/{'?was_cancelled=1' if skip else ''}"
    assert world.ask(who, "POST", address, {"result": []}).status == 201
    return task


@inside
def test_the_order_of_clips_is_the_same_whatever_another_does(world: World) -> None:
    from django.db import transaction

    tasks = hand_out_more(world)
    for order in permutations(tasks):
        with transaction.atomic():
            found = []
            for busy_with in order:
                # Somebody else is ahead, saves a draft, and skips.
                world.ask("bram", "POST", f"/api/tasks/{busy_with}/annotations/", {"result": []})
                world.ask("bram", "POST", f"/api/tasks/{busy_with}/drafts", {"result": []})
                found.append(come_next(world, "anna"))
            assert found == tasks
            assert come_next(world, "anna") is None
            transaction.set_rollback(True)


@inside
def test_what_was_skipped_comes_back_at_the_end(world: World) -> None:
    tasks = hand_out_more(world)
    assert [come_next(world, "anna", skip=task == tasks[0]) for task in tasks] == tasks
    assert come_next(world, "anna") == tasks[0]


@inside
def test_what_was_put_off_comes_after_what_was_not(world: World) -> None:
    tasks = hand_out_more(world)
    postponed = {"result": [], "was_postponed": True}
    assert world.ask("anna", "POST", f"/api/tasks/{tasks[0]}/drafts", postponed).status == 201
    assert [come_next(world, "anna") for _ in tasks] == [*tasks[1:], tasks[0]]


@inside
def test_a_clip_that_comes_next_is_locked_for_nobody(world: World) -> None:
    from tasks.models import TaskLock

    tasks = hand_out_more(world)
    address = f"/api/projects/{world.project('oefenset')}/next/"
    assert [world.ask(who, "GET", address).json["id"] for who in ("anna", "bram", "anna")] == [tasks[0]] * 3
    assert TaskLock.objects.count() == 0


@inside
def test_numbers_of_codes_and_drafts_are_drawn_and_not_counted(world: World) -> None:
    from plugins.access.apps import FIRST, LAST

    address, numbers = f"/api/tasks/{world.task('toren')}", []
    for _ in range(10):
        for what in ("annotations/", "drafts"):
            numbers.append(world.ask("anna", "POST", f"{address}/{what}", {"result": []}).json["id"])
    assert all(FIRST <= number < LAST for number in numbers)
    assert len(set(numbers)) == len(numbers)
    steps = [later - sooner for sooner, later in pairwise(numbers)]
    assert any(step < 0 for step in steps)
    assert any(step > 0 for step in steps)
    assert min(map(abs, steps)) > 1


@inside
def test_a_number_that_is_taken_is_not_given_again(world: World) -> None:
    import secrets
    from unittest.mock import patch

    from tasks.models import Annotation

    from plugins.access.apps import FIRST

    taken = world.code("bram", "toren")
    with patch.object(secrets, "randbelow", side_effect=[taken - FIRST, taken - FIRST, 5]):
        made = Annotation.objects.create(
            task=world.made.tasks["toren"], completed_by=world.made.users["anna"], result=[]
        )
    assert made.pk == FIRST + 5
    assert Annotation.objects.filter(pk=taken, completed_by=world.user("bram")).exists()
