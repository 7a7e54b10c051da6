"""A project keeps its labelling interface as long as another would take away what people made; sync says so."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.plugins.access.inside import World, inside
from tests.plugins.access.test_access_registering import projects_of
from tests.plugins.proposals.inside_proposals import turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.registering import Project, Projects
    from vib.codebook import Codebook

TURN = turns(("kind", 1.0, 2.5))


def book(version: str, *, without: str = "", level: str = "") -> Codebook:
    """Return the codebook of the tests in another version, without a code of its turns, or with a level."""
    from vib.codebook import Level
    from vib.methods import read_method

    whole = read_method("vib-pleegzorg")
    turn = whole.tier("turn")
    kept = turn.replacing(codes=tuple(code for code in turn.codes if code.id != without), decision_order=())
    tiers = (kept, *(tier for tier in whole.tiers if tier.id != "turn"))
    levels = (Level(id=level, label=whole.title, tiers=("turn",)),) if level else ()
    return whole.replacing(version=version, tiers=tiers, levels=levels)


@contextmanager
def new_project(world: World, name: str = "F-VERSIE") -> Iterator[tuple[Projects, Project, int]]:
    """Have a project made with version 8.0.0 and a task in it, through `vib sync`'s own ways."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from tasks.models import Task

    from scripts.registering import Project
    from vib.project_key import ProjectKey

    project = Project(ProjectKey("family", name), name, book("8.0.0"), "nl")
    with TemporaryDirectory() as folder:
        projects = projects_of(world, Path(folder) / "library.sqlite3")
        number = projects.ensure(project)
        Task.objects.create(project_id=number, data={"clip": "F-VERSIE/a", "duration": 9.0, "audio": "/a.m4a"})
        projects.update(project, number)
        yield projects_of(world, Path(folder) / "library.sqlite3"), project, number


def now(number: int) -> tuple[str, bool]:
    """Return how a project describes itself, and whether a child's turn can be coded."""
    from projects.models import Project

    found = Project.objects.get(pk=number)
    return found.description, 'alias="kind"' in found.label_config


def refused(projects: Projects, project: Any, number: int) -> str:
    from vib.problem import InputProblem

    try:
        projects.update(project, number)
    except InputProblem as problem:
        return problem.message("en")
    raise AssertionError("it was not refused")


def code(number: int, kind: str) -> None:
    """Have somebody code the task of a project, up to a submit, a draft or a change in the log."""
    from uuid import uuid4

    from django.utils.timezone import now as moment
    from tasks.models import Annotation, AnnotationDraft, Prediction, Task
    from users.models import User

    from plugins.coding.models import Change, Work

    task, who = Task.objects.get(project=number), User.objects.get(email="collega@vib.example")
    if kind == "annotation":
        Annotation.objects.create(task=task, project=task.project, completed_by=who, result=TURN)
    elif kind == "draft":
        AnnotationDraft.objects.create(task=task, user=who, result=TURN)
    elif kind == "turns":
        Prediction.objects.create(task=task, project=task.project, result=TURN, model_version="turns-1")
    else:
        work = Work.objects.create(user=who, task=task, start=[], last=1, holder=uuid4(), seen=moment())
        Change.objects.create(work=work, number=1, at=moment(), operations=[{"put": TURN[0]}])


@inside
def test_an_interface_that_takes_nothing_in_use_away_is_given_with_its_version_and_level(world: World) -> None:
    with new_project(world) as (projects, project, number):
        assert now(number)[0] == "VIB Studio, family:F-VERSIE, method: vib-pleegzorg, version: 8.0.0"
        code(number, "annotation")
        projects.update(replace(project, codebook=book("8.1.0", level="begin"), level="begin"), number)
        assert now(number) == (
            "VIB Studio, family:F-VERSIE, method: vib-pleegzorg, version: 8.1.0, level: begin",
            True,
        )


@inside
def test_a_code_in_use_keeps_the_interface_and_the_version_and_it_is_said_how_often_and_what_to_do(
    world: World,
) -> None:
    for kind in ("annotation", "draft", "log"):
        with new_project(world, f"F-{kind}") as (projects, project, number):
            before = now(number)
            code(number, kind)
            said = refused(projects, replace(project, codebook=book("9.0.0", without="kind")), number)
            assert "takes away 1 codes that are in use: turn kind (1)" in said, kind
            assert "vib-pleegzorg 9.0.0" in said
            assert "version: 8.0.0" in said
            assert now(number) == before, kind


@inside
def test_turns_that_a_machine_proposed_do_not_keep_an_interface(world: World) -> None:
    with new_project(world) as (projects, project, number):
        code(number, "turns")
        projects.update(replace(project, codebook=book("9.0.0", without="kind")), number)
        assert now(number) == ("VIB Studio, family:F-VERSIE, method: vib-pleegzorg, version: 9.0.0", False)


@inside
def test_a_project_that_is_to_stay_with_its_version_stays_and_no_other_can_be_asked_for(world: World) -> None:
    with new_project(world) as (projects, project, number):
        before = now(number)
        new = replace(project, codebook=book("9.0.0", without="kind"))
        projects.update(replace(new, version="8.0.0"), number)
        assert now(number) == before
        assert "is to stay with vib-pleegzorg 7.0.0, but is of vib-pleegzorg 8.0.0; 9.0.0 is installed" in refused(
            projects, replace(new, version="7.0.0"), number
        )
        projects.update(replace(new, version="9.0.0"), number)
        assert now(number)[0].endswith("version: 9.0.0")


@inside
def test_nobody_can_take_away_a_code_in_use_by_another_road_and_projects_of_others_are_label_studios(
    world: World,
) -> None:
    from projects.models import Project

    number = world.project("eigen")
    address, config = f"/api/projects/{number}/", '<View><Audio name="audio" value="$audio"/></View>'
    answer = world.ask("dienst", "PATCH", address, {"label_config": config})
    assert answer.status == 400, answer.text
    assert "in use: turn (4)" in answer.json["validation_errors"]["label_config"]["en"]
    Project.objects.filter(pk=number).update(description="mijn eigen project")
    theirs = world.ask("dienst", "PATCH", address, {"label_config": config})
    assert "codes that are in use" not in theirs.text
