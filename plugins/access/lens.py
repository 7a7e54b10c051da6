"""What is left of an answer: fields that are safe, and counts of what the viewer may see.

Label Studio's own counts are stored with a task or made by joins, over everybody's codes;
here they are counted again, through `narrowing`. A field that is not named is dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q
from tasks.models import Annotation, Prediction, Task

from plugins.access.columns import FILTERS, LISTED, SHOWN
from plugins.access.viewer import Viewer
from plugins.access.visible import hidden_rounds
from vib.codebook.book import OutputLimit
from vib.for_whom import results_without
from vib.project_key import key_of
from vib.roles import May, Right

Json = dict[str, Any]

TASK_FIELDS = frozenset(
    """id inner_id data meta created_at project predictions annotations drafts allow_skip allow_postpone
    queue default_selected_annotation file_upload""".split()
)
PROJECT_FIELDS = frozenset(
    """id title description label_config expert_instruction show_instruction show_skip_button
    enable_empty_annotation show_annotation_history organization color is_published is_draft created_by
    created_at sampling show_ground_truth_first show_overlap_first overlap_cohort_percentage
    parsed_label_config evaluate_predictions_automatically config_has_control_tags skip_queue
    reveal_preannotations_interactively pinned_at config_suitable_for_bulk_annotation model_version
    show_collab_predictions task_count annotation_count source_syncing target_syncing
    start_training_on_annotation_update min_annotations_to_start_training""".split()
)

PERSON_FIELDS = frozenset({"id", "first_name", "last_name", "username", "email", "avatar", "initials"})
"""Of somebody else; when they were last active would tell that they code."""

BACKEND_FIELDS = frozenset(
    "id project title description model_version state readable_state is_interactive created_at updated_at".split()
)
"""Of an ML backend, without its address and password."""

FIXED = {"orderable": False, "filterable": False}
"""What Label Studio's screen is told of a column by which is not to be sorted or filtered."""

TEAM_ONLY: OutputLimit = "team_only"
"""What is said of codes from which something was left out in an export."""

COUNTS = (
    "task_number",
    "total_predictions_number",
    "total_annotations_number",
    "useful_annotation_number",
    "skipped_annotations_number",
    "ground_truth_number",
    "num_tasks_with_annotations",
    "finished_task_number",
    "queue_done",
    "queue_total",
)
"""Counts of a project that are made here, and so need not be made by Label Studio."""


def tasks(viewer: Viewer, shown: Iterable[Json]) -> list[Json]:
    """Return tasks with what the viewer may know of each."""
    shown = list(shown)
    numbers = [task["id"] for task in shown]
    coded: dict[int, list[tuple[int, bool, Any]]] = defaultdict(list)
    rows = Annotation.objects.filter(task__in=numbers).values_list(
        "task", "completed_by", "was_cancelled", "created_at"
    )
    for task, *row in rows:
        coded[task].append(tuple(row))
    predicted = Counter(Prediction.objects.filter(task__in=numbers).values_list("task", flat=True))
    return [_task(task, coded[task["id"]], predicted[task["id"]]) for task in shown]


def _task(task: Json, coded: list[tuple[int, bool, Any]], predicted: int) -> Json:
    submitted = [(by, at) for by, cancelled, at in coded if not cancelled]
    counts = {
        "is_labeled": bool(submitted),
        "total_annotations": len(submitted),
        "cancelled_annotations": len(coded) - len(submitted),
        "total_predictions": predicted,
        "annotators": sorted({by for by, _ in submitted}),
        "completed_at": max((at for _, at in submitted), default=None),
        "draft_exists": bool(task.get("drafts")),
    }
    return {name: value for name, value in task.items() if name in TASK_FIELDS} | {
        name: value for name, value in counts.items() if name in task
    }


def exported(task: Json, team_only: frozenset[str]) -> Json:
    """Return a task of an export without what is for the team only, and with counts of the codes that are in it.

    A file leaves the server, and goes to whoever gets it. What has less in it says so, in ``left_out``.

    Parameters
    ----------
    task : dict
    team_only : frozenset of str
        Codes and ratings of its method that the codebook keeps for the team.
    """
    codes = task.get("annotations", [])
    for code in codes:
        # What a machine said before the codes were made: it has a list, and a rule, of its own.
        code.pop("prediction", None)
    if team_only:
        for kind in ("annotations", "drafts", "predictions"):
            for made in task.get(kind) or ():
                _leave_out(made, team_only)
    coded = [(0, code.get("was_cancelled", False), code["created_at"]) for code in codes]
    return _task(task, coded, len(task.get("predictions", [])))


def _leave_out(made: Json, team_only: frozenset[str]) -> None:
    results = made.get("result") if isinstance(made, dict) else None
    if isinstance(results, list):
        there = [one for one in results if isinstance(one, dict)]
        kept = results_without(there, team_only)
        if kept != there:
            made |= {"result": kept, "left_out": TEAM_ONLY}


def projects(viewer: Viewer, shown: Iterable[Json]) -> list[Json]:
    """Return projects with counts of what the viewer may see in each."""
    shown = list(shown)
    numbers = [project["id"] for project in shown]
    hidden = set(hidden_rounds(viewer).filter(round__project__in=numbers).values_list("round__project", flat=True))
    counts = _counts(viewer, numbers)
    seen = [_project(project, counts[project["id"]], project["id"] in hidden) for project in shown]
    # What ties a project to a family is for machines; who manages would save it back empty.
    return seen if viewer.may(Right.MANAGE) is May.YES else [_without_key(project) for project in seen]


def _project(project: Json, counts: Json, hidden: bool) -> Json:
    kept = {name: value for name, value in project.items() if name in PROJECT_FIELDS}
    kept |= counts
    kept |= {name: False for name in project if name.startswith("can_")}
    if "maximum_annotations" in project:
        kept["maximum_annotations"] = 1
    if hidden:
        kept |= {"model_version": "", "show_collab_predictions": False}
    return kept


def _without_key(project: Json) -> Json:
    return {**project, "description": ""} if key_of(project.get("description")) else project


def _counts(viewer: Viewer, numbers: list[int]) -> dict[int, Json]:
    """Count the tasks, codes and predictions that the viewer sees in each project."""
    submitted, own = Q(was_cancelled=False), Q(completed_by=viewer.id)
    tasks_in = dict(_by_project(Task, numbers).values_list("project", Count("pk")))
    predictions_in = dict(_by_project(Prediction, numbers).values_list("project", Count("pk")))
    codes_in = {
        row["project"]: row
        for row in _by_project(Annotation, numbers).annotate(
            codes=Count("pk", filter=submitted),
            skipped=Count("pk", filter=~submitted),
            reference=Count("pk", filter=Q(ground_truth=True)),
            clips=Count("task", filter=submitted, distinct=True),
            done=Count("task", filter=submitted & own, distinct=True),
        )
    }
    none: Mapping[str, int] = defaultdict(int)
    return {
        number: dict(
            zip(
                COUNTS,
                (
                    tasks_in.get(number, 0),
                    predictions_in.get(number, 0),
                    (codes := codes_in.get(number, none))["codes"],
                    codes["codes"],
                    codes["skipped"],
                    codes["reference"],
                    codes["clips"],
                    codes["done"],
                    codes["done"],
                    tasks_in.get(number, 0),
                ),
                strict=True,
            )
        )
        for number in numbers
    }


def _by_project(model: type[Any], numbers: list[int]) -> Any:
    return model.objects.filter(project__in=numbers).order_by().values("project")


def users(viewer: Viewer, shown: Iterable[Json]) -> list[Json]:
    """Return what the viewer may know of accounts; which these are, `people` sees to."""
    return [
        user if user["id"] == viewer.id else {name: value for name, value in user.items() if name in PERSON_FIELDS}
        for user in shown
    ]


def _task_list(viewer: Viewer, data: Any) -> Any:
    if isinstance(data, list):
        return tasks(viewer, data)
    shown = tasks(viewer, data["tasks"])
    found = {task["project"] for task in shown if "project" in task}
    return {
        "total": data["total"],
        "total_annotations": Annotation.objects.filter(project__in=found, was_cancelled=False).count(),
        "total_predictions": Prediction.objects.filter(project__in=found).count(),
        "tasks": shown,
    }


def _project_list(viewer: Viewer, data: Any) -> Any:
    if isinstance(data, dict):
        return {**data, "results": projects(viewer, data["results"])}
    return projects(viewer, data)


def _columns(viewer: Viewer, data: Json) -> Json:
    kept = [column for column in data["columns"] if column["id"] in SHOWN or column.get("parent") == "data"]
    return {"columns": [_as_shown(column if _sorts(column) else {**column, **FIXED}) for column in kept]}


def _as_shown(column: Json) -> Json:
    aside = column.get("parent") == "data" and column["id"] not in LISTED
    return {**column, "visibility_defaults": {"explore": False, "labeling": False}} if aside else column


def _sorts(column: Json) -> bool:
    return column["id"] in FILTERS or "data" in (column["id"], column.get("parent"))


def _backends(viewer: Viewer, data: Any) -> Any:
    if viewer.may(Right.MANAGE) is May.YES:
        return data
    return [{name: value for name, value in backend.items() if name in BACKEND_FIELDS} for backend in data]


def _one(many: Callable[[Viewer, Iterable[Json]], list[Json]]) -> Callable[[Viewer, Any], Any]:
    return lambda viewer, data: many(viewer, [data])[0]


def _own_actions(viewer: Viewer, data: Any) -> Any:
    return [] if isinstance(data, list) else data


def _no_files(viewer: Viewer, data: Any) -> Json:
    """Say that nobody exported before: Label Studio's dialog asks, and would tell of others."""
    return {"export_files": []}


def _managed_users(viewer: Viewer, data: Any) -> Any:
    return data if viewer.may(Right.MANAGE) is May.YES else users(viewer, data)


LENSES: Mapping[tuple[str, str], Callable[[Viewer, Any], Any]] = {
    ("GET", "api/projects/"): _project_list,
    ("GET", "api/projects/counts/"): _project_list,
    ("GET", "api/projects/<int:pk>/"): _one(projects),
    ("GET", "api/dm/project/"): _one(projects),
    ("GET", "api/tasks/"): _task_list,
    ("GET", "api/tasks/<int:pk>/"): _one(tasks),
    ("GET", "api/projects/<int:pk>/next/"): _one(tasks),
    ("POST", "api/dm/actions/"): _one(tasks),
    ("GET", "api/dm/actions/"): _own_actions,
    ("GET", "api/dm/columns/"): _columns,
    ("GET", "api/projects/<int:pk>/export/files"): _no_files,
    ("GET", "api/users/"): _managed_users,
    ("GET", "api/ml/"): _backends,
}
"""How an answer is shaped, by method and route; an answer of no route here is as Label Studio made it."""
