"""What raters submitted in Label Studio, as `RaterSet`; what cannot be read is left out and named."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from vib.interface import ratings_of, timeline_of
from vib.json_values import check_values
from vib.made_with import MadeWith, read_made_with
from vib.observation import RaterSet, RatingValue, Timeline
from vib.problem import InputProblem

Task = Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class Submitted:
    """What raters submitted.

    Attributes
    ----------
    clips : tuple of RaterSet
        One a task that says how long its clip is.
    problems : tuple of InputProblem
        What could not be read, with clip, rater and reason: the clip is there without that rater, or
        not at all when its length is not known.
    """

    clips: tuple[RaterSet, ...]
    problems: tuple[InputProblem, ...] = ()


Read = Callable[[Mapping[str, Any], float], tuple[Timeline, Mapping[str, RatingValue]]]
"""Returns what an annotation says of a clip of so many seconds; raises `InputProblem` where that cannot be read."""


def read_results(results: object, duration: float) -> tuple[Timeline, Mapping[str, RatingValue]]:
    """Return what the regions of an annotation say, as Label Studio keeps them.

    Raises
    ------
    InputProblem
        They are no regions, or do not fit the clip.
    """
    if results is None:
        results = []
    if not isinstance(results, list):
        raise InputProblem("result", nl="is geen lijst", en="is not a list")
    check_values(results, "result")
    return timeline_of(results, duration), ratings_of(results)


def _read(annotation: Mapping[str, Any], duration: float) -> tuple[Timeline, Mapping[str, RatingValue]]:
    return read_results(annotation.get("result"), duration)


def submitted(tasks: Sequence[Task], names: Mapping[int, str], read: Read = _read) -> Submitted:
    """Return what the raters submitted, one `RaterSet` a clip.

    Of somebody who submitted twice the last counts, also when that cannot be read: then they are left
    out, and named.

    Parameters
    ----------
    tasks : Sequence[Task]
        As our server exports them: with `data` and `annotations`, each with what it was made with (`made_with`)
        where that is known.
    names : Mapping[int, str]
        Name of a rater by user number.
    read : Callable
        Reads an annotation; without it its `result` is read.
    """
    clips: list[RaterSet] = []
    problems: list[InputProblem] = []
    for task in tasks:
        try:
            clip, duration = clip_of(task)
        except InputProblem as problem:
            problems.append(problem)
            continue
        timelines: dict[str, Timeline] = {}
        ratings: dict[str, Mapping[str, RatingValue]] = {}
        made: dict[str, MadeWith] = {}
        for rater, annotation in _latest(task, names).items():
            try:
                made_with = read_made_with(annotation.get("made_with"))
                timelines[rater], ratings[rater] = read(annotation, duration)
            except InputProblem as problem:
                problems.append(problem.at(f"{clip}, {rater}"))
                continue
            if made_with is not None:
                made[rater] = made_with
        given = {rater: found for rater, found in ratings.items() if found}
        clips.append(RaterSet(clip, duration, timelines, given, made))
    return Submitted(tuple(clips), tuple(problems))


def clip_of(task: Task) -> tuple[str, float]:
    """Return name and length of a task's clip.

    Raises
    ------
    InputProblem
        The task does not say how long its clip is.
    """
    data = task.get("data")
    found = data if isinstance(data, Mapping) else {}
    clip = str(found.get("clip", task.get("id")))
    duration = found.get("duration")
    if isinstance(duration, bool) or not isinstance(duration, int | float):
        raise InputProblem(f"task {task.get('id')}", nl="heeft geen duur (data.duration)", en="has no data.duration")
    check_values([clip, duration], f"task {task.get('id')}")
    if not 0 < duration < math.inf:
        raise InputProblem(
            f"task {task.get('id')}",
            nl=f"{duration} is geen duur in seconden",
            en=f"{duration} is no duration in seconds",
        )
    return clip, float(duration)


def _latest(task: Task, names: Mapping[int, str]) -> dict[str, Mapping[str, Any]]:
    """Return the annotation of each rater that counts."""
    annotations = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    return {
        names.get(one["completed_by"], f"user-{one['completed_by']}"): one
        for one in sorted(annotations, key=lambda annotation: annotation["created_at"])
    }


def short_names(addresses: Mapping[int, str]) -> dict[int, str]:
    """Return a short, unique name for every account: the part of its address before the @.

    Examples
    --------
    >>> short_names({1: "anna@vib.example", 2: "bram@vib.example", 3: "bram@elders.example"})
    {1: 'anna', 2: 'bram@vib.example', 3: 'bram@elders.example'}
    """
    short = [address.partition("@")[0] for address in addresses.values()]
    return {
        number: name if short.count(name) == 1 else address
        for (number, address), name in zip(addresses.items(), short, strict=True)
    }
