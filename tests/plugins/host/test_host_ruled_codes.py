"""Codes that break a rule that blocks are refused on every road, and what was stored before stays."""

from __future__ import annotations

import json
from typing import Any

from tests.plugins.access.inside import Answer, World, inside
from vib.methods import read_method

BOOK = read_method("vib-pleegzorg")
NOW = {"method": BOOK.method, "version": BOOK.version}
DATA = {"audio": "/a.m4a", "video": "/a.mp4", "duration": 90.0, "clip": "F-EIGEN/gebracht", "who": []}
REFUSED = {
    "place": "result",
    "nl": "00:01.500 Dit initiatief heeft nog geen ontvangst of vervolg.",
    "en": "00:01.500 This initiative has no reception or effect yet.",
}


def turn(*answers: str, start: float = 1.5) -> list[dict[str, Any]]:
    """Return a turn of a child; answers are written as ``initiative=BC.INI.C.CONTACT``."""
    place = {"start": start, "end": start + 1, "channel": 0}
    one = {"id": f"t{start}", "to_name": "audio"}
    found = [{**one, "from_name": "turn", "type": "labels", "value": {**place, "labels": ["kind"]}}]
    for answer in answers:
        name, code = answer.split("=")
        found.append({**one, "from_name": name, "type": "choices", "value": {**place, "choices": [code]}})
    return found


CONTACT = "initiative=BC.INI.C.CONTACT"
WHOLE = turn(CONTACT, "reception=BC.REC.NV", "effect=BC.EFF.CONTINUE")
LACKING = turn(CONTACT)


def ruled(world: World, version: str = BOOK.version, level: str = "") -> None:
    """Have a project say with which version of the codebook, and at which level, is coded."""
    from projects.models import Project

    found = Project.objects.get(pk=world.project("eigen"))
    found.description += f", version: {version}" + (f", level: {level}" if level else "")
    found.save()


def submit(world: World, results: list[dict[str, Any]], **more: Any) -> Answer:
    return world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/annotations/", {"result": results, **more})


@inside
def test_a_submit_that_breaks_a_rule_is_refused_with_words_and_place_in_both_languages(world: World) -> None:
    ruled(world)
    refused = submit(world, LACKING)
    assert (refused.status, refused.json["validation_errors"]) == (400, REFUSED)
    kept = submit(world, WHOLE)
    assert kept.status == 201, kept.text
    changed = world.ask("begeleider", "PATCH", f"/api/annotations/{kept.json['id']}/", {"result": LACKING})
    assert (changed.status, changed.json["validation_errors"]) == (400, REFUSED)


@inside
def test_what_is_only_pointed_out_and_what_is_skipped_is_kept(world: World) -> None:
    ruled(world)
    assert submit(world, turn()).status == 201
    assert submit(world, LACKING, was_cancelled=True).status == 201


@inside
def test_a_level_is_checked_by_the_rules_of_what_it_asks(world: World) -> None:
    wrong = turn("initiative=BC.INI.C.ANSWER", "understanding=BC.UND.FIT")
    ruled(world, level="full")
    assert submit(world, wrong).status == 400


@inside
def test_a_level_that_does_not_ask_something_has_no_rules_about_it(world: World) -> None:
    wrong = turn("initiative=BC.INI.C.ANSWER", "understanding=BC.UND.FIT")
    ruled(world, level="start")
    assert submit(world, wrong).status == 201


@inside
def test_codes_of_another_version_have_no_rules_here(world: World) -> None:
    ruled(world, version="0.0.1")
    assert submit(world, LACKING).status == 201


@inside
def test_codes_that_were_stored_before_stay_and_may_have_their_time_changed(world: World) -> None:
    stored = submit(world, LACKING).json["id"]
    ruled(world)
    address = f"/api/annotations/{stored}/"
    assert world.ask("begeleider", "PATCH", address, {"lead_time": 12.5}).status == 200
    assert world.ask("begeleider", "GET", address).json["result"] == LACKING


@inside
def test_a_draft_may_break_every_rule(world: World) -> None:
    ruled(world)
    draft = world.ask("begeleider", "POST", f"/api/tasks/{world.task('bad')}/drafts", {"result": LACKING})
    assert draft.status == 201, draft.text


@inside
def test_what_is_brought_is_checked_by_what_it_says_it_was_made_with(world: World) -> None:
    address = f"/api/projects/{world.project('eigen')}/import"

    def bring(**code: Any) -> Answer:
        return world.ask("dienst", "POST", address, [{"data": DATA, "annotations": [{"result": LACKING, **code}]}])

    # The project is of before rules; what says that it is of now has them.
    assert bring().status == 201
    refused = bring(made_with=NOW)
    assert refused.status == 400
    assert "[0].annotations[0].result" in json.dumps(refused.json)
    ruled(world)
    assert bring().status == 400
    old = bring(made_with={**NOW, "version": "0.1.0"})
    assert old.status == 201, old.text
    assert bring(was_cancelled=True).status == 201


@inside
def test_of_many_the_first_are_told_and_the_rest_is_counted(world: World) -> None:
    ruled(world)
    many = [one for place in range(7) for one in turn(CONTACT, start=0.5 + place)]
    said = submit(world, many).json["validation_errors"]["nl"]
    assert said.count("Dit initiatief") == 5
    assert said.endswith(" (en nog 2)")
