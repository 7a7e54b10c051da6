"""Of several projects for one family the one with somebody's work stays; what nobody used goes, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.plugins.access.inside import World, inside

if TYPE_CHECKING:
    from projects.models import Project


def made(world: World, key: str, who: str = "dienst", clips: int = 1) -> Project:
    """Make a project as a sync beyond a hundred projects did: unregistered, and one more for its key."""
    from projects.models import Project
    from tasks.models import Task

    from plugins.access.narrowing import looking

    assert looking() is None
    project = Project(
        title=key,
        description=f"VIB Studio, {key}, method: vib-pleegzorg",
        organization=world.made.projects["eigen"].organization,
        created_by=world.made.users[who],
    )
    project.save()
    for number in range(clips):
        Task.objects.create(project=project, data={"clip": f"{key}/{number}"})
    return project


def found(key: str, **options: Any) -> tuple[int, dict[int, tuple[dict[str, int], bool]]]:
    """Return the project to go on with, and of each what it holds and whether it is deleted."""
    from plugins.host.doubles import doubles

    (double,) = [double for double in doubles(**options) if double.key == key]
    return double.kept, {copy.number: (dict(copy.holds), copy.deleted) for copy in double.copies}


def left(key: str) -> list[int]:
    from projects.models import Project

    projects = Project.objects.filter(description__contains=f", {key},").order_by("pk")
    return list(projects.values_list("pk", flat=True))


@inside
def test_looking_changes_nothing_and_empty_doubles_go_when_asked(world: World) -> None:
    from plugins.access.models import VibProject

    numbers = [made(world, "family:F-DUBBEL").pk for _ in range(3)]
    assert found("family:F-DUBBEL") == (numbers[0], dict.fromkeys(numbers, ({}, False)))
    assert left("family:F-DUBBEL") == numbers
    kept, copies = found("family:F-DUBBEL", apply=True)
    assert (kept, [copies[number][1] for number in numbers]) == (numbers[0], [False, True, True])
    assert left("family:F-DUBBEL") == [numbers[0]]
    assert VibProject.objects.get(key="family:F-DUBBEL").project.pk == numbers[0]


@inside
def test_the_one_with_codes_stays_and_is_registered_in_place_of_the_older(world: World) -> None:
    from tasks.models import Annotation, Task

    from plugins.access.models import VibProject

    older, newer = made(world, "family:F-DUBBEL"), made(world, "family:F-DUBBEL")
    task = Task.objects.get(project=newer)
    Annotation.objects.create(task=task, project=newer, completed_by=world.made.users["opleider"], result=[])
    assert VibProject.objects.get(key="family:F-DUBBEL").project.pk == older.pk
    kept, copies = found("family:F-DUBBEL", apply=True)
    assert (kept, copies) == (newer.pk, {older.pk: ({}, True), newer.pk: ({"annotations": 1}, False)})
    assert left("family:F-DUBBEL") == [newer.pk]
    assert Annotation.objects.filter(project=newer).count() == 1
    assert VibProject.objects.get(key="family:F-DUBBEL").project.pk == newer.pk


@inside
def test_what_holds_codes_drafts_or_a_round_is_never_deleted(world: World) -> None:
    from tasks.models import Annotation, AnnotationDraft, Task

    from plugins.access.models import Round

    projects = [made(world, "practice:dubbel") for _ in range(4)]
    coder = world.made.users["opleider"]
    tasks = [Task.objects.get(project=project) for project in projects]
    Annotation.objects.create(task=tasks[1], project=projects[1], completed_by=coder, was_cancelled=True, result=[])
    AnnotationDraft.objects.create(task=tasks[2], user=coder, result=[])
    Round.objects.create(name="dubbel", project=projects[3])
    kept, copies = found("practice:dubbel", apply=True)
    assert kept == projects[1].pk
    assert [copies[project.pk][1] for project in projects] == [True, False, False, False]
    assert left("practice:dubbel") == [project.pk for project in projects[1:]]


@inside
def test_what_somebody_made_themselves_is_no_double(world: World) -> None:
    from plugins.host.doubles import doubles

    made(world, "family:F-DUBBEL"), made(world, "family:F-DUBBEL", "beheer")
    assert [double.key for double in doubles(apply=True)] == []
    assert len(left("family:F-DUBBEL")) == 2
