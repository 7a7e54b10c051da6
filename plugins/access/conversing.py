"""What a viewer may see of what people say to each other about a task, as conditions on its rows.

For the models that plugins name in ``vib_conversations``. What somebody says is about as telling as codes: it is
seen where the codes of who said it may be seen, and besides by a supervisor for whom it is meant. Who still codes
the task in a round that is not opened sees of others only what supervisors of that round answered to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q
from tasks.models import Annotation, Task

from plugins.access import narrowing
from plugins.access.visible import NOTHING, coded_in, of_family, own_clips, tasks
from vib.conversation import Audience, Conversation
from vib.roles import May, Part, Right

if TYPE_CHECKING:
    from plugins.access.narrowing import Rule
    from plugins.access.viewer import Viewer
    from vib.pluginhost import PluginHost

HOOK = "vib_conversations"


def install(plugins: PluginHost) -> list[type[Model]]:
    """Narrow the models that plugins name, and return them; those of a plugin that fails stay closed."""
    found: list[type[Model]] = []
    for plugin, conversations in plugins.answers(HOOK):
        with plugins.guard(plugin, HOOK):
            made = rules(conversations or ())
            narrowing.install(made)
            found += made
    return found


def rules(conversations: Iterable[Conversation]) -> dict[type[Model], Rule]:
    """Return the rule of each model.

    Raises
    ------
    LookupError
        There is no such model.
    """
    found: dict[type[Model], Rule] = {}
    for one in conversations:
        said = apps.get_model(one.remarks)
        found[said] = remarks
        found |= {apps.get_model(name): partial(attached, said) for name in one.attached}
    return found


def remarks(viewer: Viewer) -> Q:
    """Own remarks, and those of others that reach the viewer, on tasks in sight."""
    in_sight = Q(Exists(Task.objects.filter(tasks(viewer), pk=OuterRef("task"))))
    of_others = ~Q(audience=Audience.SELF) & _reaching(viewer, OuterRef("by")) & ~_coding_blind(viewer)
    return in_sight & (Q(by=viewer.id) | of_others)


def attached(said: type[Model], viewer: Viewer) -> Q:
    """What the viewer hung on a remark in sight, and what others did from whom it reaches the viewer."""
    in_sight = said._base_manager.filter(remarks(viewer), pk=OuterRef("remark"))
    of_others = in_sight.filter(_answering(viewer, OuterRef(OuterRef("by"))))
    return Q(Exists(in_sight)) & Q(by=viewer.id) | Q(Exists(of_others))


def _reaching(viewer: Viewer, by: OuterRef) -> Q:
    """Remarks to which the viewer may see what somebody says."""
    others = viewer.may(Right.OTHERS)
    shared = Q(audience=Audience.SHARED)
    family = Q(Exists(Task.objects.filter(of_family(viewer, "project"), pk=OuterRef("task"))))
    if others is May.ROUNDS:
        return Q(Exists(coded_in(own_clips(viewer), by))) | (family if viewer.has_families else NOTHING)
    if others is May.OPENED:
        return shared & Q(Exists(coded_in(own_clips(viewer).filter(round__opened_at__isnull=False), by)))
    if others is May.COLLEAGUES:
        submitted = Annotation.objects.filter(completed_by=viewer.id, was_cancelled=False, task=OuterRef("task"))
        return shared & family & Q(Exists(submitted))
    return NOTHING


def _answering(viewer: Viewer, by: OuterRef) -> Q:
    """Remarks to which the viewer may see what somebody answered: own ones, and others as far as that one reaches."""
    own = Q(by=viewer.id)
    # One condition about one member: who answered leads the round.
    leading = own_clips(viewer).filter(
        task=OuterRef("task"), round__members__user=by, round__members__part=Part.SUPERVISOR
    )
    return (own | _reaching(viewer, by)) & ~_coding_blind(viewer) | own & Q(Exists(leading))


def _coding_blind(viewer: Viewer) -> Q:
    """Remarks on tasks that the viewer codes in a round that is not opened."""
    if viewer.part is not Part.RATER:
        return NOTHING
    return Q(Exists(own_clips(viewer).filter(round__opened_at__isnull=True, task=OuterRef("task"))))
