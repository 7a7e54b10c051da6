"""Families as somebody to whom they are assigned sees them, on the front door and on their own pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import TYPE_CHECKING

from tests.plugins.access.inside import Answer, World, inside
from tests.plugins.proposals.inside_proposals import backend
from vib.clip_files import LOOK, clip_file
from vib.language import Text
from vib.look import Look

if TYPE_CHECKING:
    from vib.panel import Panel

INDEX = "/vib/families/"
SILENT = ("heeft geen beeldspoor", "has no picture <b>")


def family_page(world: World, who: str, where: str = "eigen", asked: str = "lang=en") -> Answer:
    return world.ask(who, "GET", f"{INDEX}{world.project(where)}/?{asked}", by="session")


def panels(world: World, who: str, language: str = "en") -> dict[str, Panel]:
    from plugins.access.narrowing import look_as
    from plugins.families.panels import panels_of

    look_as(world.viewer(who))
    return {panel.name: panel for panel in panels_of(world.user(who), "nl" if language == "nl" else "en")}


def said_of(clip: str, html: str) -> str:
    """Return what the row of a clip says, in words."""
    [row] = [row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f">{clip}</a>" in row]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", row)).split())


@contextmanager
def recordings(*refused: tuple[str, str]) -> Iterator[None]:
    """Have a library with recordings of families that could not be used."""
    from django.conf import settings

    from vib.library import LIBRARY, Entry, Library

    path = settings.VIB.data / LIBRARY
    library = Library(path)
    try:
        for family, name in refused:
            library.put(Entry(f"{family}/{name}", family, f"{name}.mov", 1, 1, name, problem=SILENT))
        yield
    finally:
        library.close()
        for file in path.parent.glob(f"{LIBRARY}*"):
            file.unlink()


@inside
def test_a_clip_says_how_far_it_is_and_for_whom_it_waits(world: World) -> None:
    from tasks.models import AnnotationDraft, Prediction

    task = world.made.tasks["bad"]
    with backend() as other:
        job = {"clip": "F-EIGEN/bad", "project": world.project("eigen"), "task": task.pk, "progress": 0.5}
        for state, said in (
            ("working", "being cut the computer"),
            ("queued", "in line to be cut the computer"),
            ("dead", "could not be cut no sound you"),
        ):
            other.jobs = [job | {"state": state, "reason": {"nl": "geen geluid", "en": "no sound"}}]
            assert said in said_of("bad", family_page(world, "begeleider").text)
    assert "not cut yet the computer" in said_of("bad", family_page(world, "begeleider").text)
    Prediction.objects.create(task=task, project=task.project, result=[], model_version="turns-1")
    assert said_of("bad", family_page(world, "begeleider").text) == "bad ready to be coded you"
    AnnotationDraft.objects.create(task=task, user=world.made.users["begeleider"], result=[])
    assert said_of("bad", family_page(world, "begeleider").text) == "bad you are at it you"


@inside
def test_a_clip_says_what_was_found_when_it_was_made(world: World) -> None:
    from django.conf import settings

    look = Look(
        **{"duration": 125.2, "frames": 3130, "expected_duration": 125.2, "expected_frames": 3130},
        **{"sound_duration": 125.2, "largest_gap": 0.04, "recording_gap": 0.0, "silent": 0.0, "one_colour": 0.0},
        **{"combs": 0.0, "damaged": 0.0, "remarks": (Text(nl="er mist 1 s", en="1 s is missing"),)},
        places=(),
    )
    path = clip_file(settings.VIB_MEDIA_ROOT, "F-EIGEN/ontbijt", LOOK)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(look.model_dump_json())
        row = said_of("ontbijt", family_page(world, "begeleider", asked="lang=nl").text)
        assert row.startswith("ontbijt nagekeken, 2:05 min: er mist 1 s ingeleverd")
        assert "1 s is missing" not in panels(world, "begeleider")["families"].content
        path.write_text("{}")
        assert "checked" not in said_of("ontbijt", family_page(world, "begeleider").text)
    finally:
        path.unlink()


@inside
def test_who_submitted_a_clip_is_told_to_who_submitted_it_too_and_to_nobody_else(world: World) -> None:
    assert said_of("ontbijt", family_page(world, "begeleider").text) == "ontbijt submitted you, collega"
    assert said_of("bad", family_page(world, "collega").text) == "bad submitted you"
    assert "collega" not in said_of("bad", family_page(world, "begeleider").text)


@inside
def test_a_family_is_there_for_whom_it_is_assigned_to_and_nobody_else(world: World) -> None:
    for who in ("begeleider", "collega", "opleider", "beheer"):
        page = family_page(world, who)
        assert (page.status, page.forbidden) == (200, [])
        assert f'href="{INDEX}{world.project("eigen")}/' in world.ask(who, "GET", INDEX, by="session").text
    for who, status in (("vreemd", 404), ("beheer2", 404), ("anna", 404), ("carla", 404), ("nieuw", 403)):
        assert family_page(world, who).status == status
    assert family_page(world, "begeleider", "oefenset").status == 404
    assert "F-ANDER" not in world.ask("begeleider", "GET", INDEX, by="session").text


@inside
def test_the_front_door_has_the_newest_clips_of_a_family_one_click_from_coding(world: World) -> None:
    from tasks.models import Task

    project = world.made.projects["eigen"]
    made = [Task.objects.create(project=project, data={"clip": f"F-EIGEN/new-{number}"}) for number in range(3)]
    content = panels(world, "begeleider")["families"].content
    places = [content.index(f'href="/projects/{project.pk}/data?task={task.pk}"') for task in reversed(made)]
    assert places == sorted(places)
    assert "1 of 5 submitted" in content
    assert ">ontbijt<" not in content
    assert f'<a href="{INDEX}{project.pk}/">All 5 clips</a>' in content


@inside
def test_recordings_that_could_not_be_used_are_told_with_the_reason_to_who_has_the_family(world: World) -> None:
    with recordings(("F-EIGEN", "stil"), ("F-ANDER", "ver")):
        told = panels(world, "begeleider")
        assert told["families"].order < told["refused"].order
        assert "stil.mov" in told["refused"].content
        assert "has no picture &lt;b&gt;" in told["refused"].content
        assert "ver.mov" not in told["refused"].content
        assert "heeft geen beeldspoor" in family_page(world, "begeleider", asked="lang=nl").text
        assert "ver.mov" in family_page(world, "vreemd", "ander").text
        assert "stil.mov" not in family_page(world, "vreemd", "ander").text
    assert set(panels(world, "begeleider")) == {"families"}


@inside
def test_who_has_no_family_gets_no_part_of_the_front_door_and_is_told_what_comes_next(world: World) -> None:
    from plugins.access.models import FamilyGrant

    FamilyGrant.objects.filter(user=world.user("begeleider")).delete()
    assert panels(world, "begeleider") == {}
    assert "You have no family yet. Make one" in world.ask("begeleider", "GET", f"{INDEX}?lang=en", by="session").text
    assert "No family is assigned to you yet" in world.ask("beheer2", "GET", f"{INDEX}?lang=en", by="session").text
    assert panels(world, "anna") == {}
    assert panels(world, "beheer2") == {}


@inside
def test_a_family_without_clips_says_what_comes_next(world: World) -> None:
    from tasks.models import Task

    Task.objects.filter(project=world.project("eigen")).delete()
    assert "There are no clips of this family yet" in family_page(world, "begeleider").text
    assert "There are no clips of this family yet" in panels(world, "begeleider")["families"].content


@inside
def test_a_family_that_was_only_made_is_listed_for_its_maker_and_nobody_else(world: World) -> None:
    from django.conf import settings

    from vib.actor import Actor

    settings.VIB_PLUGIN_HOST.hook.vib_family_made(user=world.user("anna"), by=Actor("anna"), pseudonym="F-NIEUW")
    assert "F-NIEUW" in panels(world, "anna")["families"].content
    assert '<a href="/vib/intake/F-NIEUW/">F-NIEUW</a>' in world.ask("anna", "GET", INDEX, by="session").text
    for who in ("begeleider", "beheer", "bram"):
        assert "F-NIEUW" not in world.ask(who, "GET", INDEX, by="session").text


@inside
def test_a_family_of_a_thousand_clips_asks_as_many_queries_as_one_of_a_few_and_is_paged(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tasks.models import Task

    looks = (
        lambda: family_page(world, "begeleider"),
        lambda: world.ask("begeleider", "GET", INDEX, by="session"),
        lambda: panels(world, "begeleider"),
    )

    def asked() -> list[int]:
        counted = []
        for look in looks:
            with CaptureQueriesContext(connection) as queries:
                look()
            counted.append(len(queries))
        return counted

    asked()
    before = asked()
    project = world.made.projects["eigen"]
    Task.objects.bulk_create(Task(project=project, data={"clip": f"F-EIGEN/c{number:04}"}) for number in range(1000))
    assert asked() == before
    assert max(before) < 60
    first, last = family_page(world, "begeleider").text, family_page(world, "begeleider", asked="page=21").text
    assert ">c0999<" in first
    assert ">c0949<" not in first
    assert ">ontbijt<" in last
