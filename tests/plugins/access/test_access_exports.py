"""What Label Studio's own export leaves out: codes that the method keeps for the team."""

from __future__ import annotations

from typing import Any

from tests.plugins.access.inside import World, inside
from vib.for_whom import sensitive_in
from vib.interface import ratings_of, render_interface, results_of, timeline_of
from vib.methods import read_method
from vib.observation import Observation, Timeline

METHOD, TEAM_ONLY, RATING = "bezoekregeling", "BZ.NO.PROMISE", "BZ.R.WARM"
DURATION = 9.0


def coded(world: World) -> Any:
    """Have somebody code a clip with a method of which not everything leaves the team."""
    from tasks.models import Annotation

    book, project = read_method(METHOD), world.made.projects["eigen"]
    project.description = f"VIB Studio, family:F-EIGEN, method: {METHOD}, version: {book.version}"
    project.label_config = render_interface(book, "nl")
    project.save()
    said = {"elements": ("BC.1.NAME", TEAM_ONLY), "evidence": (f"EV.{RATING}",)}
    timeline = Timeline(DURATION, [Observation("turn", "volwassene", 1, 3, said)])
    results = results_of(timeline, book, {RATING: 4})
    Annotation.objects.filter(task=world.made.tasks["bad"]).delete()
    return Annotation.objects.create(
        task=world.made.tasks["bad"], project=project, completed_by=world.made.users["collega"], result=results
    )


def exported(world: World, who: str, kind: str = "JSON") -> Any:
    asked = f"/api/projects/{world.project('eigen')}/export?exportType={kind}"
    return world.ask(who, "GET", asked)


@inside
def test_codes_that_are_for_the_team_only_are_not_in_the_file_of_anybody_but_the_machine(world: World) -> None:
    annotation = coded(world)
    assert {TEAM_ONLY, RATING, f"EV.{RATING}"} <= sensitive_in(read_method(METHOD))
    by_machine = {task["id"]: task for task in exported(world, "dienst").json}[world.task("bad")]
    assert by_machine["annotations"][0]["result"] == annotation.result
    for kind in ("JSON", "JSON_MIN", "CSV"):
        text = exported(world, "collega", kind).text
        assert "BC.1.NAME" in text, kind
        assert not [name for name in sensitive_in(read_method(METHOD)) if name in text], kind
    (task,) = [task for task in exported(world, "collega").json if task["id"] == world.task("bad")]
    (made,) = task["annotations"]
    assert made["left_out"] == "team_only"
    left = Timeline(DURATION, [Observation("turn", "volwassene", 1, 3, {"elements": ("BC.1.NAME",)})])
    assert timeline_of(made["result"], DURATION) == left
    assert ratings_of(made["result"]) == {}


@inside
def test_of_a_method_that_is_not_there_nobody_exports_what_may_be_for_the_team_only(world: World) -> None:
    coded(world)
    project = world.made.projects["eigen"]
    project.description = "VIB Studio, family:F-EIGEN, method: weg, version: 1.0.0"
    project.save()
    answer = exported(world, "collega")
    assert answer.status == 400
    assert "this method is not installed" in answer.text
