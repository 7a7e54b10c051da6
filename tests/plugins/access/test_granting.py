"""Families, roles and rounds are given and taken by the rules of the role table, and all of it is recorded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

ANNA, BRAM, CARLA = "anna@vib.example", "bram@vib.example", "carla@vib.example"
ADMINISTRATOR, SECOND = "beheer@vib.example", "beheer2@vib.example"
SUPERVISOR, OTHER_SUPERVISOR = "opleider@vib.example", "opleider2@vib.example"
COUNSELLOR, NEW, SERVICE = "begeleider@vib.example", "nieuw@vib.example", "dienst@vib.example"
TOWER, PUZZLE, OPENED = "F-OEFEN/toren", "F-OEFEN2/puzzel", "F-OEFEN3/open"

Answer = dict[str, Any]


class Desk:
    """The other process, to which one says what to do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, do: str, *given: object, **more: object) -> Answer:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, "with": given, "and": more}) + "\n")
        self.process.stdin.flush()
        answer: Answer = json.loads(self.process.stdout.readline())
        return answer

    def do(self, what: str, *given: object, **more: object) -> list[tuple[str, bool]]:
        """Do something that can be done; return what was said, and whether anything changed."""
        answer = self.ask(what, *given, **more)
        assert "done" in answer, answer
        return [(text, changed) for text, changed in answer["done"]]

    def refused(self, what: str, *given: object, **more: object) -> str:
        """Ask for what cannot be done; return why not. Nothing is recorded of it."""
        answer = self.ask(what, *given, **more)
        assert answer["events"] == []
        assert answer["dutch"] != answer["problem"]
        return str(answer["problem"])

    def events(self, what: str, *given: object, **more: object) -> list[tuple[str, str, list[str]]]:
        """Do something; return what was recorded: what, of which object, of which families."""
        answer = self.ask(what, *given, **more)
        assert all(e["who"] == "console:test" and e["allowed"] for e in answer["events"])
        return [(event["what"], event["which"], event["families"]) for event in answer["events"]]

    def see(self, what: str, *given: object) -> Any:
        return self.ask(what, *given)["is"]


@pytest.fixture(scope="module")
def running(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data = shutil.copytree(template, tmp_path_factory.mktemp("desk") / "data")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.plugins.access.desk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VIB_DATA": str(data)},
    )
    assert process.stdout is not None
    assert "ready" in (line.strip() for line in iter(process.stdout.readline, ""))
    yield Desk(process)
    process.communicate()


@pytest.fixture
def desk(running: Desk) -> Iterator[Desk]:
    yield running
    running.ask("forget")


# Families


def test_granting_gives_a_family_and_granting_again_changes_nothing_and_says_so(desk: Desk) -> None:
    assert desk.events("grant", COUNSELLOR, ["F-ANDER"]) == [("access grant", f"account {COUNSELLOR}", ["F-ANDER"])]
    assert desk.do("grant", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} had family F-ANDER already", False)]
    assert desk.events("grant", COUNSELLOR, ["F-ANDER"]) == []
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-ANDER", "F-EIGEN"]


def test_an_address_is_found_however_its_letters_are_written(desk: Desk) -> None:
    assert desk.do("grant", "Begeleider@VIB.example", ["F-ANDER"]) == [(f"{COUNSELLOR} now has family F-ANDER", True)]


@pytest.mark.parametrize("email", [ANNA, CARLA, NEW, SERVICE])
def test_a_family_is_not_given_to_a_role_that_has_none(desk: Desk, email: str) -> None:
    assert email in desk.refused("grant", email, ["F-ANDER"])
    assert "F-ANDER" not in desk.see("state", email)["families"]


def test_of_several_families_all_are_given_or_none(desk: Desk) -> None:
    assert "F-EIGEN" in desk.refused("grant", COUNSELLOR, ["F-ANDER", "F-EIGN"])
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN"]


def test_a_typing_error_is_answered_with_what_was_perhaps_meant(desk: Desk) -> None:
    assert COUNSELLOR in desk.refused("grant", "begleider@vib.example", ["F-EIGEN"])
    assert "trainee" in desk.refused("set_role", ANNA, "trainer")
    assert "oefenset" in desk.refused("make_round", "nieuwe", "ofenset")
    assert TOWER in desk.refused("hand_out", "ronde", ["F-OEFEN/torren"])
    assert "ronde" in desk.refused("open_round", "rond")


def test_revoking_takes_away_one_family_or_all_and_says_when_there_was_none(desk: Desk) -> None:
    desk.do("grant", COUNSELLOR, ["F-ANDER"])
    assert desk.do("revoke", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} no longer has family F-ANDER", True)]
    assert desk.do("revoke", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} did not have family F-ANDER", False)]
    assert desk.events("revoke", COUNSELLOR, None) == [("access revoke", f"account {COUNSELLOR}", ["F-EIGEN"])]
    assert desk.do("revoke", COUNSELLOR, None) == [(f"{COUNSELLOR} had no families", False)]


def test_what_cannot_be_recorded_is_not_done(desk: Desk) -> None:
    desk.ask("break log")
    assert desk.ask("grant", COUNSELLOR, ["F-ANDER"])["error"] == "the log is full"
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN"]


# Roles and leaving


def test_a_role_takes_the_place_of_the_one_before_and_takes_what_does_not_go_with_it(desk: Desk) -> None:
    desk.do("set_role", COUNSELLOR, "trainee")
    state = desk.see("state", COUNSELLOR)
    assert (state["groups"], state["families"]) == (["trainee"], [])


def test_what_somebody_coded_stays_in_its_rounds_when_they_get_another_role(desk: Desk) -> None:
    desk.do("set_role", ANNA, "supervisor")
    state = desk.see("state", ANNA)
    assert (state["groups"], state["rounds"], state["codes"]) == (["supervisor"], ["open ronde", "ronde"], 2)
    assert ANNA not in {email for email, *_ in desk.see("who can see", "F-OEFEN")}


def test_only_administrators_reach_the_administration_pages(desk: Desk) -> None:
    desk.do("set_role", SUPERVISOR, "beheerder")
    state = desk.see("state", SUPERVISOR)
    assert (state["groups"], state["staff"], state["superuser"]) == (["administrator"], True, True)
    assert desk.events("set_role", SUPERVISOR, "supervisor") == [
        ("access role", f"account {SUPERVISOR}: administrator -> supervisor", [])
    ]
    state = desk.see("state", SUPERVISOR)
    assert (state["staff"], state["superuser"]) == (False, False)


@pytest.mark.parametrize("way", [("set_role", "trainee"), ("leave",)])
def test_the_last_administrator_cannot_be_taken_away(desk: Desk, way: tuple[str, ...]) -> None:
    desk.do(way[0], SECOND, *way[1:])
    assert "last administrator" in desk.refused(way[0], ADMINISTRATOR, *way[1:])
    assert desk.see("state", ADMINISTRATOR)["superuser"]


def test_nothing_changes_about_the_machines_own_account(desk: Desk) -> None:
    for what, *more in (("set_role", "trainee"), ("leave",), ("grant", ["F-EIGEN"])):
        assert "own account" in desk.refused(str(what), SERVICE, *more)


def test_who_leaves_has_nothing_left_but_what_they_coded(desk: Desk) -> None:
    desk.ask("api token", ANNA)
    assert desk.see("state", ANNA)["open tokens"] == 1
    assert desk.events("leave", ANNA)[-1] == ("access leave", f"account {ANNA}", [])
    assert desk.see("state", ANNA) == {
        "groups": [],
        "active": False,
        "staff": False,
        "superuser": False,
        "tokens": 0,
        "open tokens": 0,
        "codes": 2,
        "families": [],
        # Where supervisors go on seeing what was coded.
        "rounds": ["open ronde", "ronde"],
    }
    assert desk.do("leave", ANNA) == [(f"{ANNA} had left already", False)]
    assert "closed" in desk.refused("set_role", ANNA, "trainee")


# Rounds


def test_a_round_is_made_once_and_then_added_to(desk: Desk) -> None:
    assert ("round nieuwe is made, of oefenset", True) in desk.do(
        "make_round", "nieuwe", "oefenset", supervisors=[SUPERVISOR], raters=[CARLA], clips=[TOWER]
    )
    desk.do("make_round", "nieuwe", raters=[CARLA], clips=[TOWER, OPENED])
    made = desk.see("rounds")["nieuwe"]
    assert (made["practice"], made["predictions_shown"], made["opened"]) == ("oefenset", True, None)
    assert (made["supervisors"], made["raters"], made["clips"]) == ([SUPERVISOR], [CARLA], [TOWER, OPENED])
    assert desk.events("make_round", "nieuwe", raters=[CARLA], clips=[TOWER]) == []


def test_the_log_says_which_families_somebody_comes_to_see_by_a_round(desk: Desk) -> None:
    events = desk.events("make_round", "nieuwe", "oefenset", raters=[CARLA], clips=[TOWER])
    assert ("access round", f"round nieuwe, rater {CARLA}", ["F-OEFEN"]) in events


def test_raters_are_those_who_code_what_is_handed_out_and_supervisors_those_who_lead_rounds(desk: Desk) -> None:
    for email in (COUNSELLOR, SUPERVISOR, ADMINISTRATOR, NEW, SERVICE):
        assert email in desk.refused("add_members", "ronde", [email], "rater")
    for email in (COUNSELLOR, CARLA, ADMINISTRATOR, NEW, SERVICE):
        assert email in desk.refused("add_members", "ronde", [email], "supervisor")


def test_a_clip_is_not_handed_out_twice_to_one_rater(desk: Desk) -> None:
    for clip in (TOWER, OPENED):
        said = desk.refused("make_round", "nieuwe", "oefenset", raters=[ANNA], clips=[clip])
        assert ANNA in said
        assert clip in said
    desk.do("add_members", "andere ronde", [BRAM], "rater")
    assert BRAM in desk.refused("hand_out", "andere ronde", [TOWER])
    desk.do("make_round", "nieuwe", "oefenset", clips=[PUZZLE])
    assert CARLA in desk.refused("add_members", "nieuwe", [CARLA], "rater")


def test_nobody_and_nothing_joins_a_round_that_was_opened(desk: Desk) -> None:
    assert "was opened" in desk.refused("add_members", "open ronde", [CARLA], "rater")
    assert "was opened" in desk.refused("hand_out", "open ronde", [PUZZLE])
    desk.do("add_members", "open ronde", [OTHER_SUPERVISOR], "supervisor")


def test_opening_says_how_much_is_submitted_and_closing_that_it_is_no_longer_blind(desk: Desk) -> None:
    said, changed = desk.do("open_round", "andere ronde")[0]
    assert "1 of 1 codings are submitted" in said
    assert changed
    assert desk.do("open_round", "andere ronde") == [("round andere ronde was open already", False)]
    assert desk.see("rounds")["andere ronde"]["opened"]
    assert "no longer blind" in desk.do("close_round", "andere ronde")[0][0]
    assert desk.do("close_round", "andere ronde") == [("round andere ronde was closed already", False)]


def test_all_clips_of_a_practice_set_can_be_handed_out_and_taken_back(desk: Desk) -> None:
    desk.do("make_round", "nieuwe", "oefenset", clips=None)
    assert desk.see("rounds")["nieuwe"]["clips"] == [TOWER, PUZZLE, OPENED]
    desk.do("take_back", "nieuwe", [TOWER])
    assert desk.see("rounds")["nieuwe"]["clips"] == [PUZZLE, OPENED]


def test_a_round_is_of_a_practice_set_only(desk: Desk) -> None:
    for key in ("F-EIGEN", "family:F-EIGEN", "999"):
        assert "no such practice set" in desk.refused("make_round", "nieuwe", key)
    assert "--practice" in desk.refused("make_round", "nieuwe")


def test_predictions_are_shown_or_hidden_as_asked(desk: Desk) -> None:
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    desk.do("make_round", "ronde", clips=[TOWER])
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    desk.do("make_round", "ronde", predictions_shown=True)
    assert desk.see("rounds")["ronde"]["predictions_shown"] is True


# Who can see


def test_who_can_see_a_family_is_who_has_it_and_whose_role_has_families(desk: Desk) -> None:
    found = {email for email, _, _ in desk.see("who can see", "F-EIGEN")}
    assert found == {ADMINISTRATOR, COUNSELLOR, "collega@vib.example", SUPERVISOR}


def test_who_can_see_a_family_names_the_round_that_shows_it(desk: Desk) -> None:
    by_round = [why for email, _, why in desk.see("who can see", "F-OEFEN") if email == ANNA]
    assert by_round == [f"rater in round ronde: {TOWER}"]


# A file of many


PLAN = {
    "roles": {NEW: "counsellor"},
    "families": {NEW: ["F-EIGEN", "F-ANDER"]},
    "rounds": [
        {"name": "nieuwe", "practice": "oefenset", "raters": [CARLA], "clips": [TOWER], "predictions": "hidden"}
    ],
}


def test_a_file_gives_roles_families_and_rounds_and_a_second_time_changes_nothing(desk: Desk) -> None:
    desk.do("apply", PLAN)
    assert sorted(desk.see("state", NEW)["families"]) == ["F-ANDER", "F-EIGEN"]
    assert desk.see("rounds")["nieuwe"]["predictions_shown"] is False
    assert all(not changed for _, changed in desk.do("apply", PLAN))
    assert desk.events("apply", PLAN) == []


def test_a_file_only_ever_adds(desk: Desk) -> None:
    desk.do("grant", COUNSELLOR, ["F-ANDER"])
    plan = {"families": {COUNSELLOR: ["F-EIGEN"]}, "rounds": [{"name": "ronde", "practice": "oefenset"}]}
    desk.do("apply", plan)
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-ANDER", "F-EIGEN"]
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    assert "has the role trainee already" in desk.refused("apply", {"roles": {ANNA: "supervisor"}})


def test_of_a_file_with_an_error_nothing_is_done(desk: Desk) -> None:
    desk.refused("apply", {**PLAN, "rounds": [{"name": "nieuwe", "practice": "geen"}]})
    assert desk.see("state", NEW)["groups"] == []
