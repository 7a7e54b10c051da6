"""From what somebody may see in the database to what can be compared.

Every query here is narrowed by the access rules to what the viewer may see, so that whatever is
found may be shown to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, final

from django.urls import reverse
from projects.models import Project
from tasks.models import Annotation, Task

from plugins.agreement.comparing.together import Codebooks, codebooks_of, with_calculated
from plugins.host.accounts import rater_names, role_of
from plugins.host.made_with import made_with_of
from plugins.host.rounds import offered
from vib.codebook import Codebook
from vib.coding_round import CodingRound
from vib.family import family_of
from vib.methods import read_method
from vib.observation import RaterSet, RatingValue, Timeline
from vib.problem import InputProblem
from vib.project_key import ProjectDescription
from vib.roles import May, Part, Right, may
from vib.submitted import clip_of, submitted

from .once import once
from .read_once import Asked, Said

AT_ONCE = 100
"""Annotations whose regions are in memory at once."""


@final
@dataclass(frozen=True, slots=True)
class Group:
    """What is compared: the clips of a round, or of a family's project.

    Parameters
    ----------
    name : str
        As in the address: the round's name, or the project's number.
    title : str
        As on pages.
    about : str
        The title of a round's project.
    method : str
        Name of the method with which the project was made; empty when it does not say.
    rater : str
        Whose own results these are: only where this rater takes part is compared. Empty where all is.
    """

    kind: Literal["round", "project"]
    name: str
    title: str
    about: str
    project: int
    method: str
    round: CodingRound | None = None
    rater: str = ""

    @property
    def round_name(self) -> str:
        """The name of its round; empty for the project of a family."""
        return self.round.name if self.round else ""

    def address(self, page: str = "", *more: str) -> str:
        """Return the address of one of its pages: ``""``, ``clip``, ``moments`` or ``download``."""
        view = f"vib_agreement:{self.kind}-{page}" if page else f"vib_agreement:{self.kind}"
        return str(reverse(view, args=[self.name if self.round else int(self.name), *more]))


@final
@dataclass(frozen=True, slots=True)
class Line:
    """A group in the list, with how far its raters are.

    Parameters
    ----------
    raters : tuple[tuple[str, int], ...]
        Who is in it, and how many clips each submitted.
    clips : int
        How many clips there are.
    shared : int
        Clips that at least two raters coded.
    """

    group: Group
    raters: tuple[tuple[str, int], ...]
    clips: int
    shared: int

    @property
    def comparable(self) -> bool:
        """Whether there is something to compare."""
        return self.shared > 0


@final
@dataclass(frozen=True, slots=True)
class Material:
    """What the raters of a group submitted.

    Parameters
    ----------
    clips : tuple[RaterSet, ...]
        Every clip of the group, by id.
    data : Mapping[str, Mapping[str, Any]]
        The task of each clip, by clip id.
    problems : tuple[InputProblem, ...]
        What could not be read.
    stamp : tuple
        Changes as soon as something that the viewer sees of this group changes.
    """

    group: Group
    clips: tuple[RaterSet, ...]
    data: Mapping[str, Mapping[str, Any]]
    codebook: Codebook | None
    problems: tuple[InputProblem, ...]
    stamp: tuple[object, ...]

    @property
    def codebooks(self) -> Codebooks:
        """The codebooks with which these were coded, as far as they are installed."""
        own = {} if self.codebook is None else {self.codebook.method: self.codebook}
        return {**codebooks_of(self.clips), **own}

    def with_calculated(self) -> Material:
        """Return it with what its codebooks calculate, as tiers beside those that were coded."""
        clips = with_calculated(self.clips, self.codebooks)
        return replace(self, clips=clips, stamp=(*self.stamp, "calculated"))

    @property
    def calculated(self) -> frozenset[str]:
        """Tiers that nobody coded."""
        return frozenset[str]().union(*(clip.calculated for clip in self.clips))

    @property
    def families(self) -> tuple[str, ...]:
        """Pseudonyms of the families whose clips these are."""
        return tuple(sorted({str(data.get("family") or family_of(clip)) for clip, data in self.data.items()}))


def extent_of(user: Any) -> May:
    """Return how far an account may go here: its rounds, its families' projects, or nothing."""
    extent = may(role_of(user), Right.AGREEMENT)
    return extent if extent in (May.ROUNDS, May.FAMILIES) else May.NO


def groups_of(user: Any) -> list[Group]:
    """Return what somebody may compare: a supervisor's rounds, or the projects of a counsellor's families."""
    extent = extent_of(user)
    if extent is May.ROUNDS:
        rounds = _rounds(user, Part.SUPERVISOR)
        about = {p.pk: p for p in Project.objects.filter(pk__in={one.project for one in rounds})}
        return [_round(one, about.get(one.project)) for one in rounds]
    if extent is May.FAMILIES:
        return [
            Group("project", str(p.pk), p.title or f"project {p.pk}", "", p.pk, _method(p))
            for p in Project.objects.order_by("title", "pk")
        ]
    return []


def group_named(user: Any, round_name: str | None, project: int | None) -> Group | None:
    """Return one of somebody's groups by the names in an address, or None."""
    kind, name = ("project", str(project)) if round_name is None else ("round", round_name)
    return next((group for group in groups_of(user) if (group.kind, group.name) == (kind, name)), None)


def with_moments(user: Any, round_name: str | None, project: int | None) -> Group | None:
    """Return a group of whose clips somebody may see the moments, or None: of theirs, or a round that they coded in.

    A rater sees those once the round is opened, and only where they differ from another themselves.
    """
    return group_named(user, round_name, project) or _own_results(user, round_name)


def lines_of(user: Any) -> list[Line]:
    """Return the list of somebody's groups, without reading any codes."""
    groups, names = groups_of(user), rater_names()
    projects = {group.project for group in groups}
    clips: dict[int, dict[int, str]] = defaultdict(dict)
    for task, project, clip in Task.objects.filter(project__in=projects).values_list("pk", "project", "data__clip"):
        clips[project][task] = str(clip or task)
    coded: dict[int, set[int]] = defaultdict(set)
    counted = Annotation.objects.filter(project__in=projects, was_cancelled=False)
    for task, by in counted.values_list("task", "completed_by"):
        coded[task].add(by)
    return [_line(group, clips[group.project], coded, names) for group in groups]


def material_of(group: Group) -> Material:
    """Read what the raters of a group submitted."""
    described = Project.objects.filter(pk=group.project).values_list("description", flat=True).first()
    tasks = {
        pk: (data, updated)
        for pk, data, updated in Task.objects.filter(project=group.project).values_list("pk", "data", "updated_at")
        if group.round is None or str(data.get("clip", pk)) in group.round.clips
    }
    made: dict[int, list[dict[str, Any]]] = defaultdict(list)
    seen = []
    columns = ("pk", "task", "completed_by", "created_at", "updated_at", "was_cancelled")
    rows = list(Annotation.objects.filter(task__in=tasks, was_cancelled=False).order_by("pk").values(*columns))
    said = _read({pk: data for pk, (data, _) in tasks.items()}, rows)
    for row in rows:
        made[row["task"]].append(row)
        seen.append((row["pk"], row["updated_at"]))
    made_with = made_with_of([pk for pk, _ in seen], described)
    for row in (row for rows in made.values() for row in rows):
        found_with = made_with.get(row["pk"])
        row["made_with"] = None if found_with is None else found_with.content()
        seen.append((row["pk"], str(found_with)))
    as_tasks = [{"id": pk, "data": data, "annotations": made[pk]} for pk, (data, _) in tasks.items()]
    found = submitted(as_tasks, rater_names(), partial(_said, said))
    of_round = group.round.of(found.clips) if group.round else found.clips
    members = (group.round.raters, group.round.supervisors) if group.round else ()
    return Material(
        group,
        tuple(sorted(of_round, key=lambda clip: clip.clip)),
        {str(data.get("clip", pk)): data for pk, (data, _) in tasks.items()},
        _codebook(group.method),
        found.problems,
        (group.kind, group.name, members, tuple(seen), tuple((pk, updated) for pk, (_, updated) in tasks.items())),
    )


def _read(tasks: Mapping[int, Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> dict[int, Said | InputProblem]:
    """Return what annotations say; those that changed are read from the database."""
    lengths: dict[int, float] = {}
    for pk, data in tasks.items():
        # Of a task without a length it is said elsewhere.
        with suppress(InputProblem):
            lengths[pk] = clip_of({"id": pk, "data": data})[1]
    asked = [
        Asked(row["task"], row["pk"], row["updated_at"].isoformat(), lengths[row["task"]])
        for row in rows
        if row["task"] in lengths
    ]

    def fetch(numbers: Sequence[int]) -> Iterator[tuple[int, str, Any]]:
        rows = Annotation.objects.filter(pk__in=numbers).values_list("pk", "updated_at", "result")
        for pk, changed, result in rows.iterator(chunk_size=AT_ONCE):
            yield pk, changed.isoformat(), result

    return once().read(asked, fetch)


def _said(
    said: Mapping[int, Said | InputProblem], annotation: Mapping[str, Any], duration: float
) -> tuple[Timeline, Mapping[str, RatingValue]]:
    """Return what was read of an annotation."""
    found = said.get(annotation["pk"])
    if found is None:
        raise InputProblem("result", nl="is intussen verwijderd", en="was deleted meanwhile")
    if isinstance(found, InputProblem):
        raise found
    return found.timeline, found.ratings


def _own_results(user: Any, round_name: str | None) -> Group | None:
    if round_name is None or may(role_of(user), Right.OTHERS) is not May.OPENED:
        return None
    one = next((one for one in _rounds(user, Part.RATER) if one.name == round_name and one.opened), None)
    if one is None:
        return None
    return replace(_round(one, Project.objects.filter(pk=one.project).first()), rater=rater_names()[user.pk])


def _rounds(user: Any, part: Part) -> list[CodingRound]:
    return [one for one in offered(user.pk) if one.part is part]


def _round(one: CodingRound, project: Any) -> Group:
    return Group("round", one.name, one.name, project.title if project else "", one.project, _method(project), one)


def _method(project: Any) -> str:
    described = ProjectDescription.parse(project.description if project else None)
    return described.method if described else ""


def _codebook(method: str) -> Codebook | None:
    try:
        return read_method(method)
    except InputProblem:
        return None


def _line(group: Group, clips: Mapping[int, str], coded: Mapping[int, set[int]], names: Mapping[int, str]) -> Line:
    wanted = [task for task, clip in clips.items() if group.round is None or clip in group.round.clips]
    by_task = [{names.get(by, f"user-{by}") for by in coded.get(task, ())} for task in wanted]
    if group.round:
        expected: Sequence[str] = sorted(group.round.raters)
        # A supervisor may code too, as a reference, but is not waited for.
        leading = sorted(name for name in group.round.supervisors if any(name in seen for seen in by_task))
        expected = [*expected, *leading]
        by_task = [seen & set(expected) for seen in by_task]
    else:
        expected = sorted({name for seen in by_task for name in seen})
    counts = tuple((name, sum(name in seen for seen in by_task)) for name in expected)
    return Line(group, counts, len(wanted), sum(len(seen) > 1 for seen in by_task))
