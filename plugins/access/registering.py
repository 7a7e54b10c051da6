"""Which projects `vib sync` made, and for what: read from a project's description when it is made."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from projects.models import Project

from plugins.access.models import Family, VibProject
from plugins.access.narrowing import everything, looking
from vib.project_key import key_of


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
    viewer = looking()
    if viewer is None or viewer.service:
        register(instance)


def register_all(**_: Any) -> None:
    """Register the projects that were there before this plugin was."""
    with everything():
        for project in Project.objects.filter(vib=None).only("id", "description"):
            register(project)
