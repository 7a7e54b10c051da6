"""Finds projects that are there more than once for one family or practice set, and deletes those that nobody used.

Run as ``python -m plugins.host.doubles``: the last line of standard output is JSON that says which there are,
and which of each is the one to go on with. With ``--apply`` the others are deleted, unless somebody did
something in them.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from plugins.host.start import database, set_up
from vib import actor
from vib.problem import InputProblem
from vib.project_key import ProjectKey, key_of

if TYPE_CHECKING:
    from projects.models import Project


@dataclass(frozen=True, slots=True)
class Copy:
    """One of several projects. `holds` counts what people made in it, by kind; `deleted` when it is gone."""

    number: int
    made: str
    tasks: int
    holds: Mapping[str, int]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Double:
    """A family or practice set with several projects. `kept` is the number of the one to go on with."""

    key: str
    kept: int
    copies: Sequence[Copy]


def doubles(*, apply: bool = False) -> list[Double]:
    """Return what is there more than once; delete what nobody used when that is asked for.

    The one to go on with is the oldest with anybody's work in it, or else the oldest.
    """
    return [_double(key, numbers, apply) for key, numbers in sorted(_numbers().items()) if len(numbers) > 1]


def _numbers() -> dict[str, list[int]]:
    """Return the projects that the machine's own account made, by what they are for, the oldest first."""
    from projects.models import Project

    from plugins.host.accounts import machine

    found: dict[str, list[int]] = defaultdict(list)
    rows = Project.objects.filter(created_by=machine()).order_by("pk").values_list("pk", "description")
    for number, description in rows:
        if (key := key_of(description)) is not None:
            found[str(key)].append(number)
    return found


def _double(key: str, numbers: Sequence[int], apply: bool) -> Double:
    from django.db import transaction
    from projects.models import Project
    from tasks.models import Task

    from plugins.host.held import made_in

    with transaction.atomic():
        projects = list(Project.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
        # Nobody can save codes of a task that is locked, so that what is counted stays so until the end.
        list(Task.objects.select_for_update().filter(project__in=projects).order_by("pk").values_list("pk"))
        held = {project.pk: made_in(project.pk) for project in projects}
        kept = next((project for project in projects if held[project.pk]), projects[0])
        copies = []
        for project in projects:
            gone = apply and project.pk != kept.pk and not held[project.pk]
            tasks = Task.objects.filter(project=project).count()
            copies.append(Copy(project.pk, f"{project.created_at:%Y-%m-%d}", tasks, held[project.pk], gone))
        for project, copy in zip(projects, copies, strict=True):
            if copy.deleted:
                _delete(project, key)
        if apply:
            # Plugins register a project as it is saved; the one that was registered may be gone.
            kept.save(update_fields=["title"])
    return Double(key, kept.pk, copies)


def _delete(project: Project, key: str) -> None:
    from django.conf import settings

    family = ProjectKey.parse(key)
    event = actor.command().event(
        "repair", families=filter(None, [family and family.family]), which=f"empty double project {project.pk} of {key}"
    )
    settings.VIB_PLUGIN_HOST.hook.vib_access_event(event=event)
    project.delete()


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it in the data folder of the environment, print what was found as JSON, and return the exit code."""
    parser = ArgumentParser(prog="python -m plugins.host.doubles", description=__doc__)
    parser.add_argument("--apply", action="store_true")
    chosen = parser.parse_args(arguments)
    set_up()
    try:
        with database():
            answer: dict[str, Any] = {"doubles": [asdict(double) for double in doubles(apply=chosen.apply)]}
    except (TimeoutError, ConnectionError) as error:
        answer = {"problem": InputProblem("", nl=str(error), en=str(error)).content()}
    print(json.dumps(answer))
    return 1 if "problem" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
