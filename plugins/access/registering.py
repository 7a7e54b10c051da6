"""Which projects `vib sync` made, and for what: read from a project's description when it is made.

For each family and practice set there is one: whoever asks for it again, at the same moment too, gets the
one that is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from core.utils.exceptions import LabelStudioDatabaseException
from django.db import IntegrityError, transaction
from django.db.models import Q
from projects.models import Project

from plugins.access.models import Family, VibProject
from plugins.access.narrowing import everything, looking
from vib.project_key import ProjectKey, key_of

Make = Callable[[Any, Any], None]
"""How Label Studio makes a project: view and serializer."""


class _Taken(Exception):
    """Another project of this key was registered meanwhile."""


def make_once(make: Make) -> Make:
    """Return Label Studio's way of making a project, by which `vib sync` gets the one that is there."""

    @wraps(make)
    def make_or_get(view: Any, serializer: Any) -> None:
        key = key_of(serializer.validated_data.get("description"))
        if key is None or not _by_sync():
            return make(view, serializer)
        serializer.instance = _project_of(key)
        if serializer.instance is None:
            try:
                with transaction.atomic():
                    make(view, serializer)
                    if not VibProject.objects.filter(project=serializer.instance).exists():
                        raise _Taken
            # Label Studio hides which constraint was broken.
            except (_Taken, IntegrityError, LabelStudioDatabaseException):
                serializer.instance = _project_of(key)
                if serializer.instance is None:
                    raise
        return None

    return make_or_get


def _project_of(key: ProjectKey) -> Project | None:
    found: Project | None = Project.objects.with_counts(["task_number"]).filter(vib__key=str(key)).first()
    return found


def register(project: Project) -> None:
    """Remember what a project is for. What is known once does not change with the description."""
    key = key_of(project.description)
    # An administrator can give a project of their own the description of another.
    if key is None or VibProject.objects.filter(Q(project=project) | Q(key=str(key))).exists():
        return
    family = Family.objects.get_or_create(pseudonym=key.family)[0] if key.family else None
    VibProject.objects.create(key=str(key), project=project, family=family)


def register_saved(instance: Project, **_: Any) -> None:
    """Register a project as it is saved by `vib sync`, and by nobody else."""
    if _by_sync():
        register(instance)


def register_all(**_: Any) -> None:
    """Register the projects that were there before this plugin was; of several for one family the oldest."""
    with everything():
        for project in Project.objects.filter(vib=None).only("id", "description").order_by("pk"):
            register(project)


def _by_sync() -> bool:
    viewer = looking()
    return viewer is None or viewer.service
