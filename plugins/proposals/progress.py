"""How far the turns of a project are: its clips, the predictions that are there, and the backend's jobs.

Every query here is narrowed by the access rules to what the viewer may see, so that whatever is
found may be shown to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any, final

from django.db.models import Count, Q
from projects.models import Project
from tasks.models import Prediction, Task

from plugins.host.accounts import role_of
from vib.job import GAVE_UP, Job
from vib.language import Text
from vib.project_key import key_of
from vib.roles import May, Right, may

from .backend import NoBackend, jobs_of
from .texts import Stage

DOUBTFUL = 0.5
"""Confidence below which a turn is one to look at first."""

REMEMBERED = 4_096
"""Predictions of which is remembered what they hold."""

_known: dict[tuple[int, datetime], Found] = {}

ORDER: tuple[Stage, ...] = ("failed", "dead", "working", "queued", "none", "ready")
"""What asks for somebody comes first."""


@final
@dataclass(frozen=True, slots=True)
class Found:
    """What there is of the turns of a clip.

    Parameters
    ----------
    actors : Mapping[str, int]
        Turns of each actor, by the actor's code.
    doubtful : int
        Turns whose confidence is low.
    sure : float or None
        Mean confidence, from 0 to 1; None where nothing says it.
    """

    count: int
    actors: Mapping[str, int]
    doubtful: int
    sure: float | None


@final
@dataclass(frozen=True, slots=True)
class Clip:
    """One clip, and how far it is.

    Parameters
    ----------
    progress : float
        Part of the work that is done, from 0 to 1.
    position : int or None
        Clips that come before it in the queue, and itself.
    """

    task: int
    name: str
    state: Stage
    progress: float = 0.0
    position: int | None = None
    attempts: int = 0
    reason: Text | None = None
    found: Found | None = None


@final
@dataclass(frozen=True, slots=True)
class Progress:
    """The clips of a project. `reachable` says whether the backend could be asked."""

    project: Project
    clips: Sequence[Clip]
    reachable: bool

    @property
    def done(self) -> int:
        """Clips with turns."""
        return sum(clip.state == "ready" for clip in self.clips)

    @property
    def failed(self) -> int:
        """Clips that could not be cut."""
        return sum(clip.state in GAVE_UP for clip in self.clips)

    @property
    def missing(self) -> list[int]:
        """The tasks of clips without turns on which no work is done."""
        return [clip.task for clip in self.clips if clip.state == "none"]

    @property
    def busy(self) -> bool:
        """Whether there is work to be done yet."""
        return any(clip.state in ("working", "queued") for clip in self.clips)


@final
@dataclass(frozen=True, slots=True)
class Line:
    """A project in the list: how many of its clips have turns."""

    number: int
    title: str
    clips: int
    done: int


def progress_of(project: Project) -> Progress:
    """Return how far a project is, as far as the viewer may see."""
    tasks = dict(Task.objects.filter(project=project).order_by("pk").values_list("pk", "data"))
    found = _found(project)
    try:
        jobs, reachable = jobs_of(project.pk), True
    except NoBackend:
        jobs, reachable = {}, False
    clips = [_clip(pk, data, jobs.get(pk), found.get(pk)) for pk, data in tasks.items()]
    clips.sort(key=lambda clip: (ORDER.index(clip.state), clip.position or 0, clip.name))
    return Progress(project, clips, reachable)


def lines() -> list[Line]:
    """Return the projects of `vib sync` that the viewer sees, those with work left first."""
    rows = Project.objects.values_list("pk", "title", "description")
    projects = {pk: title for pk, title, description in rows if key_of(description) is not None}
    clips = dict(Task.objects.filter(project__in=projects).order_by().values_list("project").annotate(all=Count("pk")))
    done = dict(
        Prediction.objects.filter(project__in=projects)
        .order_by()
        .values_list("project")
        .annotate(done=Count("task", distinct=True))
    )
    shown = [
        Line(pk, title or f"project {pk}", clips[pk], done.get(pk, 0))
        for pk, title in projects.items()
        if clips.get(pk)
    ]
    return sorted(shown, key=lambda line: (line.done >= line.clips, line.title, line.number))


def may_ask(user: Any) -> bool:
    """Tell whether an account may have clips cut: who may see families. The role table decides, here is courtesy."""
    return may(role_of(user), Right.SEE) is not May.NO


def _clip(task: int, data: Mapping[str, Any], job: Job | None, found: Found | None) -> Clip:
    name = str(data.get("clip") or f"taak {task}")
    if job is not None and job.state in ("queued", "working"):
        return Clip(task, name, job.state, job.progress, job.position, job.attempts, found=found)
    if found is not None:
        return Clip(task, name, "ready", 1.0, found=found)
    if job is not None and job.gave_up:
        return Clip(task, name, job.state, job.progress, None, job.attempts, job.reason)
    # Also when the backend is done: somebody took the turns away here, or a round keeps them from this viewer.
    return Clip(task, name, "none")


def _found(project: Project) -> dict[int, Found]:
    """Return what the newest turns of each task are; those of the version that the project shows count first."""
    shown = Q(model_version=project.model_version or "")
    rows = Prediction.objects.filter(project=project).order_by("pk").annotate(shown=Count("pk", filter=shown))
    newest: dict[int, tuple[int, int, datetime]] = {}
    for task, row in (
        (row["task"], (row["shown"], row["pk"], row["updated_at"]))
        for row in rows.values("task", "pk", "shown", "updated_at")
    ):
        newest[task] = max(newest.get(task, row), row)
    summaries = _summaries([(pk, updated) for _, pk, updated in newest.values()])
    return {task: summaries[pk] for task, (_, pk, _) in newest.items() if pk in summaries}


def _summaries(predictions: Sequence[tuple[int, datetime]]) -> dict[int, Found]:
    """Return what predictions hold, without those that went meanwhile.

    Pages ask again every few seconds, and results may be long: those that were read are remembered.
    """
    found = {key: known for key in predictions if (known := _known.get(key)) is not None}
    read = Prediction.objects.only("result").in_bulk([key[0] for key in predictions if key not in found])
    fresh = {key: _summary(read[key[0]].result) for key in predictions if key[0] in read}
    if len(_known) + len(fresh) > REMEMBERED:
        _known.clear()
    _known.update(fresh)
    return {pk: summary for (pk, _), summary in (found | fresh).items()}


def _summary(result: Any) -> Found:
    """Return what is in a result; others than the backend may have made it, in any shape."""
    listed = result if isinstance(result, list) else []
    regions = [region for region in listed if isinstance(region, dict) and region.get("type") == "labels"]
    actors: dict[str, int] = {}
    for region in regions:
        match region.get("value"):
            case {"labels": [str(actor), *_]}:
                actors[actor] = actors.get(actor, 0) + 1
    scores = [score for region in regions if isinstance(score := region.get("score"), int | float) and 0 <= score <= 1]
    doubtful = sum(score < DOUBTFUL for score in scores)
    return Found(len(regions), actors, doubtful, fmean(scores) if scores else None)
