"""A project of `vib sync` keeps its labelling interface as long as another would take away codes that are in use.

In use is what people made: annotations, drafts, and what a plugin keeps of a coding that is not submitted yet.
Turns that a machine proposed can be made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from plugins.host.stored_codes import NotKept
from vib.controls import controls_of
from vib.in_use import keeps_all, lost, said
from vib.problem import InputProblem
from vib.project_key import key_of

Results = Iterable[Mapping[str, Any]]
Unsubmitted = Callable[[int], Iterable[Results]]

_unsubmitted: list[Unsubmitted] = []


def also(unsubmitted: Unsubmitted) -> None:
    """Look too, from now on, at codes of a project that are kept elsewhere and not submitted."""
    _unsubmitted.append(unsubmitted)


def install() -> None:
    """Look at every interface that a project is to get.

    Raises
    ------
    RuntimeError
        Label Studio has moved the place where it does so.
    """
    from projects.models import Project

    plain = vars(Project).get("validate_config")
    if plain is None:
        raise RuntimeError("Label Studio has moved Project.validate_config: see plugins/host/codes_in_use.py")

    @wraps(plain)
    def validate_config(self: Any, config_string: str, strict: bool = False) -> None:
        if key_of(self.description) is None:
            plain(self, config_string, strict)
            return
        # Label Studio's own look counts what is in use in a summary of its own, and says so in English.
        self.validate_label_config(config_string)
        try:
            check_interface(self, config_string)
        except InputProblem as problem:
            raise NotKept(problem) from problem

    Project.validate_config = validate_config


def check_interface(project: Any, label_config: str) -> None:
    """Check that an interface has a place for all codes that people made in a project.

    Raises
    ------
    InputProblem
        It has not; says which codes, and how often each is in use.
    """
    from tasks.models import Task

    before, after = controls_of(project.label_config or ""), controls_of(label_config)
    if keeps_all(before, after):
        return
    # Nobody can save codes of a task that is locked, so that what is counted stays so.
    list(Task.objects.select_for_update().filter(project=project).order_by("pk").values_list("pk"))
    uses = Counter(use for results in _made(project.pk) for use in lost(results or (), before, after))
    if uses:
        reason = said(uses)
        raise InputProblem("label_config", nl=reason.nl, en=reason.en)


def _made(project: int) -> Iterator[Results | None]:
    from organizations.models import Organization

    # By way of a table of which everybody sees all: who may change a project need not see what is coded in it.
    of_project = Organization.objects.filter(projects=project)
    for kind in ("annotations", "drafts"):
        yield from of_project.values_list(f"projects__tasks__{kind}__result", flat=True).iterator(500)
    for unsubmitted in _unsubmitted:
        yield from unsubmitted(project)
