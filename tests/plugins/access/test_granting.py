"""Families, roles and rounds are given and taken by the rules of the role table, and all of it is recorded."""

from __future__ import annotations

from datetime import date

from tests.plugins.access.desk import Desk, at_desk, make_api_token

ANNA, BRAM, CARLA = "anna@vib.example", "bram@vib.example", "carla@vib.example"
ADMINISTRATOR, SECOND = "beheer@vib.example", "beheer2@vib.example"
SUPERVISOR, OTHER_SUPERVISOR = "opleider@vib.example", "opleider2@vib.example"
COUNSELLOR, NEW, SERVICE = "begeleider@vib.example", "nieuw@vib.example", "dienst@vib.example"
TOWER, PUZZLE, OPENED = "F-OEFEN/toren", "F-OEFEN2/puzzel", "F-OEFEN3/open"

# Families


@at_desk
def test_granting_gives_a_family_and_granting_again_changes_nothing_and_says_so(desk: Desk) -> None:
    assert desk.events("grant", COUNSELLOR, ["F-ANDER"]) == [("access grant", f"account {COUNSELLOR}", ["F-ANDER"])]
    assert desk.do("grant", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} had family F-ANDER already", False)]
    assert desk.events("grant", COUNSELLOR, ["F-ANDER"]) == []
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-ANDER", "F-EIGEN"]


@at_desk
def test_an_address_is_found_however_its_letters_are_written(desk: Desk) -> None:
    assert desk.do("grant", "Begeleider@VIB.example", ["F-ANDER"]) == [(f"{COUNSELLOR} now has family F-ANDER", True)]


@at_desk
def test_a_family_is_not_given_to_a_role_that_has_none(desk: Desk) -> None:
    for email in (ANNA, CARLA, NEW, SERVICE):
        assert email in desk.refused("grant", email, ["F-ANDER"])
        assert "F-ANDER" not in desk.see("state", email)["families"]


@at_desk
def test_of_several_families_all_are_given_or_none(desk: Desk) -> None:
    assert "F-EIGEN" in desk.refused("grant", COUNSELLOR, ["F-ANDER", "F-EIGN"])
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN"]


@at_desk
def test_a_typing_error_is_answered_with_what_was_perhaps_meant(desk: Desk) -> None:
    assert COUNSELLOR in desk.refused("grant", "begleider@vib.example", ["F-EIGEN"])
    assert "trainee" in desk.refused("set_role", ANNA, "trainer")
    assert "oefenset" in desk.refused("make_round", "nieuwe", "ofenset")
    assert TOWER in desk.refused("hand_out", "ronde", ["F-OEFEN/torren"])
    assert "ronde" in desk.refused("open_round", "rond")


@at_desk
def test_revoking_takes_away_one_family_or_all_and_says_when_there_was_none(desk: Desk) -> None:
    desk.do("grant", COUNSELLOR, ["F-ANDER"])
    assert desk.do("revoke", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} no longer has family F-ANDER", True)]
    assert desk.do("revoke", COUNSELLOR, ["F-ANDER"]) == [(f"{COUNSELLOR} did not have family F-ANDER", False)]
    assert desk.events("revoke", COUNSELLOR, None) == [("access revoke", f"account {COUNSELLOR}", ["F-EIGEN"])]
    assert desk.do("revoke", COUNSELLOR, None) == [(f"{COUNSELLOR} had no families", False)]


@at_desk
def test_what_cannot_be_recorded_is_not_done(desk: Desk) -> None:
    desk.log.broken = True
    assert str(desk.ask("grant", COUNSELLOR, ["F-ANDER"]).problem) == "the log is full"
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN"]


# Roles and leaving


@at_desk
def test_a_role_takes_the_place_of_the_one_before_and_takes_what_does_not_go_with_it(desk: Desk) -> None:
    desk.do("set_role", COUNSELLOR, "trainee")
    state = desk.see("state", COUNSELLOR)
    assert (state["groups"], state["families"]) == (["trainee"], [])


@at_desk
def test_what_somebody_coded_stays_in_its_rounds_when_they_get_another_role(desk: Desk) -> None:
    desk.do("set_role", ANNA, "supervisor")
    state = desk.see("state", ANNA)
    assert (state["groups"], state["rounds"], state["codes"]) == (["supervisor"], ["open ronde", "ronde"], 2)
    assert ANNA not in {email for email, *_ in desk.see("who can see", "F-OEFEN")}


@at_desk
def test_only_administrators_reach_the_administration_pages(desk: Desk) -> None:
    desk.do("set_role", SUPERVISOR, "beheerder")
    state = desk.see("state", SUPERVISOR)
    assert (state["groups"], state["staff"], state["superuser"]) == (["administrator"], True, True)
    assert desk.events("set_role", SUPERVISOR, "supervisor") == [
        ("access role", f"account {SUPERVISOR}: administrator -> supervisor", [])
    ]
    state = desk.see("state", SUPERVISOR)
    assert (state["staff"], state["superuser"]) == (False, False)


@at_desk
def test_the_last_administrator_cannot_get_another_role(desk: Desk) -> None:
    desk.do("set_role", SECOND, "trainee")
    assert "last administrator" in desk.refused("set_role", ADMINISTRATOR, "trainee")
    assert desk.see("state", ADMINISTRATOR)["superuser"]


@at_desk
def test_the_last_administrator_cannot_leave(desk: Desk) -> None:
    desk.do("leave", SECOND)
    assert "last administrator" in desk.refused("leave", ADMINISTRATOR)
    assert desk.see("state", ADMINISTRATOR)["superuser"]


@at_desk
def test_an_administrator_whose_account_was_closed_is_not_counted_as_one_who_is_left(desk: Desk) -> None:
    from users.models import User

    User.objects.filter(email=SECOND).update(is_active=False)
    assert "last administrator" in desk.refused("leave", ADMINISTRATOR)


@at_desk
def test_nothing_changes_about_the_machines_own_account(desk: Desk) -> None:
    for what, *more in (("set_role", "trainee"), ("leave",), ("grant", ["F-EIGEN"])):
        assert "own account" in desk.refused(str(what), SERVICE, *more)


@at_desk
def test_who_leaves_has_nothing_left_but_what_they_coded(desk: Desk) -> None:
    make_api_token(ANNA)
    assert desk.see("state", ANNA)["open tokens"] == 1
    assert desk.events("leave", ANNA)[-1] == ("access leave", f"account {ANNA}", [])
    assert desk.see("state", ANNA) == {
        "groups": [],
        "active": False,
        "staff": False,
        "superuser": False,
        "tokens": 0,
        "open tokens": 0,
        "refused tokens": 1,
        "codes": 2,
        "families": [],
        # Where supervisors go on seeing what was coded.
        "rounds": ["open ronde", "ronde"],
    }
    assert desk.do("leave", ANNA) == [(f"{ANNA} had left already", False)]
    assert "closed" in desk.refused("set_role", ANNA, "trainee")


# Rounds


@at_desk
def test_a_round_is_made_once_and_then_added_to(desk: Desk) -> None:
    assert ("round nieuwe is made, of oefenset", True) in desk.do(
        "make_round", "nieuwe", "oefenset", supervisors=[SUPERVISOR], raters=[CARLA], clips=[TOWER]
    )
    desk.do("make_round", "nieuwe", raters=[CARLA], clips=[TOWER, OPENED])
    made = desk.see("rounds")["nieuwe"]
    assert (made["practice"], made["predictions_shown"], made["opened"]) == ("oefenset", True, None)
    assert (made["supervisors"], made["raters"], made["clips"]) == ([SUPERVISOR], [CARLA], [TOWER, OPENED])
    assert desk.events("make_round", "nieuwe", raters=[CARLA], clips=[TOWER]) == []


@at_desk
def test_a_round_has_the_level_of_its_practice_set_and_another_is_refused(desk: Desk) -> None:
    said = desk.refused("make_round", "nieuwe", "oefenset", raters=[CARLA], clips=[TOWER], level="start")
    assert "a round has the level of its practice set (now: -)" in said
    assert "nieuwe" not in desk.see("rounds")
    assert "level: full" in desk.refused("make_round", "ronde", level="full")


@at_desk
def test_the_log_says_which_families_somebody_comes_to_see_by_a_round(desk: Desk) -> None:
    events = desk.events("make_round", "nieuwe", "oefenset", raters=[CARLA], clips=[TOWER])
    assert ("access round", f"round nieuwe, rater {CARLA}", ["F-OEFEN"]) in events


@at_desk
def test_raters_are_those_who_code_what_is_handed_out_and_supervisors_those_who_lead_rounds(desk: Desk) -> None:
    for email in (COUNSELLOR, SUPERVISOR, ADMINISTRATOR, NEW, SERVICE):
        assert email in desk.refused("add_members", "ronde", [email], "rater")
    for email in (COUNSELLOR, CARLA, ADMINISTRATOR, NEW, SERVICE):
        assert email in desk.refused("add_members", "ronde", [email], "supervisor")


@at_desk
def test_a_clip_is_not_handed_out_twice_to_one_rater(desk: Desk) -> None:
    for clip in (TOWER, OPENED):
        said = desk.refused("make_round", "nieuwe", "oefenset", raters=[ANNA], clips=[clip])
        assert ANNA in said
        assert clip in said
    desk.do("add_members", "andere ronde", [BRAM], "rater")
    assert BRAM in desk.refused("hand_out", "andere ronde", [TOWER])
    desk.do("make_round", "nieuwe", "oefenset", clips=[PUZZLE])
    assert CARLA in desk.refused("add_members", "nieuwe", [CARLA], "rater")


@at_desk
def test_nobody_and_nothing_joins_a_round_that_was_opened(desk: Desk) -> None:
    assert "was opened" in desk.refused("add_members", "open ronde", [CARLA], "rater")
    assert "was opened" in desk.refused("hand_out", "open ronde", [PUZZLE])
    desk.do("add_members", "open ronde", [OTHER_SUPERVISOR], "supervisor")


@at_desk
def test_opening_says_how_much_is_submitted_and_closing_that_it_is_no_longer_blind(desk: Desk) -> None:
    said, changed = desk.do("open_round", "andere ronde")[0]
    assert "1 of 1 codings are submitted" in said
    assert changed
    assert desk.do("open_round", "andere ronde") == [("round andere ronde was open already", False)]
    assert desk.see("rounds")["andere ronde"]["opened"]
    assert "no longer blind" in desk.do("close_round", "andere ronde")[0][0]
    assert desk.do("close_round", "andere ronde") == [("round andere ronde was closed already", False)]


@at_desk
def test_a_round_has_a_last_day_that_can_be_taken_back_and_is_recorded(desk: Desk) -> None:
    day = date(2027, 1, 31)
    assert desk.do("set_due", "ronde", day) == [("round ronde is to be coded until 2027-01-31", True)]
    assert desk.events("set_due", "ronde", day) == []
    assert desk.see("rounds")["ronde"]["until"] == "2027-01-31"
    assert ("access round", "round ronde, until no day", ["F-OEFEN"]) in desk.events("set_due", "ronde", None)
    assert desk.see("rounds")["ronde"]["until"] is None
    planned = {"name": "ronde", "practice": "oefenset", "until": "2027-02-01"}
    desk.do("apply", {"rounds": [planned]})
    assert desk.see("rounds")["ronde"]["until"] == "2027-02-01"


@at_desk
def test_all_clips_of_a_practice_set_can_be_handed_out_and_taken_back(desk: Desk) -> None:
    desk.do("make_round", "nieuwe", "oefenset", clips=None)
    assert desk.see("rounds")["nieuwe"]["clips"] == [TOWER, PUZZLE, OPENED]
    desk.do("take_back", "nieuwe", [TOWER])
    assert desk.see("rounds")["nieuwe"]["clips"] == [PUZZLE, OPENED]


@at_desk
def test_a_round_is_of_a_practice_set_only(desk: Desk) -> None:
    for key in ("F-EIGEN", "family:F-EIGEN", "999"):
        assert "no such practice set" in desk.refused("make_round", "nieuwe", key)
    assert "--practice" in desk.refused("make_round", "nieuwe")


@at_desk
def test_predictions_are_shown_or_hidden_as_asked(desk: Desk) -> None:
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    desk.do("make_round", "ronde", clips=[TOWER])
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    desk.do("make_round", "ronde", predictions_shown=True)
    assert desk.see("rounds")["ronde"]["predictions_shown"] is True


# Who can see


@at_desk
def test_who_can_see_a_family_is_who_has_it_and_whose_role_has_families(desk: Desk) -> None:
    found = {email for email, _, _ in desk.see("who can see", "F-EIGEN")}
    assert found == {ADMINISTRATOR, COUNSELLOR, "collega@vib.example", SUPERVISOR}


@at_desk
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


@at_desk
def test_a_file_gives_roles_families_and_rounds_and_a_second_time_changes_nothing(desk: Desk) -> None:
    desk.do("apply", PLAN)
    assert sorted(desk.see("state", NEW)["families"]) == ["F-ANDER", "F-EIGEN"]
    assert desk.see("rounds")["nieuwe"]["predictions_shown"] is False
    assert all(not changed for _, changed in desk.do("apply", PLAN))
    assert desk.events("apply", PLAN) == []


@at_desk
def test_a_file_only_ever_adds(desk: Desk) -> None:
    desk.do("grant", COUNSELLOR, ["F-ANDER"])
    plan = {"families": {COUNSELLOR: ["F-EIGEN"]}, "rounds": [{"name": "ronde", "practice": "oefenset"}]}
    desk.do("apply", plan)
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-ANDER", "F-EIGEN"]
    assert desk.see("rounds")["ronde"]["predictions_shown"] is False
    assert "has the role trainee already" in desk.refused("apply", {"roles": {ANNA: "supervisor"}})


@at_desk
def test_of_a_file_with_an_error_nothing_is_done(desk: Desk) -> None:
    desk.refused("apply", {**PLAN, "rounds": [{"name": "nieuwe", "practice": "geen"}]})
    assert desk.see("state", NEW)["groups"] == []
