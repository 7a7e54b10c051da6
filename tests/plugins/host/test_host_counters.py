"""What Label Studio counts for a project is counted once a request, at its end, and right."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from tests.plugins.access.inside import World, inside
from tests.plugins.coding.test_coding_log import turn

COUNTING = 'UPDATE "projects_projectsummary"'


def counted(world: World, task: str = "toren") -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Return what is counted of the project of a task: results, and labels."""
    from tasks.models import Task

    from plugins.access import narrowing

    narrowing.look_as(None)
    summary = Task.objects.get(pk=world.task(task)).project.summary
    summary.refresh_from_db()
    return summary.created_annotations, summary.created_labels


def submit(world: World, *turns: str) -> Any:
    """Submit codes of a clip."""
    path = f"/api/tasks/{world.task('toren')}/annotations/"
    return world.ask("anna", "POST", path, {"result": [turn(name) for name in turns], "lead_time": 1})


@inside
def test_a_submit_writes_the_counts_of_its_project_once_and_as_its_last_change_of_what_others_wait_for(
    world: World,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    submit(world, "a")
    with CaptureQueriesContext(connection) as asked:
        assert submit(world, "a", "b").status == 201
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.startswith(COUNTING) for sql in written].count(True) == 1
    place = next(number for number, sql in enumerate(written) if sql.startswith(COUNTING))
    assert not [sql for sql in written[place + 1 :] if "task" in sql.split()[1:3]], written[place:]


@inside
def test_every_result_is_counted_and_taken_off_again(world: World) -> None:
    from tasks.models import Annotation

    results, labels = counted(world)
    made = [submit(world, "a", "b").json["id"], submit(world, "c").json["id"]]
    more, more_labels = counted(world)
    assert sum(more.values()) == sum(results.values()) + 3
    assert more_labels != labels
    changed = {"result": [turn("a")]}
    assert world.ask("anna", "PATCH", f"/api/annotations/{made[0]}/", changed).status == 200
    assert sum(counted(world)[0].values()) == sum(results.values()) + 2
    for annotation in Annotation.objects.filter(pk__in=made):
        annotation.delete()
    assert counted(world) == (results, labels)


@inside
def test_nothing_is_counted_of_what_is_not_stored(world: World) -> None:
    before = counted(world)
    with patch("tasks.api.fill_history_annotation", side_effect=RuntimeError("half-way")):
        assert submit(world, "a").status == 500
    assert counted(world) == before


@inside
def test_what_another_request_counted_meanwhile_is_not_written_over(world: World) -> None:
    from projects.models import ProjectSummary
    from tasks.models import Task

    before = sum(counted(world)[0].values())

    def meanwhile(*_: Any) -> None:
        summary = ProjectSummary.objects.get(project=Task.objects.get(pk=world.task("toren")).project)
        key = next(iter(summary.created_annotations), "other")
        summary.created_annotations = {**summary.created_annotations, key: summary.created_annotations.get(key, 0) + 10}
        summary.save(update_fields=["created_annotations"])

    with patch("tasks.api.fill_history_annotation", side_effect=meanwhile):
        assert submit(world, "a").status == 201
    assert sum(counted(world)[0].values()) == before + 11


@inside
def test_the_columns_of_a_clip_are_counted_where_its_data_changes(world: World) -> None:
    from tasks.models import Task

    from plugins.access import narrowing

    narrowing.look_as(None)
    task = Task.objects.get(pk=world.task("toren"))
    summary = task.project.summary
    task.data = {**task.data, "weather": "sun"}
    task.save()
    summary.refresh_from_db()
    assert summary.all_data_columns["weather"] == 1
    task.save(update_fields=["is_labeled", "total_annotations"])
    summary.refresh_from_db()
    assert summary.all_data_columns["weather"] == 1


@inside
def test_whatever_a_request_does_with_codes_and_drafts_it_locks_the_counts_of_the_project_last(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    task = world.task("toren")

    def asked_of(method: str, path: str, **content: Any) -> Any:
        with CaptureQueriesContext(connection) as asked:
            answer = world.ask("anna", method, path, content)
        assert answer.status < 300
        of_tasks = [number for number, query in enumerate(asked) if query["sql"].startswith('UPDATE "task"')]
        of_counts = [number for number, query in enumerate(asked) if query["sql"].startswith(COUNTING)]
        assert of_counts
        assert not of_tasks or of_tasks[-1] < of_counts[0], [
            query["sql"][:200] for query in list(asked)[of_counts[0] :]
        ]
        return answer.json if answer.text else None

    draft = asked_of("POST", f"/api/tasks/{task}/drafts", result=[turn("a")])["id"]
    asked_of("PATCH", f"/api/drafts/{draft}/", result=[turn("b")])
    path = f"/api/tasks/{task}/annotations/"
    made = asked_of("POST", path, result=[turn("a")], lead_time=1, draft_id=draft)["id"]
    asked_of("PATCH", f"/api/annotations/{made}/", result=[turn("a"), turn("b")])
    asked_of("DELETE", f"/api/annotations/{made}/")


@inside
def test_the_draft_of_a_submit_goes_with_its_labels_and_those_of_others_stay(world: World) -> None:
    from tasks.models import AnnotationDraft, Task

    from plugins.access import narrowing

    def labels() -> int:
        narrowing.look_as(None)
        summary = Task.objects.get(pk=task).project.summary
        summary.refresh_from_db()
        return sum(sum(group.values()) for group in summary.created_labels_drafts.values())

    task = world.task("toren")
    before = labels()
    drafts = [
        world.ask("anna", "POST", f"/api/tasks/{task}/drafts", {"result": [turn(name)]}).json["id"]
        for name in ("a", "b")
    ]
    each = (labels() - before) // 2
    assert each > 0
    path = f"/api/tasks/{task}/annotations/"
    sent = {"result": [turn("a")], "lead_time": 1, "draft_id": drafts[0]}
    assert world.ask("anna", "POST", path, sent).status == 201
    assert labels() == before + each
    assert [draft for draft in drafts if AnnotationDraft.objects.filter(pk=draft).exists()] == [drafts[1]]
    assert world.ask("anna", "DELETE", f"/api/drafts/{drafts[1]}/").status == 204
    assert labels() == before
