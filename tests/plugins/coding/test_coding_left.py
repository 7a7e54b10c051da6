"""What somebody has left to code, on the front door and after a submit."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from tests.plugins.access.inside import Answer, World, inside


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def panels(world: World, who: str, language: str = "en") -> dict[str, str]:
    """Return what coding says on somebody's front door, by the name of the part."""
    from plugins.access.narrowing import look_as
    from plugins.coding.panels import panels_of

    look_as(world.viewer(who))
    found = panels_of(world.user(who), language)  # type: ignore[arg-type]  # of two languages
    return {panel.name: words(f"{panel.heading} {panel.content}") for panel in found}


def done(world: World, who: str, task: str, language: str = "en") -> Answer:
    """Return the page after a submit."""
    return world.ask(who, "GET", f"/vib/coding/tasks/{world.task(task)}/done?lang={language}", by="session")


def next_clip(answer: Answer) -> str:
    """Return where the main button leads."""
    found = re.search(r'class="button main" href="([^"]+)"', answer.text)
    return unescape(found[1]) if found else ""


def coding(world: World, project: str, task: str) -> str:
    return f"/projects/{world.project(project)}/data?task={world.task(task)}"


def hand_out(world: World, name: str, *tasks: str) -> None:
    """Hand out more clips in a round."""
    from plugins.access.models import Round

    for task in tasks:
        made = world.made.tasks[task]
        Round.objects.get(name=name).clips.create(task=made, clip=made.data["clip"])


def begin(world: World, who: str, task: str) -> None:
    """Have somebody begin to code a clip, of which the log has one change."""
    from uuid import uuid4

    from django.utils import timezone

    from plugins.coding.models import Work

    Work.objects.create(
        user_id=world.user(who), task_id=world.task(task), start=[], last=1, holder=uuid4(), seen=timezone.now()
    )


@inside
def test_a_trainee_is_told_what_is_left_in_which_round_until_when_and_about_how_long_it_takes(world: World) -> None:
    from tasks.models import Annotation

    from plugins.access.models import Round

    hand_out(world, "ronde", "puzzel")
    Round.objects.filter(name="ronde").update(due=date(2027, 3, 5))
    Annotation.objects.filter(completed_by=world.user("anna")).update(lead_time=400 * 9.0)
    assert (
        "1 of 2 submitted · until 5 March 2027 1 clip left: less than a minute to watch. Next clip"
        in (panels(world, "anna")["left"])
    )
    Annotation.objects.filter(completed_by=world.user("anna")).update(lead_time=40 * 9.0)
    assert (
        "Nog 1 clip: minder dan een minuut beeld, in jouw tempo ongeveer 6 minuten."
        in (panels(world, "anna", "nl")["left"])
    )


@inside
def test_who_submitted_everything_is_told_so_first(world: World) -> None:
    assert panels(world, "anna")["left"].startswith("Everything submitted You submitted everything. Well done.")


@inside
def test_who_leads_a_round_and_who_has_families_is_given_no_list_of_clips_to_code(world: World) -> None:
    for who in ("opleider", "begeleider", "beheer", "nieuw"):
        assert "left" not in panels(world, who), who


@inside
def test_a_clip_that_was_begun_is_where_somebody_goes_on_until_it_is_submitted(world: World) -> None:
    # Of what these two and bram submitted there is a draft in the world.
    begun = (("anna", "toren"), ("collega", "bad"))
    for who, task in begun:
        world.made.codes[who, task].delete()
    assert "going-on" not in panels(world, "bram")
    for who, task in begun:
        assert world.made.tasks[task].data["clip"] in panels(world, who)["going-on"]
    begin(world, "begeleider", "bad")
    assert "F-EIGEN/bad" in panels(world, "begeleider")["going-on"]


@inside
def test_what_somebody_may_no_longer_code_is_not_where_they_go_on(world: World) -> None:
    from django.utils import timezone

    from plugins.access.models import FamilyGrant, Round

    world.made.codes["anna", "toren"].delete()
    Round.objects.filter(name="ronde").update(opened_at=timezone.now())
    assert "going-on" not in panels(world, "anna")
    begin(world, "begeleider", "bad")
    FamilyGrant.objects.filter(user=world.user("begeleider")).delete()
    assert "going-on" not in panels(world, "begeleider")


@inside
def test_after_a_submit_a_trainee_is_told_that_it_is_done_what_is_left_and_when_others_are_shown(world: World) -> None:
    hand_out(world, "ronde", "puzzel")
    answer = done(world, "anna", "toren")
    assert (answer.status, answer.forbidden) == (200, [])
    said = words(answer.text)
    assert "Submitted. Your codes of F-OEFEN/toren are on the server. 1 of 2 submitted" in said
    assert "What is left 1 clip left" in said
    assert "Until the round opens you see only what you coded yourself" in said
    assert next_clip(answer) == coding(world, "oefenset", "puzzel")
    assert "bram" not in answer.text
    assert "/vib/agreement/" not in answer.text


@inside
def test_the_last_clip_of_a_round_leads_to_the_round_in_which_something_is_left(world: World) -> None:
    from plugins.access.models import Round, RoundMember

    answer = done(world, "anna", "toren", "nl")
    assert "Ingeleverd, en daarmee alles van ronde." in words(answer.text)
    assert next_clip(answer) == ""
    RoundMember.objects.create(round=Round.objects.get(name="andere ronde"), user_id=world.user("anna"), part="rater")
    answer = done(world, "anna", "toren", "nl")
    assert next_clip(answer) == coding(world, "oefenset", "puzzel")
    assert "andere ronde : Nog 1 clip" in words(answer.text)


@inside
def test_clips_that_were_put_off_come_last_and_skipped_ones_are_still_left(world: World) -> None:
    from tasks.models import Annotation

    hand_out(world, "ronde", "puzzel")
    Annotation.objects.filter(completed_by=world.user("anna"), task=world.task("toren")).update(was_cancelled=True)
    answer = world.ask("anna", "GET", f"/vib/coding/projects/{world.project('oefenset')}/done?lang=en", by="session")
    assert "This series is done. 0 of 2 submitted" in words(answer.text)
    assert next_clip(answer) == coding(world, "oefenset", "puzzel")


@inside
def test_a_clip_that_is_not_submitted_is_not_called_done(world: World) -> None:
    world.made.codes["anna", "toren"].delete()
    answer = done(world, "anna", "toren")
    assert "Not submitted yet What you coded of F-OEFEN/toren is kept." in words(answer.text)
    assert next_clip(answer) == coding(world, "oefenset", "toren")


@inside
def test_a_counsellor_is_led_to_the_next_clip_of_the_family_and_to_what_a_colleague_saw(world: World) -> None:
    answer = done(world, "begeleider", "ontbijt")
    assert (answer.status, answer.forbidden) == (200, [])
    assert "you see each other's codes once both of you submitted" in words(answer.text)
    assert next_clip(answer) == coding(world, "eigen", "bad")
    assert f"/vib/agreement/project/{world.project('eigen')}/clip/F-EIGEN/ontbijt/" in answer.text
    assert "/vib/agreement/project/" not in done(world, "begeleider", "bad").text


@inside
def test_a_supervisor_who_coded_is_told_that_it_is_the_reference(world: World) -> None:
    answer = done(world, "opleider", "toren")
    assert "Your codes are the reference of the round." in words(answer.text)
    assert 'href="/vib/agreement/round/ronde/clip/F-OEFEN/toren/' in answer.text


@inside
def test_an_empty_queue_says_what_was_done_or_that_nothing_is_there(world: World) -> None:
    address = f"/vib/coding/projects/{world.project('oefenset')}/done?lang=en"
    assert "Everything submitted. Nothing of ronde is left for you." in words(
        world.ask("anna", "GET", address, by="session").text
    )
    world.made.codes["carla", "puzzel"].delete()
    from plugins.access.models import HandedOut

    HandedOut.objects.filter(task=world.task("puzzel")).delete()
    assert "Nothing is ready now" in words(world.ask("carla", "GET", address, by="session").text)


@inside
def test_what_is_out_of_sight_is_not_there_after_a_submit_either(world: World) -> None:
    for who, task in (("anna", "puzzel"), ("begeleider", "geheim"), ("vreemd", "ontbijt"), ("beheer", "toren")):
        assert done(world, who, task).status == 404, who
    for number in (2**63, 10**30, 999_999):
        for kind in ("tasks", "projects"):
            assert world.ask("anna", "GET", f"/vib/coding/{kind}/{number}/done", by="session").status == 404
    project = f"/vib/coding/projects/{world.project('ander')}/done"
    assert world.ask("anna", "GET", project, by="session").status == 404
    assert world.ask("", "GET", project, by="").status in (302, 401)


@inside
def test_a_hundred_clips_ask_as_many_queries_as_two(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tasks.models import Task

    from plugins.access.models import Round

    def asked() -> tuple[int, int]:
        counted = []
        for look in (lambda: done(world, "anna", "toren"), lambda: panels(world, "anna")):
            with CaptureQueriesContext(connection) as queries:
                look()
            counted.append(len(queries))
        return counted[0], counted[1]

    asked()
    before = asked()
    for number in range(100):
        data = {"clip": f"F-OEFEN/{number:03d}", "family": "F-OEFEN", "duration": 60.0}
        made = Task.objects.create(project=world.made.projects["oefenset"], data=data)
        Round.objects.get(name="ronde").clips.create(task=made, clip=data["clip"])
    assert asked() == before
    assert max(before) < 40
