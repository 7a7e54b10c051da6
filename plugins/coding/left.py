"""From what somebody may see in the database to what they have left to code.

Every query of projects, tasks and codes is narrowed by the access rules to what the viewer may see.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import final

from projects.models import Project
from tasks.models import Annotation, AnnotationDraft, Task

from plugins.host.consented import may_be_seen
from plugins.host.rounds import rounds_of
from vib.coding_round import CodingRound
from vib.consent import TO_LEARN, TO_SEE
from vib.roles import May, Right, Role, may
from vib.stored_codes import length_of

from .models import Work
from .portion import Clip, Portion, pace_of

LATELY = 20
"""Of how many codings somebody's pace is the middle; how many that they were at are looked through."""


@final
@dataclass(frozen=True, slots=True)
class Touched:
    """A clip that somebody began to code, or to change, and did not submit since."""

    project: int
    task: int
    clip: str
    at: datetime


def portions_of(user: int, project: int | None = None) -> list[Portion]:
    """Return what somebody codes: each of their rounds, the first due first; and a project of no round of theirs."""
    rounds = rounds_of(user)
    alone = None if project in (None, *(one.project for one in rounds)) else Project.objects.filter(pk=project).first()
    projects = {one.project for one in rounds} | ({alone.pk} if alone else set())
    if not projects:
        return []
    clips = _clips(projects)
    submitted, skipped = set[int](), set[int]()
    coded = Annotation.objects.filter(completed_by=user, project__in=projects)
    for task, cancelled in coded.values_list("task", "was_cancelled"):
        (skipped if cancelled else submitted).add(task)
    later = AnnotationDraft.objects.filter(user=user, task__project__in=projects, was_postponed=True)
    skipped.update(later.values_list("task", flat=True))

    def portion(title: str, project: int, round_: CodingRound | None = None) -> Portion:
        viewing = TO_SEE if round_ is None else TO_LEARN
        handed = (clip for clip in clips[project] if round_ is None or clip.name in round_.clips)
        own = tuple(clip for clip in handed if clip.task in submitted or may_be_seen(clip.name, viewing))
        return Portion(title, project, own, frozenset(submitted), frozenset(skipped), round_)

    found = [portion(one.name, one.project, one) for one in rounds]
    return [*found, portion(alone.title, alone.pk)] if alone else found


def own_pace(user: int) -> float | None:
    """Return how many seconds somebody takes for one of a clip, by what they submitted last; None if nothing tells."""
    last = Annotation.objects.filter(completed_by=user, was_cancelled=False).order_by("-created_at")[:LATELY]
    return pace_of(
        (took, length_of({"duration": lasts})) for took, lasts in last.values_list("lead_time", "task__data__duration")
    )


def last_touched(user: int, role: Role | None, portions: Sequence[Portion]) -> Touched | None:
    """Return the clip that somebody was last at and may still code, None where all they began is submitted."""
    works = Work.objects.filter(user=user, submitted=False, last__gt=0).order_by("-seen")
    drafts = AnnotationDraft.objects.filter(user=user).order_by("-updated_at")
    begun = [
        *works.values_list("seen", "task", "annotation")[:LATELY],
        *drafts.values_list("updated_at", "task", "annotation")[:LATELY],
    ]
    tasks = {task for _, task, _ in begun}
    if not tasks:
        return None
    seen = Task.objects.filter(pk__in=tasks).values_list("pk", "project", "data__clip")
    there = {task: (project, str(clip)) for task, project, clip in seen}
    own = Annotation.objects.filter(completed_by=user, task__in=tasks, was_cancelled=False)
    submitted = set(own.values_list("task", flat=True))
    own_families = may(role, Right.CODE) is May.FAMILIES
    if not own_families:
        handed = {clip.task for one in portions if one.leads or not one.is_open for clip in one.clips}
        there = {task: where for task, where in there.items() if task in handed}
    viewing = TO_SEE if own_families else TO_LEARN
    there = {task: where for task, where in there.items() if may_be_seen(where[1], viewing)}
    # What was begun anew after it was submitted elsewhere is no coding of its own.
    found = [(at, task) for at, task, changed in begun if task in there and (changed or task not in submitted)]
    if not found:
        return None
    at, task = max(found)
    project, clip = there[task]
    return Touched(project, task, clip, at)


def _clips(projects: Collection[int]) -> dict[int, list[Clip]]:
    """Return the clips of projects by name."""
    found: dict[int, list[Clip]] = {project: [] for project in projects}
    tasks = Task.objects.filter(project__in=projects)
    for task, project, clip, lasts in tasks.values_list("pk", "project", "data__clip", "data__duration"):
        found[project].append(Clip(task, str(clip or task), length_of({"duration": lasts})))
    return {project: sorted(clips, key=lambda clip: clip.name) for project, clips in found.items()}
