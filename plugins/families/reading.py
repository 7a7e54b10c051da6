"""From what somebody may see in the database to their families and how far the clips of these are.

Every query here is narrowed by the access rules to what the viewer may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import final

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from projects.models import Project
from tasks.models import Annotation, AnnotationDraft, Prediction, Task

from plugins.host.accounts import rater_names
from plugins.host.confined import open_below
from plugins.host.consented import may_be_seen
from plugins.host.media import clip_of
from vib.clip_files import LOOK
from vib.consent import TO_LEARN, TO_SEE
from vib.family import family_of
from vib.job import Job
from vib.language import Text
from vib.library import LIBRARY, Entry, refused
from vib.look import look_from
from vib.project_key import key_of
from vib.roles import Role

from .clip import Clip, stage_of


@final
@dataclass(frozen=True, slots=True)
class Family:
    """A family of somebody.

    Parameters
    ----------
    project : int or None
        None where it has no clips yet: then it has no page here.
    name : str
        Its pseudonym.
    submitted : int
        Clips of which who looks submitted codes.
    newest : int
        Task of the clip that came last; 0 where there is none.
    """

    project: int | None
    name: str
    clips: int
    submitted: int
    newest: int


def families_of(user: int) -> list[Family]:
    """Return somebody's families, the one with the newest clip first and those without clips last.

    By a few queries, whatever there is.
    """
    projects = Project.objects.order_by("pk").values_list("pk", "description")
    names = {pk: key.family for pk, said in projects if (key := key_of(said)) is not None and key.family}
    counted = (
        Task.objects.filter(project__in=names)
        .order_by()
        .values_list("project")
        .annotate(count=Count("pk"), newest=Max("pk"))
    )
    clips = {project: (count, newest) for project, count, newest in counted}
    none = (0, 0)
    own = (
        Annotation.objects.filter(project__in=names, completed_by=user, was_cancelled=False)
        .order_by()
        .values_list("project")
        .annotate(count=Count("task", distinct=True))
    )
    submitted = dict(own)
    found = [
        Family(pk, name, clips.get(pk, none)[0], submitted.get(pk, 0), clips.get(pk, none)[1])
        for pk, name in names.items()
    ]
    there = set(names.values())
    new = [Family(None, name, 0, 0, 0) for name in _held_by(user) if name not in there]
    return [*sorted(found, key=lambda family: family.newest, reverse=True), *new]


def newest_first(family: Family) -> QuerySet[Task]:
    """Return the tasks of a family, the newest first."""
    found: QuerySet[Task] = Task.objects.filter(project=family.project).order_by("-pk")
    return found


def clips_of(tasks: Sequence[Task], user: int, role: Role | None) -> list[Clip]:
    """Return how far clips are for an account with a role.

    By four queries, and a question to the ML backend for each project with a clip that is not cut.
    """
    shown = [task.pk for task in tasks]
    by: dict[int, list[int]] = defaultdict(list)
    coded = Annotation.objects.filter(task__in=shown, was_cancelled=False).order_by("created_at")
    for task, coder in coded.values_list("task", "completed_by"):
        by[task].append(coder)
    begun = set(
        AnnotationDraft.objects.filter(task__in=shown, user=user, annotation=None).values_list("task", flat=True)
    )
    cut = set(Prediction.objects.filter(task__in=shown).order_by().values_list("task", flat=True))
    jobs = _jobs({task.project_id for task in tasks if task.pk not in cut and user not in by[task.pk]})
    names = rater_names() if by else {}
    viewing = TO_LEARN if role is Role.TRAINEE else TO_SEE

    def clip(task: Task) -> Clip:
        job = jobs.get(task.pk)
        full = clip_of(task)
        stage = stage_of(
            seen=may_be_seen(full, viewing),
            submitted=user in by[task.pk],
            begun=task.pk in begun,
            cut=task.pk in cut,
            job=job,
        )
        name = full.removeprefix(f"{family_of(full)}/")
        others = tuple(dict.fromkeys(names[coder] for coder in by[task.pk] if coder != user))
        return Clip(
            task.pk,
            task.project_id,
            name,
            stage,
            job.reason if job and stage == "failed" else None,
            others,
            _look(full),
        )

    return [clip(task) for task in tasks]


def refused_of(families: Collection[str]) -> list[Entry]:
    """Return the recordings of families that could not be used, the newest first."""
    return refused(settings.VIB.data / LIBRARY, families)


def _held_by(user: int) -> list[str]:
    held = settings.VIB_PLUGIN_HOST.hook.vib_families(user=user)
    return sorted({name for names in held for name in names})


def _look(clip: str) -> Text | None:
    """Return what was found in a clip once it was made, in one line."""
    try:
        with open_below(settings.VIB_MEDIA_ROOT, f"{clip}{LOOK}") as file:
            look = look_from(file.read())
    except OSError:
        return None
    return None if look is None else look.line


def _jobs(projects: Collection[int]) -> dict[int, Job]:
    """Return the jobs of some projects by task; none where nobody knows them, which is asked once."""
    found: dict[int, Job] = {}
    for project in sorted(projects):
        jobs = settings.VIB_PLUGIN_HOST.hook.vib_jobs(project=project)
        if jobs is None:
            break
        found |= {job.task: job for job in jobs if job.task is not None}
    return found
