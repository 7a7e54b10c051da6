"""Before a submit the page is told which rules a coding breaks, and at which turn."""

from __future__ import annotations

from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.coding.test_coding_log import Page, turn
from vib.methods import read_method
from vib.rules import TOO_YOUNG

BOOK = read_method("vib-pleegzorg")


def initiative(name: str, start: float = 1.0) -> dict[str, Any]:
    value = {**turn(name, start)["value"], "choices": ["BC.INI.C.CONTACT"]}
    del value["labels"]
    return {**turn(name, start), "from_name": "initiative", "type": "choices", "value": value}


def ruled(world: World) -> None:
    from projects.models import Project
    from tasks.models import Task

    found = Project.objects.get(pk=Task.objects.get(pk=world.task("toren")).project_id)
    found.description += f", version: {BOOK.version}"
    found.save()


@inside
def test_each_broken_rule_is_told_with_its_turn_and_whether_it_blocks(world: World) -> None:
    ruled(world)
    answer = Page(world).post("check", results=[turn("a"), initiative("a"), turn("b", 3.0)])
    assert answer.status == 200, answer.text
    first = answer.json["broken"][0]
    assert first == {
        "rule": "R1",
        "words": "This initiative has no reception or effect yet.",
        "blocks": True,
        "start": 1.0,
        "turn": "a",
    }
    assert {(one["turn"], one["blocks"]) for one in answer.json["broken"][1:]} == {("b", False)}


@inside
def test_of_two_turns_at_one_place_it_is_the_one_at_which_is_asked(world: World) -> None:
    ruled(world)
    adult = turn("z")
    adult["value"]["labels"] = ["volwassene"]
    found = Page(world).post("check", results=[adult, turn("a"), initiative("a")]).json["broken"]
    assert [one["turn"] for one in found if one["blocks"]] == ["a"]


@inside
def test_what_is_for_an_older_child_is_pointed_out_where_the_age_in_the_clip_is_known_and_never_kept_back(
    world: World,
) -> None:
    from tasks.models import Task

    ruled(world)
    task = Task.objects.get(pk=world.task("toren"))
    rated = {"id": "r", "from_name": "BS.5", "to_name": "audio", "type": "choices", "value": {"choices": ["3"]}}
    for months, told in ((46, True), (60, False), (None, False)):
        task.data = {**task.data, "age_months": months}
        task.save()
        broken = Page(world).post("check", results=[rated]).json["broken"]
        young = [one for one in broken if one["rule"] == TOO_YOUNG]
        assert [one["blocks"] for one in young] == [False] * told, months
        assert all("is asked from 5 years on; the child is 3 years and 10 months here" in one["words"] for one in young)


@inside
def test_a_project_without_rules_breaks_none_and_nothing_is_kept(world: World) -> None:
    page = Page(world)
    assert page.post("check", results=[turn("a"), initiative("a")]).json == {"broken": []}
    assert page.read().json["start"] is None


@inside
def test_what_is_no_coding_is_refused_and_others_tasks_are_not_there(world: World) -> None:
    page = Page(world)
    assert page.post("check", results=[{"id": "a"}]).status == 400
    assert page.post("check").status == 400
    assert Page(world, task="ontbijt").post("check", results=[]).status == 404
