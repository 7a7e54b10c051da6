"""Who hears whom: in a round that is open or blind, about a family, and by every way out of the server."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.plugins.access.desk import Log
from tests.plugins.access.inside import World, inside
from tests.plugins.talk.talk_world import FORM, INDEX, clip_of, heard, panel, read, reply, said_on, say

ABSENT = "3000000001"
"""A number that no remark has."""


@inside
def test_two_people_talk_about_a_moment_in_a_round_that_is_open(world: World) -> None:
    number = say(world, "anna", "open", "Zag jij dit ook?", second=3.2)
    assert "Zag jij dit ook?" in heard(world, "bram", "open")
    page = read(world, "bram", number)
    assert (page.status, page.forbidden) == (200, [])
    assert "0:03.2" in page.text
    assert reply(world, "bram", number, "Ja, een ontvangst.").status == 302
    assert said_on(read(world, "anna", number)) == ["Zag jij dit ook?", "Ja, een ontvangst."]


@inside
def test_two_people_cannot_talk_in_a_round_that_is_blind(world: World) -> None:
    number = say(world, "anna", "toren", "Ik twijfel aan dit moment.")
    assert reply(world, "opleider", number, "Kijk nog eens.").status == 302
    assert "Ik twijfel aan dit moment." not in heard(world, "bram", "toren")
    for method, address in (
        ("GET", f"{INDEX}{number}/"),
        ("POST", f"{INDEX}{number}/"),
        ("POST", f"{INDEX}{number}/seen"),
        ("POST", f"{INDEX}{number}/resolved"),
    ):
        hidden = world.ask("bram", method, address, "text=x&settled=yes", kind=FORM, by="session")
        absent = world.ask("bram", method, address.replace(str(number), ABSENT), "text=x", kind=FORM, by="session")
        assert (hidden.status, hidden.text) == (404, absent.text.replace(ABSENT, str(number)))
    listed = world.ask("bram", "GET", INDEX, by="session").text
    assert "Ik twijfel" not in listed
    assert str(number) not in listed
    assert said_on(read(world, "anna", number)) == ["Ik twijfel aan dit moment.", "Kijk nog eens."]
    assert "Gezien" not in read(world, "anna", number).text


@inside
def test_what_was_said_is_heard_once_the_round_is_opened_and_no_longer_once_it_is_closed(world: World) -> None:
    from plugins.access.models import Round

    number = say(world, "anna", "toren", "Wat een mooie ontvangst.")
    held = Round.objects.filter(name="ronde")
    for opened_at, status in ((None, 404), ("2026-11-01T12:00Z", 200), (None, 404)):
        held.update(opened_at=opened_at)
        assert world.ask("bram", "GET", f"{INDEX}{number}/", by="session").status == status
        assert (number in shown_to(world, "bram")) is (status == 200)


def shown_to(world: World, who: str) -> set[int]:
    """Return the numbers of what somebody may see."""
    from plugins.access.narrowing import look_as
    from plugins.talk.models import Remark

    look_as(world.viewer(who))
    found = set(Remark.objects.values_list("pk", flat=True))
    look_as(None)
    return found


@inside
def test_who_codes_a_clip_blind_again_hears_nothing_of_an_older_round_about_it(world: World) -> None:
    from plugins.access.models import HandedOut, Round, RoundMember

    number = say(world, "anna", "open", "Dit was een ja-cyclus.")
    assert reply(world, "bram", number, "Vond ik ook.").status == 302
    assert "Dit was een ja-cyclus." in heard(world, "bram", "open")
    again = Round.objects.create(name="nog eens", project=world.made.projects["oefenset"])
    HandedOut.objects.create(round=again, task=world.made.tasks["open"], clip="F-OEFEN3/open")
    for who, part in (("bram", "rater"), ("carla", "rater"), ("opleider2", "supervisor")):
        RoundMember.objects.create(round=again, user=world.made.users[who], part=part)
    assert "Dit was een ja-cyclus." not in heard(world, "bram", "open")
    assert read(world, "bram", number).status == 404
    assert heard(world, "carla", "open") == []
    # Who does not code it again still hears both.
    assert said_on(read(world, "anna", number)) == ["Dit was een ja-cyclus.", "Vond ik ook."]


@inside
def test_a_remark_of_a_counsellor_never_reaches_who_may_not_see_the_family(world: World) -> None:
    from plugins.access.models import FamilyGrant

    number = say(world, "begeleider", "ontbijt", "Moeder volgt het kind.")
    others = {"vreemd", "anna", "bram", "carla", "opleider2", "beheer2", "nieuw", "beheer"}
    for who in others:
        assert read(world, who, number).status in (403, 404), who
        assert heard(world, who, "ontbijt") in ([], [remark_of_beheer(world)]), who
        assert number not in shown_to(world, who)
        assert "Moeder volgt" not in panel(world, who)
    assert said_on(read(world, "opleider", number)) == ["Moeder volgt het kind."]
    assert said_on(read(world, "collega", number)) == ["Moeder volgt het kind."]
    FamilyGrant.objects.filter(user__in=[world.user("opleider"), world.user("collega")]).delete()
    assert read(world, "opleider", number).status == 404
    assert read(world, "collega", number).status == 404


def remark_of_beheer(world: World) -> str:
    """Return what the administrator with the family wrote about it, for themselves."""
    return world.made.remarks["beheer-ontbijt-self"].text


@inside
def test_a_colleague_hears_of_a_clip_of_their_family_after_submitting_their_own_codes(world: World) -> None:
    number = say(world, "begeleider", "ontbijt", "Hier keek ik lang naar.")
    assert read(world, "collega", number).status == 200
    world.made.codes["collega", "ontbijt"].delete()
    assert read(world, "collega", number).status == 404


@inside
def test_what_is_for_somebody_alone_is_seen_by_nobody_else(world: World) -> None:
    for who, task in (("bram", "open"), ("begeleider", "ontbijt"), ("opleider", "open")):
        number = say(world, who, task, "Alleen voor mij.", audience="self")
        seeing = [other for other in world.made.users if other != "dienst" and number in shown_to(world, other)]
        assert seeing == [who]


@inside
def test_what_is_for_the_supervisor_is_seen_by_who_leads_a_round_of_the_writer_and_by_no_rater(world: World) -> None:
    for task in ("toren", "open"):
        number = say(world, "anna", task, "Klopt dit?", audience="supervisor", kind="doubt")
        seeing = {other for other in world.made.users if other != "dienst" and number in shown_to(world, other)}
        assert seeing == {"anna", "opleider"}


def ask_label_studio(world: World, people: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Sort, filter and ask for fields by what was said; nothing of it comes back."""
    project = world.project("oefenset")
    for name in names:
        one = {"filter": f"filter:tasks:{name}", "operator": "contains", "type": "String", "value": "KANARIE"}
        for data in ({"filters": {"conjunction": "and", "items": [one]}}, {"ordering": [f"tasks:{name}"]}):
            for who in people:
                answer = world.ask(who, "GET", f"/api/tasks/?project={project}&query={quote(json.dumps(data))}")
                assert answer.status in (400, 403, 404), (who, name)
    for address in (
        f"/api/tasks/{world.task('open')}/?include=vib_remarks,data",
        f"/api/tasks/?project={project}&fields=all&include=vib_remarks,id",
        "/api/projects/?include=vib_remarks,id&ordering=tasks__vib_remarks__text",
        "/api/users/?include=vib_remarks,vib_replies,vib_looks,id",
        f"/api/projects/{project}/export?exportType=JSON",
    ):
        for who in people:
            answer = world.ask(who, "GET", address)
            assert "KANARIE-remark" not in answer.text, (who, address)
            assert "vib_" not in answer.text.replace("/vib/", ""), (who, address)


@inside
def test_nothing_that_label_studio_answers_or_sorts_and_filters_by_holds_what_was_said(world: World) -> None:
    ask_label_studio(world, ("anna",), ("vib_remarks__text",))


@pytest.mark.nightly
@inside
def test_nothing_that_label_studio_answers_to_anybody_holds_what_was_said(world: World) -> None:
    names = ("vib_remarks", "vib_remarks__text", "vib_remarks__by", "-vib_remarks__audience", "task__vib_remarks")
    ask_label_studio(world, ("anna", "begeleider", "opleider", "beheer"), names)


@inside
def test_the_administration_shows_lists_and_filters_nothing_that_was_said(world: World) -> None:
    bram = world.user("bram")
    for asked in (
        "vib_remarks__isnull=0",
        "vib_remarks__text__startswith=K",
        "vib_replies__isnull=0",
        "vib_looks__remark__audience=self",
    ):
        answer = world.ask("beheer", "GET", f"/admin/users/user/?{asked}", by="session")
        assert answer.status == 403, asked
    for address in (
        f"/admin/users/user/{bram}/change/",
        f"/admin/users/user/{bram}/delete/",
        "/admin/vib_talk/remark/",
        "/admin/vib_access/familygrant/?user__vib_remarks__isnull=0",
        "/admin/vib_access/roundmember/?user__vib_remarks__audience=self",
        f"/admin/projects/project/{world.project('oefenset')}/delete/",
    ):
        answer = world.ask("beheer", "GET", address, by="session")
        assert answer.forbidden == [], address
        assert "emark" not in answer.text, address


@inside
def test_reading_what_was_said_about_a_family_is_recorded_and_what_cannot_be_recorded_is_not_read(world: World) -> None:
    from django.conf import settings

    number = world.made.remarks["begeleider-ontbijt-shared"].pk
    log = Log()
    settings.VIB_PLUGIN_HOST.add("log", log)
    try:
        for address in (
            INDEX,
            f"{INDEX}{number}/",
            f"{INDEX}clips/{world.task('ontbijt')}/",
            clip_of(world, "ontbijt"),
        ):
            log.events.clear()
            assert world.ask("collega", "GET", address, by="session").status == 200
            assert {"F-EIGEN"} == {family for event in log.events for family in event.families}, address
            assert {event.who for event in log.events} == {"collega@vib.example"}
        log.events.clear()
        say(world, "collega", "ontbijt", "Een geheim.")
        assert [event.families for event in log.events if event.what.startswith("POST")] == [("F-EIGEN",)]
        assert "geheim" not in str(log.events)
        session = world.open_session("collega")
        log.broken = True
        for address in (INDEX, f"{INDEX}{number}/", clip_of(world, "ontbijt")):
            answer = world.ask("collega", "GET", address, by="", headers=session)
            assert (answer.status, "KANARIE-remark" in answer.text) == (503, False)
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")
