"""However a query is made, it gives each viewer the rows that a plain reading of the scenario gives them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import patch

import pytest

from tests.plugins.access.inside import World, inside

PEOPLE = ("beheer", "opleider", "opleider2", "begeleider", "collega", "vreemd", "anna", "bram", "carla", "nieuw")

FAMILIES = {"eigen": {"beheer", "opleider", "begeleider", "collega"}, "ander": {"vreemd"}}
ROUNDS = {"toren": {"anna", "bram", "opleider"}, "puzzel": {"carla", "opleider2"}, "open": {"anna", "bram", "opleider"}}
TASKS = {"ontbijt": "eigen", "bad": "eigen", "geheim": "ander"}
COLLEAGUES, SUPERVISORS, TRAINEES = (
    {"begeleider", "collega", "vreemd"},
    {"opleider", "opleider2"},
    {"anna", "bram", "carla"},
)


def seen_tasks(who: str) -> set[str]:
    """Return the tasks that somebody sees."""
    of_families = {task for task, project in TASKS.items() if who in FAMILIES[project]}
    return of_families | {task for task, members in ROUNDS.items() if who in members}


def seen_codes(who: str, codes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return whose codes of which task somebody sees."""
    there, tasks = set(codes), seen_tasks(who)

    def seen(coder: str, task: str) -> bool:
        if coder == who:
            return True
        if who in SUPERVISORS:
            return task in ROUNDS and coder in ROUNDS[task]
        if who in TRAINEES:
            return task == "open"
        return who in COLLEAGUES and (who, task) in there

    return {(coder, task) for coder, task in there if task in tasks and seen(coder, task)}


Way = Callable[[], Iterable[int]]


def ways(model: Any, related: Callable[[], Iterable[Any]]) -> dict[str, Way]:
    """Return many ways to ask for the numbers of all rows."""
    from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
    from django.db.models.functions import RowNumber

    every = model.objects.all
    some = model.objects.filter(pk__gt=0)

    def numbers(queryset: Any) -> list[int]:
        return list(queryset.order_by().values_list("pk", flat=True))

    def given_query() -> Any:
        queryset = every()
        queryset.query = pickle.loads(pickle.dumps(every().query))  # noqa: S301 - our own
        return queryset

    return {
        "all": lambda: [row.pk for row in every()],
        "iterator": lambda: [row.pk for row in every().iterator(chunk_size=2)],
        "values": lambda: [row["pk"] for row in every().values("pk")],
        "only": lambda: [row.pk for row in every().only("pk")],
        "in bulk": lambda: every().in_bulk().keys(),
        "base manager": lambda: numbers(model._base_manager.all()),
        "a slice": lambda: [row.pk for row in every().order_by("pk")[:50]],
        "backwards": lambda: [row.pk for row in reversed(every().order_by("pk"))],
        "distinct": lambda: numbers(every().distinct()),
        "exclude": lambda: numbers(every().exclude(project__title="x")),
        "exclude by a list": lambda: numbers(every().exclude(project__tasks__pk=0)),
        "joined": lambda: [row.pk for row in every().select_related("project__organization")],
        "or": lambda: numbers(model.objects.filter(pk__lt=0) | some),
        "or with a join": lambda: numbers(every() | model.objects.filter(project__title="x")),
        "and": lambda: numbers(some & model.objects.filter(project__pk__gt=0)),
        "either": lambda: numbers(some ^ model.objects.filter(pk__lt=0)),
        "union": lambda: {row.pk for row in every().union(some)},
        "intersection": lambda: {row.pk for row in every().intersection(some)},
        "difference": lambda: {row.pk for row in every().difference(model.objects.filter(pk=0))},
        "in a subquery": lambda: numbers(model.objects.filter(pk__in=some.values("pk"))),
        "in a subquery of everything": lambda: numbers(
            model._base_manager.filter(Exists(some.filter(pk=OuterRef("pk"))))
        ),
        "a subquery's value": lambda: {
            row.found for row in every().annotate(found=Subquery(some.filter(pk=OuterRef("pk")).values("pk")))
        },
        "grouped": lambda: numbers(every().annotate(n=Count("project")).filter(n__gt=0)),
        "grouped, or": lambda: numbers(every().annotate(n=Count("project")).filter(Q(n__gt=0) | Q(pk__lt=0))),
        "window": lambda: numbers(every().annotate(n=Window(RowNumber())).filter(n__gt=0)),
        "alias": lambda: numbers(every().alias(of=F("project")).filter(of__gt=0)),
        "pickled": lambda: [row.pk for row in pickle.loads(pickle.dumps(every()))],  # noqa: S301 - our own
        "pickled query": lambda: numbers(given_query()),
        "copied": lambda: numbers(copy.deepcopy(some)),
        "related": lambda: [row.pk for rows in related() for row in rows.all()],
        "related, filtered": lambda: [row.pk for rows in related() for row in rows.filter(pk__gt=0).exclude(pk=0)],
        "locked": lambda: numbers(every().select_for_update()),
        "one by one": lambda: [row.pk for row in [every().filter(pk=number).first() for number in ALL[model]] if row],
        "first and last": lambda: (
            numbers(every()) if bool(every().first()) == bool(every().last()) == every().exists() else [0]
        ),
    }


ALL: dict[Any, list[int]] = {}
"""The numbers of all rows, by model."""


def compare(
    world: World, model: Any, expected: Callable[[str], set[int]], related: Callable[[], Iterable[Any]]
) -> None:
    """Ask in each way as everybody."""
    from django.db.models import Count, Max

    from plugins.access.narrowing import everything, look_as

    with everything():
        ALL[model] = list(model.objects.values_list("pk", flat=True))
    asked = ways(model, related)
    for who in PEOPLE:
        rows = expected(who)
        look_as(world.viewer(who))
        for name, way in asked.items():
            assert set(way()) == rows, (who, name)
        assert model.objects.count() == len(rows)
        assert model.objects.order_by("pk")[:50].count() == len(rows)
        assert model.objects.aggregate(n=Count("pk"), last=Max("pk")) == {
            "n": len(rows),
            "last": max(rows, default=None),
        }
        assert model.objects.filter(pk__in=ALL[model]).exists() == bool(rows)
        assert model.objects.all().union(model.objects.all()).count() == len(rows)
        look_as(None)
    assert {row.pk for row in model.objects.all()} == set(ALL[model])


@inside
def test_tasks_are_those_of_own_families_and_rounds_however_asked(world: World) -> None:
    from projects.models import Project
    from tasks.models import Task

    numbers = {name: task.pk for name, task in world.made.tasks.items()}
    compare(
        world,
        Task,
        lambda who: {numbers[name] for name in seen_tasks(who)},
        lambda: [project.tasks for project in Project.objects.all()],
    )


@inside
def test_codes_are_own_ones_and_those_of_whom_one_may_see_however_asked(world: World) -> None:
    from tasks.models import Annotation
    from users.models import User

    codes = {key: code.pk for key, code in world.made.codes.items()}
    compare(
        world,
        Annotation,
        lambda who: {codes[key] for key in seen_codes(who, codes)},
        lambda: [user.annotations for user in User.objects.all()],
    )


@inside
def test_codes_inside_a_query_of_tasks_are_narrowed_as_well(world: World) -> None:
    from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
    from tasks.models import Annotation, Task

    from plugins.access.narrowing import look_as

    names = {task.pk: name for name, task in world.made.tasks.items()}
    accounts = {account.pk: name for name, account in world.made.users.items()}
    of_task = Annotation.objects.filter(task=OuterRef("pk")).order_by()
    inner = Annotation.objects.filter(task=OuterRef("task"), completed_by=OuterRef("completed_by"))
    counted = of_task.values("task").annotate(n=Count("pk")).values("n")
    for who in PEOPLE:
        look_as(world.viewer(who))
        expected = {
            name: {key for key in seen_codes(who, world.made.codes) if key[1] == name} for name in seen_tasks(who)
        }
        for task in Task.objects.annotate(
            n=Subquery(counted),
            deep=Exists(of_task.filter(Exists(inner))),
            newest=Subquery(of_task.order_by("-pk").values("pk")[:1]),
            brams=Exists(of_task.filter(completed_by=world.user("bram"))),
        ).prefetch_related("annotations", Prefetch("annotations", Annotation.objects.all(), "again")):
            name = names[task.pk]
            there = expected.pop(name)
            assert (task.n or 0) == len(there), (who, name)
            assert task.deep == bool(there), (who, name)
            assert task.newest == max((world.code(*key) for key in there), default=None), (who, name)
            assert task.brams == (("bram", name) in there), (who, name)
            for rows in (task.annotations.all(), task.again):
                assert {(accounts[row.completed_by_id], name) for row in rows} == there, (who, name)
        assert expected == {}, who
        look_as(None)


@inside
def test_drafts_predictions_tabs_and_projects_follow_the_same_rule(world: World) -> None:
    from data_manager.models import View
    from ml.models import MLBackend
    from projects.models import Project
    from tasks.models import AnnotationDraft, Prediction

    from plugins.access.narrowing import look_as

    made = world.made
    hidden = {"toren": ROUNDS["toren"]}
    for who in PEOPLE:
        tasks = seen_tasks(who)
        projects = {TASKS.get(name, "oefenset") for name in tasks}
        look_as(world.viewer(who))
        drafts = {made.drafts[key].pk for key in made.drafts if key[0] == who and key[1] in tasks}
        assert set(AnnotationDraft.objects.values_list("pk", flat=True)) == drafts, who
        shown = {row.pk for name, row in made.predictions.items() if name in tasks and who not in hidden.get(name, ())}
        assert set(Prediction.objects.values_list("pk", flat=True)) == shown, who
        assert set(View.objects.values_list("user", flat=True)) == (
            {world.user(who)} if who in made.views else set()
        ), who
        numbers = {made.projects[name].pk for name in projects}
        assert set(Project.objects.values_list("pk", flat=True)) == numbers, who
        without = {made.projects["oefenset"].pk} if who in ROUNDS["toren"] else set()
        assert set(MLBackend.objects.values_list("project", flat=True)) == numbers - without, who
        look_as(None)


@inside
def test_a_query_set_that_is_shared_is_narrowed_anew_for_each_who_uses_it(world: World) -> None:
    from tasks.models import Annotation

    from plugins.access.narrowing import everything, look_as

    shared, codes = Annotation.objects.all(), {key: code.pk for key, code in world.made.codes.items()}
    for who in (*PEOPLE, *reversed(PEOPLE)):
        look_as(world.viewer(who))
        rows = {codes[key] for key in seen_codes(who, codes)}
        assert set(shared.values_list("pk", flat=True)) == rows, who
        assert shared.count() == len(rows), who
        with everything():
            assert shared.count() == len(codes)
    look_as(world.viewer("opleider"))
    made_by_supervisor = Annotation.objects.filter(pk__gt=0)
    look_as(world.viewer("anna"))
    both = seen_codes("opleider", codes) & seen_codes("anna", codes)
    assert {row.pk for row in made_by_supervisor} == {codes[key] for key in both}


@inside
def test_rows_out_of_sight_are_neither_changed_nor_deleted(world: World) -> None:
    from tasks.models import Annotation, Task

    from plugins.access.narrowing import look_as

    codes = {key: code.pk for key, code in world.made.codes.items()}
    seen = {codes[key] for key in seen_codes("anna", codes)}
    look_as(world.viewer("anna"))
    assert Annotation.objects.update(lead_time=7) == len(seen)
    assert Annotation.objects.bulk_update(
        [Annotation(pk=pk, lead_time=8) for pk in codes.values()], ["lead_time"]
    ) == len(seen)
    assert Task.objects.filter(pk=world.task("geheim")).update(overlap=5) == 0
    Annotation.objects.exclude(pk__in=seen).delete()
    look_as(None)
    assert set(Annotation.objects.filter(lead_time=8).values_list("pk", flat=True)) == seen
    assert Annotation.objects.count() == len(codes)


@inside
def test_an_administrator_who_manages_sees_nothing_of_families(world: World) -> None:
    from projects.models import Project
    from tasks.models import Annotation, Task

    from plugins.access.narrowing import look_as

    viewer = world.viewer("beheer")
    viewer.managing = True
    look_as(viewer)
    assert (Task.objects.count(), Annotation.objects.count(), Project.objects.count()) == (0, 0, 0)


@inside
def test_a_rule_that_would_join_tables_is_refused(world: World) -> None:
    from django.db.models import Q
    from tasks.models import Annotation

    from plugins.access import narrowing

    viewer = world.viewer("anna")
    rows = Annotation.objects.all()
    with patch.object(narrowing, "_kept", {}), pytest.raises(RuntimeError, match="joins tables"):
        narrowing._compiled(rows, lambda viewer: Q(task__project__created_by=viewer.id), viewer)


def seen(world: World, who: str, model: Any) -> set[int]:
    """Return the numbers of the rows that somebody sees."""
    from plugins.access.narrowing import look_as

    look_as(world.viewer(who))
    found = set(model.objects.values_list("pk", flat=True))
    look_as(None)
    return found


@inside
def test_a_part_in_a_round_gives_nothing_to_who_got_another_role(world: World) -> None:
    from django.contrib.auth.models import Group
    from projects.models import Project
    from tasks.models import Task

    assert world.project("oefenset") in seen(world, "anna", Project)
    world.made.users["anna"].groups.set([Group.objects.get(name="supervisor")])
    assert seen(world, "anna", Project) == set()
    assert seen(world, "anna", Task) == set()


def add_codes(world: World, who: str, name: str, **more: Any) -> int:
    """Have somebody code a task; return the number of the codes."""
    from tasks.models import Annotation

    task = world.made.tasks[name]
    made = Annotation.objects.create(
        task=task, project=task.project, completed_by=world.made.users[who], result=[], **more
    )
    return int(made.pk)


@inside
def test_who_skips_a_clip_does_not_see_what_a_colleague_coded_of_it(world: World) -> None:
    from tasks.models import Annotation

    number = add_codes(world, "begeleider", "bad", was_cancelled=True)
    assert world.code("collega", "bad") not in seen(world, "begeleider", Annotation)
    Annotation.objects.filter(pk=number).update(was_cancelled=False)
    assert world.code("collega", "bad") in seen(world, "begeleider", Annotation)


@inside
def test_a_supervisor_sees_no_codes_of_who_is_not_in_the_round(world: World) -> None:
    from tasks.models import Annotation

    number = add_codes(world, "carla", "toren")
    found = seen(world, "opleider", Annotation)
    assert number not in found
    assert {world.code("anna", "toren"), world.code("bram", "toren")} <= found
