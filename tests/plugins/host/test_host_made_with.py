"""With which codebook codes were made is kept as they are submitted, on every road, and said in exports."""

from __future__ import annotations

import json
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import turns

OLD = {"method": "vib-pleegzorg", "version": "0.1.0"}
NEW = {"method": "vib-pleegzorg", "version": "9.0.0", "level": "begin"}
DATA = {"audio": "/a.m4a", "video": "/a.mp4", "duration": 9.0, "clip": "F-EIGEN/gebracht", "who": []}
TURN = turns(("kind", 1.0, 2.5))


def upgrade(world: World, name: str) -> None:
    """Have a project say another version and level from now on."""
    from projects.models import Project

    described = Project.objects.get(pk=world.project(name)).description
    said = f"{described}, version: {NEW['version']}, level: {NEW['level']}"
    Project.objects.filter(pk=world.project(name)).update(description=said)


def exported(world: World, project: str) -> dict[int, Any]:
    """Return what an export says of each annotation."""
    address = f"/api/projects/{world.project(project)}/export?exportType=JSON&download_all_tasks=true"
    tasks = world.ask("dienst", "GET", address).json
    return {one["id"]: one["made_with"] for task in tasks for one in task["annotations"]}


@inside
def test_codes_of_before_it_was_kept_are_of_the_version_that_there_was_then(world: World) -> None:
    from plugins.host.models import MadeWith

    MadeWith.objects.all().delete()
    upgrade(world, "eigen")
    found = exported(world, "eigen")
    assert found
    assert set(map(str, found.values())) == {str(OLD)}


@inside
def test_a_submit_is_of_the_version_and_level_of_its_project_at_that_moment(world: World) -> None:
    address = f"/api/tasks/{world.task('bad')}/annotations/"
    first = world.ask("begeleider", "POST", address, {"result": TURN})
    upgrade(world, "eigen")
    second = world.ask("collega", "POST", address, {"result": TURN})
    assert (first.status, second.status) == (201, 201), first.text + second.text
    found = exported(world, "eigen")
    assert (found[first.json["id"]], found[second.json["id"]]) == (OLD, NEW)


@inside
def test_codes_that_are_submitted_again_are_of_now_and_those_that_stay_are_not(world: World) -> None:
    code = world.code("collega", "bad")
    upgrade(world, "eigen")
    kept = world.ask("collega", "PATCH", f"/api/annotations/{code}/", {"lead_time": 12.5})
    assert kept.status == 200, kept.text
    assert exported(world, "eigen")[code] == OLD
    changed = world.ask("collega", "PATCH", f"/api/annotations/{code}/", {"result": TURN})
    assert changed.status == 200, changed.text
    assert exported(world, "eigen")[code] == NEW


@inside
def test_what_is_brought_is_of_what_it_says_or_else_of_its_project(world: World) -> None:
    upgrade(world, "eigen")
    stated = {"method": "vib-pleegzorg", "version": "8.0.0"}
    codes = [{"result": TURN, "made_with": stated}, {"result": TURN}]
    address = f"/api/projects/{world.project('eigen')}/import"
    before = exported(world, "eigen").keys()
    brought = world.ask("dienst", "POST", address, [{"data": DATA, "annotations": codes}])
    assert brought.status == 201, brought.text
    found = exported(world, "eigen")
    assert sorted((found[one] for one in found.keys() - before), key=str) == sorted((stated, NEW), key=str)


@inside
def test_what_is_brought_with_no_version_in_its_place_is_refused_by_name(world: World) -> None:
    address = f"/api/projects/{world.project('eigen')}/import"
    for made_with in ("0.2.0", {"method": "vib-pleegzorg"}, {**OLD, "version": "two"}, {**OLD, "who": "anna"}):
        code = {"result": TURN, "made_with": made_with}
        answer = world.ask("dienst", "POST", address, [{"data": DATA, "annotations": [code]}])
        assert answer.status == 400, answer.text
        assert "[0].annotations[0].made_with" in json.dumps(answer.json)


@inside
def test_codes_of_a_project_that_sync_did_not_make_are_of_no_version(world: World) -> None:
    from projects.models import Project

    Project.objects.filter(pk=world.project("eigen")).update(description="mijn eigen project")
    answer = world.ask("collega", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": TURN})
    assert answer.status == 201, answer.text
    assert exported(world, "eigen")[answer.json["id"]] is None


@inside
def test_an_export_asks_for_all_annotations_at_once(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert len(exported(world, "oefenset")) > 1
    assert sum('FROM "vib_host_madewith"' in one["sql"] for one in asked.captured_queries) == 1
