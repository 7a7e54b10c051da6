"""What becomes of clips that moved: withheld at once, and then those of another family, or of another pseudonym.

Nobody but the machine sees a withheld clip, its task, or what was made of it: see `visible`.
"""

from __future__ import annotations

from collections.abc import Iterable

from projects.models import Project
from tasks.models import Task

from plugins.access import texts_command as texts
from plugins.access.granting import By, problem
from plugins.access.models import Family, FamilyGrant, HandedOut, VibProject, Withheld
from plugins.host import moved_tasks
from vib.family import family_of
from vib.moves import Moved, OfClip, Renamed
from vib.project_key import ProjectDescription, ProjectKey


def withheld() -> list[str]:
    """Return the clips that nobody is to see."""
    return sorted(set(Withheld.objects.values_list("clip", flat=True)))


def withhold(by: By, clips: Iterable[OfClip]) -> None:
    """Let nobody see these clips any more."""
    for one in clips:
        known = Withheld.objects.filter(task__in=one.tasks).values_list("task", flat=True)
        there = Task.objects.filter(pk__in=one.tasks).exclude(pk__in=known).values_list("pk", flat=True)
        made = Withheld.objects.bulk_create([Withheld(task_id=task, clip=one.clip) for task in there])
        if made:
            by.note("withhold", f"clip {one.clip}", [family_of(one.clip)])


def lift(by: By, clips: Iterable[str]) -> None:
    """Let clips be seen again by whom they may be seen."""
    for clip in clips:
        count, _ = Withheld.objects.filter(clip=clip).delete()
        if count:
            by.note("lift", f"clip {clip}", [family_of(clip)])


def follow(by: By, one: Moved) -> bool:
    """Let a clip go on as another, with its tasks; return whether that of its family keeps its turns.

    Doing it again changes nothing.

    Raises
    ------
    InputProblem
        Codes would be lost.
    """
    there = list(Task.objects.filter(pk__in=one.tasks).values_list("pk", flat=True))
    keeps = True
    if one.project is not None and one.own in there:
        assert one.own is not None
        keeps = moved_tasks.move(one.own, one.project)
    for task in there:
        moved_tasks.tell(task, {**one.media, "clip": one.becomes, "family": family_of(one.becomes)})
    HandedOut.objects.filter(task__in=there).update(clip=one.becomes)
    Withheld.objects.filter(task__in=there).delete()
    by.note("move", f"clip {one.clip} -> {one.becomes}", [family_of(one.clip), family_of(one.becomes)])
    return keeps


def rename(by: By, renamed: Renamed) -> None:
    """Let a family go on by another pseudonym: project, clips, and who has it.

    Raises
    ------
    InputProblem
        There is a project of another family by that pseudonym.
    """
    key = ProjectKey("family", renamed.becomes)
    if VibProject.objects.filter(key=str(key)).exclude(project=renamed.project).exists():
        raise problem(renamed.becomes, texts.PSEUDONYM_TAKEN)
    family, _ = Family.objects.get_or_create(pseudonym=renamed.becomes)
    have = set(family.grants.values_list("user", flat=True))
    FamilyGrant.objects.filter(family=renamed.family).exclude(user__in=have).update(family=family)
    VibProject.objects.filter(project=renamed.project).update(key=str(key), family=family)
    _describe(renamed, key)
    for one in renamed.clips:
        follow(by, one)
    Family.objects.filter(pseudonym=renamed.family, projects=None).delete()
    by.note("rename", f"family {renamed.family} -> {renamed.becomes}", [renamed.family, renamed.becomes])


def _describe(renamed: Renamed, key: ProjectKey) -> None:
    project = Project.objects.filter(pk=renamed.project).first()
    described = None if project is None else ProjectDescription.parse(project.description)
    if project is None or described is None:
        return
    now = ProjectDescription(key, described.method, described.version, described.level)
    title = renamed.becomes if project.title == renamed.family else project.title
    Project.objects.filter(pk=project.pk).update(description=str(now), title=title)
