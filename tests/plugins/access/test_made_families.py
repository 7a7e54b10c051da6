"""Who makes a family has it: a counsellor among the others, a trainee to practise on, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.plugins.access.desk import Desk, Log, at_desk
from tests.plugins.access.inside import World, inside
from vib.actor import Actor
from vib.problem import InputProblem

if TYPE_CHECKING:
    from tasks.models import Task

ANNA, COUNSELLOR, SUPERVISOR = "anna@vib.example", "begeleider@vib.example", "opleider@vib.example"


def number_of(email: str) -> int:
    from users.models import User

    return int(User.objects.get(email=email).pk)


def make(world: World, who: str, pseudonym: str) -> None:
    """Have somebody make a family, as a page does."""
    from django.conf import settings

    settings.VIB_PLUGIN_HOST.hook.vib_family_made(user=world.user(who), by=Actor(who), pseudonym=pseudonym)


def with_clip(world: World, pseudonym: str) -> Task:
    """Put a clip in a family, as `vib sync` does."""
    from projects.models import Project
    from tasks.models import Task

    like = world.made.projects["eigen"]
    project = Project.objects.create(
        title=pseudonym,
        description=f"VIB Studio, family:{pseudonym}, method: vib-pleegzorg",
        label_config=like.label_config,
        organization=like.organization,
        created_by=like.created_by,
    )
    data = {"clip": f"{pseudonym}/spel", "family": pseudonym, "duration": 9.0, "fps": 25}
    return Task.objects.create(project=project, data=data)


def tasks_of(world: World, who: str, model: Any = None) -> set[int]:
    from tasks.models import Task

    from plugins.access.narrowing import seeing_as

    with seeing_as(world.viewer(who)):
        return set((model or Task).objects.values_list("pk", flat=True))


@at_desk
def test_who_makes_a_family_has_it_and_that_is_recorded(desk: Desk) -> None:
    made = [("access made", f"account {COUNSELLOR}", ["F-NIEUW"])]
    assert desk.events("give_made", number_of(COUNSELLOR), "F-NIEUW") == made
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN", "F-NIEUW"]


@at_desk
def test_only_roles_that_bring_recordings_make_families(desk: Desk) -> None:
    for email in (SUPERVISOR, "beheer@vib.example", "nieuw@vib.example", "dienst@vib.example"):
        assert email in desk.refused("give_made", number_of(email), "F-NIEUW")


@at_desk
def test_a_pseudonym_that_is_in_use_makes_no_family_however_its_letters_are_written(desk: Desk) -> None:
    for pseudonym in ("F-ANDER", "f-ander"):
        assert "in use already" in desk.refused("give_made", number_of(COUNSELLOR), pseudonym)
    assert desk.see("accounts")[COUNSELLOR]["families"] == ["F-EIGEN"]


@at_desk
def test_a_trainee_has_the_family_it_made_and_keeps_it_in_another_role(desk: Desk) -> None:
    desk.ask("give_made", number_of(ANNA), "F-NIEUW")
    assert desk.see("accounts")[ANNA]["families"] == ["F-NIEUW"]
    assert [(who, role) for who, role, _ in desk.see("who can see", "F-NIEUW")] == [(ANNA, "trainee")]
    desk.do("set_role", ANNA, "counsellor")
    desk.do("grant", ANNA, ["F-ANDER"])
    desk.do("set_role", ANNA, "trainee")
    assert desk.see("state", ANNA)["families"] == ["F-NIEUW"]
    desk.do("leave", ANNA)
    assert desk.see("state", ANNA)["families"] == []


@at_desk
def test_no_family_is_assigned_to_a_trainee_who_has_one_for_practice(desk: Desk) -> None:
    desk.ask("give_made", number_of(ANNA), "F-NIEUW")
    assert ANNA in desk.refused("grant", ANNA, ["F-ANDER"])


@inside
def test_a_trainee_sees_and_codes_its_own_practice_and_no_other_family(world: World) -> None:
    from tasks.models import Annotation, Prediction

    before = tasks_of(world, "anna")
    make(world, "anna", "F-NIEUW")
    task = with_clip(world, "F-NIEUW")
    Prediction.objects.create(task=task, project=task.project, result=[], model_version="turns-1")
    assert tasks_of(world, "anna") == before | {task.pk}
    assert task.pk in {row.task_id for row in Prediction.objects.filter(pk__in=tasks_of(world, "anna", Prediction))}
    answer = world.ask("anna", "POST", f"/api/tasks/{task.pk}/annotations/", {"result": []})
    assert answer.status == 201, answer.text
    coded = Annotation.objects.get(task=task)
    assert coded.completed_by_id == world.user("anna")
    for who in ("bram", "carla", "begeleider", "opleider", "beheer"):
        assert task.pk not in tasks_of(world, who), who
        assert coded.pk not in tasks_of(world, who, Annotation), who
        assert world.ask(who, "GET", f"/api/tasks/{task.pk}/").status in (403, 404), who
    for name in ("ontbijt", "geheim"):
        refused = world.ask("anna", "POST", f"/api/tasks/{world.task(name)}/annotations/", {"result": []})
        assert refused.status == 404, name


@inside
def test_own_practice_changes_nothing_in_a_round_that_is_coded_blind(world: World) -> None:
    from tasks.models import Annotation

    before = tasks_of(world, "anna", Annotation)
    make(world, "anna", "F-NIEUW")
    with_clip(world, "F-NIEUW")
    assert tasks_of(world, "anna", Annotation) == before
    assert world.ask("anna", "GET", f"/api/annotations/{world.code('bram', 'toren')}/").status == 404


@inside
def test_the_clip_of_own_practice_plays_for_who_made_it_only(world: World) -> None:
    from django.conf import settings

    make(world, "anna", "F-NIEUW")
    with_clip(world, "F-NIEUW")
    clip = settings.VIB_MEDIA_ROOT / "F-NIEUW" / "spel.mp4"
    clip.parent.mkdir()
    clip.write_bytes(b"film")
    address = "/vib/media/F-NIEUW/spel.mp4"
    answers = {who: world.ask(who, "GET", address).status for who in ("anna", "bram", "carla", "begeleider")}
    assert answers == {"anna": 200, "bram": 404, "carla": 404, "begeleider": 404}


@inside
def test_families_that_somebody_has_are_named_before_there_is_a_project(world: World) -> None:
    from django.conf import settings

    def named(who: str) -> list[str]:
        return [name for names in settings.VIB_PLUGIN_HOST.hook.vib_families(user=world.user(who)) for name in names]

    make(world, "anna", "F-NIEUW")
    make(world, "begeleider", "F-MEER")
    # To carla one was assigned by mistake.
    assert [named(who) for who in ("anna", "begeleider", "carla", "bram")] == [
        ["F-NIEUW"],
        ["F-EIGEN", "F-MEER"],
        [],
        [],
    ]


@inside
def test_a_family_that_was_taken_tells_its_maker_so_and_changes_nothing(world: World) -> None:
    with pytest.raises(InputProblem, match="F-ANDER"):
        make(world, "anna", "F-ANDER")
    assert tasks_of(world, "anna").isdisjoint({world.task("geheim")})


@inside
def test_an_address_with_a_family_is_open_to_who_has_it_and_recorded_once_a_while(world: World) -> None:
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import clear_url_caches, get_resolver, path

    from plugins.access import routes
    from vib.page import Page
    from vib.roles import Right

    page = Page("proef/<str:family>/", "proef.views:show", "show", (Right.BRING,), ("GET", "PATCH"))
    rows = {(method, row.path): row for row in routes._row_of_page(page) for method in row.methods}
    make(world, "anna", "F-NIEUW")
    patterns = get_resolver().url_patterns
    patterns.insert(0, path("vib/proef/<str:family>/", lambda _, family: HttpResponse(family)))
    clear_url_caches()
    routes._table().update(rows)
    log = Log()
    settings.VIB_PLUGIN_HOST.add("log", log)
    try:
        for who, family, status in (
            *(("begeleider", "F-EIGEN", 200), ("collega", "F-EIGEN", 200), ("anna", "F-NIEUW", 200)),
            *(("begeleider", "F-ANDER", 404), ("begeleider", "F-NIEUW", 404), ("anna", "F-EIGEN", 404)),
            *(("carla", "F-EIGEN", 404), ("opleider", "F-EIGEN", 403), ("beheer", "F-EIGEN", 403)),
            *(("begeleider", "er-is-geen", 404), ("nieuw", "F-EIGEN", 403)),
        ):
            for method in ("GET", "PATCH"):
                assert world.ask(who, method, f"/vib/proef/{family}/", by="session").status == status, (who, family)
        browser = Client(headers=world.open_session("anna"))
        log.events.clear()
        for method in ("GET", "PATCH", "PATCH", "GET", "PATCH"):
            browser.generic(method, "/vib/proef/F-NIEUW/")
        recorded = [(event.what, event.which, event.families) for event in log.events]
        assert recorded == [
            (f"{method} vib/proef/<str:family>/", "family F-NIEUW", ("F-NIEUW",)) for method in ("GET", "PATCH")
        ]
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")
        del patterns[0]
        clear_url_caches()
        routes._table.cache_clear()
