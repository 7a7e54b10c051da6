"""What a viewer may see of each model, as conditions on its rows. Made from the role table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_export.models import Export
from data_manager.models import View
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from labels_manager.models import Label, LabelLink
from ml.models import MLBackend
from projects.models import Project
from tasks.models import Annotation, AnnotationDraft, Prediction, Task

from plugins.access.models import FamilyGrant, HandedOut, Round, RoundMember, VibProject, Withheld
from plugins.access.viewer import Viewer
from vib.family import family_of
from vib.roles import May, Part, Right, Role

if TYPE_CHECKING:
    from plugins.access.narrowing import Rule

NOTHING = Q(pk__in=())


def granted(viewer: Viewer) -> QuerySet[FamilyGrant]:
    """Return the families that the viewer has: a trainee only those for own practice."""
    own: QuerySet[FamilyGrant] = FamilyGrant.objects.filter(user=viewer.id)
    return own.filter(own_practice=True) if viewer.has_own_practice else own if viewer.has_families else own.none()


def gives(grant: FamilyGrant, viewer: Viewer) -> bool:
    """Tell whether one of somebody's own grants is among `granted`."""
    return viewer.has_families or (viewer.has_own_practice and grant.own_practice)


def of_family(viewer: Viewer, project: str) -> Q:
    """Rows whose project, a column of this name, is of a family that the viewer has.

    A look-up for each row that a query comes to, and so as fast with a thousand families as
    with ten. PostgreSQL may rather read all families of a viewer who also has rounds; with a
    thousand that took it half a millisecond.
    """
    own = granted(viewer).filter(family=OuterRef("family"))
    return Q(Exists(VibProject.objects.filter(Exists(own), project=OuterRef(project))))


def own_clips(viewer: Viewer) -> QuerySet[HandedOut]:
    """Return what is handed out in the rounds of which the viewer is a member."""
    member = RoundMember.objects.filter(user=viewer.id, part=viewer.part, round=OuterRef("round"))
    return HandedOut.objects.filter(Exists(member))


def hand_made(viewer: Viewer) -> QuerySet[Project]:
    """Return the numbers of projects that an administrator made without `vib sync`."""
    made: QuerySet[Project] = Project.objects.filter(created_by=viewer.id, vib=None).values("pk")
    return made


def projects(viewer: Viewer) -> Q:
    """Projects of own families and own rounds."""
    found = NOTHING
    if viewer.has_families or viewer.has_own_practice:
        found |= of_family(viewer, "pk")
    if viewer.part:
        own = Round.objects.filter(members__user=viewer.id, members__part=viewer.part)
        found |= Q(Exists(own.filter(project=OuterRef("pk"))))
    if viewer.role is Role.ADMINISTRATOR:
        found |= Q(pk__in=hand_made(viewer))
    return found


def _material(viewer: Viewer, task: str, project: str = "project") -> Q:
    """Rows whose task is of an own family or own round, by the names of their columns."""
    found = NOTHING
    if viewer.has_families or viewer.has_own_practice:
        found |= of_family(viewer, project)
    if viewer.part:
        found |= Q(Exists(own_clips(viewer).filter(task=OuterRef(task))))
    if viewer.role is Role.ADMINISTRATOR:
        found |= Q(**{f"{project}__in": hand_made(viewer)})
    return found & ~Q(Exists(Withheld.objects.filter(task=OuterRef(task))))


def tasks(viewer: Viewer) -> Q:
    """Tasks of own families, and those handed out in own rounds."""
    return _material(viewer, "pk")


def codes(viewer: Viewer) -> Q:
    """Own codes, and those of others as far as the role table goes."""
    found, coder = Q(completed_by=viewer.id), OuterRef("completed_by")
    others = viewer.may(Right.OTHERS)
    if others is May.ROUNDS:
        found |= Q(Exists(coded_in(own_clips(viewer), coder)))
    elif others is May.OPENED:
        found |= Q(Exists(coded_in(own_clips(viewer).filter(round__opened_at__isnull=False), coder)))
    elif others is May.COLLEAGUES:
        submitted = Annotation.objects.filter(completed_by=viewer.id, was_cancelled=False, task=OuterRef("task"))
        found |= of_family(viewer, "project") & Q(Exists(submitted))
    return found & _material(viewer, "task")


def coded_in(clips: QuerySet[HandedOut], by: OuterRef) -> QuerySet[HandedOut]:
    """Narrow handed-out clips to those of the task of a row, in rounds that somebody is in."""
    return clips.filter(task=OuterRef("task")).filter(round__members__user=by)


def drafts(viewer: Viewer) -> Q:
    """Own drafts: what is not submitted is nobody else's."""
    return Q(user=viewer.id) & Q(Exists(Task.objects.filter(tasks(viewer), pk=OuterRef("task"))))


def hidden_rounds(viewer: Viewer) -> QuerySet[RoundMember]:
    """Return the rounds in which the viewer takes part without predictions."""
    return RoundMember.objects.filter(user=viewer.id, round__predictions_shown=False)


def predictions(viewer: Viewer) -> Q:
    """What machines said of visible tasks, unless a round hides it."""
    hidden = HandedOut.objects.filter(round__in=hidden_rounds(viewer).values("round_id"), task=OuterRef("task"))
    return _material(viewer, "task") & ~Q(Exists(hidden))


def backends(viewer: Viewer) -> Q:
    """ML backends of visible projects, unless a round hides what they say."""
    hidden = hidden_rounds(viewer).values("round__project_id")
    shown = Project.objects.filter(projects(viewer), pk=OuterRef("project")).exclude(pk__in=hidden)
    return Q(Exists(shown))


def views(viewer: Viewer) -> Q:
    """Own tabs of the data manager."""
    return Q(user=viewer.id) & Q(Exists(Project.objects.filter(projects(viewer), pk=OuterRef("project"))))


def nobody(viewer: Viewer) -> Q:
    """Stored exports hold the codes of everybody, and labels that raters add are codes."""
    return NOTHING


RULES: dict[type[Model], Rule] = {
    Project: projects,
    Task: tasks,
    Annotation: codes,
    AnnotationDraft: drafts,
    Prediction: predictions,
    MLBackend: backends,
    View: views,
    Export: nobody,
    Label: nobody,
    LabelLink: nobody,
}


def has_family(viewer: Viewer, pseudonym: str) -> bool:
    """Tell whether the viewer has a family."""
    return granted(viewer).filter(family=pseudonym).exists()


def may_watch(viewer: Viewer, clip: str) -> bool:
    """Tell whether the viewer may see the recording of a clip."""
    if viewer.service:
        return True
    # A browser asks for a clip in many pieces: one query, and what most of a role have is looked for first.
    shown = ~Exists(Withheld.objects.filter(clip=clip))
    handed = own_clips(viewer).filter(shown, clip=clip)
    has = granted(viewer).filter(shown, family=family_of(clip))
    if viewer.part is Part.RATER:
        return handed.exists() or has.exists()
    return has.exists() or (viewer.part is not None and handed.exists())


def may_code(viewer: Viewer, task: int) -> bool:
    """Tell whether the viewer may write codes of a task: as the role table says, in no opened round."""
    if viewer.managing:
        return False
    code = viewer.may(Right.CODE)
    if code is May.FAMILIES:
        own = of_family(viewer, "project")
        if viewer.role is Role.ADMINISTRATOR:
            own |= Q(project__in=hand_made(viewer))
        return bool(Task.objects.filter(own, pk=task).exists())
    if viewer.has_own_practice and Task.objects.filter(of_family(viewer, "project"), pk=task).exists():
        return True
    own_task = own_clips(viewer).filter(task=task)
    if code is May.HANDED_OUT and own_task.filter(round__opened_at__isnull=False).exists():
        return False
    return own_task.exists()
